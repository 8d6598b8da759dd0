"""Canvas and files of plots."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

FORMATS = ("png", "svg", "pdf")
_PANELS_PER_ROW = 3
_STYLE: Any = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.25,
    "axes.axisbelow": True,
    "svg.hashsalt": "amlrest",
}


@contextmanager
def canvas(count: int, *, share_y: bool = False) -> Iterator[tuple[Figure, list[Axes]]]:
    """Yield a figure and its panels, in the style of all plots.

    Args:
        count: number of panels.
        share_y: whether the panels have the same vertical axis.
    """
    across = min(count, _PANELS_PER_ROW)
    down = -(-count // across)
    with mpl.rc_context(_STYLE):
        figure = Figure(
            figsize=(4.4 * across, 3.8 * down + 0.4),
            layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.08),
        )
        panels = [figure.add_subplot(down, across, 1)]
        for index in range(1, count):
            shared = panels[0] if share_y else None
            panels.append(figure.add_subplot(down, across, index + 1, sharey=shared))
        yield figure, panels


def save(figure: Figure, title: str, path: Path) -> None:
    """Write a figure; missing parent folders are created.

    Args:
        figure: the figure.
        title: above all panels.
        path: the file; its suffix says the format, PNG without one of `FORMATS`.
    """
    figure.suptitle(title, fontsize=12)
    path.parent.mkdir(parents=True, exist_ok=True)
    suffix = path.suffix.lower().removeprefix(".")
    figure.savefig(path, dpi=150, format=suffix if suffix in FORMATS else "png")
