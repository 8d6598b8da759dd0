"""Plot of the metrics of a job: a panel for each, its values by step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amlrest.cli.plotting import canvas, save

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def draw(title: str, histories: Mapping[str, Sequence[tuple[int, float]]], path: Path) -> None:
    """Write the plot; NaN and infinity are gaps.

    Args:
        title: name and date.
        histories: (step, value) pairs by metric, at least one.
        path: the file; its suffix says the format.
    """
    with canvas(len(histories)) as (figure, panels):
        for panel, (name, history) in zip(panels, histories.items(), strict=True):
            values = [value if math.isfinite(value) else math.nan for _, value in history]
            mark = "o" if len(history) == 1 else ""
            panel.plot([step for step, _ in history], values, marker=mark, color="#4878a8")
            panel.set_xlabel("step")
            panel.set_ylabel(name)
        save(figure, title, path)
