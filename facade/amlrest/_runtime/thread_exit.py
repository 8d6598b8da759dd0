"""Lets the threads of obstore leave Python before the interpreter goes away.

What is awaited from obstore is completed by a thread of its own, in `call_soon_threadsafe`. That
wakes the event loop, so the program may be at its end while that thread is still in there. Before
Python 3.14 the interpreter then ends the thread by force, and Rust answers with an abort.
"""

from __future__ import annotations

import atexit
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_CALLBACK = "call_soon_threadsafe"
_PAUSE = 0.001
_LONGEST = 1.0


@atexit.register
def let_threads_leave() -> None:
    """Wait until no thread is on its way out of waking an event loop."""
    ends = time.monotonic() + _LONGEST
    while True:
        time.sleep(_PAUSE)
        frames = sys._current_frames().values()  # noqa: SLF001 - it has no public name
        if time.monotonic() > ends or not any(map(_is_waking, frames)):
            return


def _is_waking(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == _CALLBACK:
            return True
        frame = frame.f_back
    return False
