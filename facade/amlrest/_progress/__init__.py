"""Progress of waits and transfers in notebooks, or as lines on stderr where it is asked for.

Every submission imports this module, the others of the package only what shows something. IPython
is not imported to find out: a notebook has imported it already.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from amlrest._advice import in_notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest._files.transfer import Progress
    from amlrest._progress.display import Display


def open_display(progress: bool | None, *, is_watched: bool = False) -> Display | None:
    """Return where progress is shown; None for nowhere.

    Args:
        progress: whether to show it; when None, in a notebook.
        is_watched: whether the caller has callbacks, and so shows it already.
    """
    is_shown = (in_notebook() and not is_watched) if progress is None else progress
    if not is_shown:
        return None
    from amlrest._progress import display

    return display.open_here()


@contextmanager
def shown_transfers(
    progress: bool | None,
    on_progress: Callable[[Progress], None] | None,
    doing: str = "uploading",
    done: str = "uploaded",
) -> Iterator[Callable[[Progress], None] | None]:
    """Show transfers where `progress` says, and yield what to call with their progress.

    Args:
        progress: whether to show them; when None, in a notebook, unless there is `on_progress`.
        on_progress: called too.
        doing: such as ``uploading``.
        done: such as ``uploaded``.
    """
    display = open_display(progress, is_watched=on_progress is not None)
    if display is None:
        yield on_progress
        return
    from amlrest._progress.transfers import ShownTransfers

    transfers = ShownTransfers(display, doing, done)

    def report(now: Progress) -> None:
        transfers(now)
        if on_progress:
            on_progress(now)

    yield report
    transfers.finish()
