"""Thread exit: let obstore's threads leave Python before the interpreter shuts down.

A thread of obstore completes an awaited call in `call_soon_threadsafe`. That wakes the event loop,
so the program may exit while the thread is still in there. Before Python 3.14 the interpreter then
terminates the thread, and Rust aborts the process.
"""

from __future__ import annotations

import atexit
import sys
import time
from typing import TYPE_CHECKING

from amlrest._http.deadline import Deadline

if TYPE_CHECKING:
    from types import FrameType

_CALLBACK = "call_soon_threadsafe"
_PAUSE = 0.001
_LONGEST = 1.0


@atexit.register
def let_threads_leave() -> None:
    """Wait until no thread is in the call that wakes an event loop."""
    deadline = Deadline(_LONGEST)
    while True:
        time.sleep(_PAUSE)
        frames = sys._current_frames().values()  # noqa: SLF001 - it has no public name
        if deadline.expired or not any(map(_is_waking, frames)):
            return


def _is_waking(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == _CALLBACK:
            return True
        frame = frame.f_back
    return False
