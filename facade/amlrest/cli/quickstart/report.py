"""Report of the steps: what each does, its result, resource and duration."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from amlrest.cli import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest.cli.screen import Screen
    from amlrest.resources.assets import Asset

_NARROW = 80
_REUSED = "reused"


class Step:
    """One step while it runs.

    Attributes:
        result: such as ``created`` or ``reused``.
        resource_id: the resource that it created or used.
        note: printed if there is no id.
    """

    def __init__(self) -> None:
        self.result = ""
        self.resource_id: str | None = None
        self.note = ""

    def done(self, result: str, resource_id: str | None, note: str = "") -> None:
        """Set the result."""
        self.result, self.resource_id, self.note = result, resource_id, note

    def registered(self, asset: Asset) -> None:
        """Set the result for an asset."""
        self.done(_REUSED if asset.reused else "created", asset.id)


class Report:
    """Numbers the steps and prints each when it begins and when it ends.

    Args:
        screen: where to print.
        workspace_id: prefix that is left out of printed ids.
    """

    def __init__(self, screen: Screen, workspace_id: str) -> None:
        self.screen = screen
        self.reused: list[str] = []
        self._workspace_id = workspace_id
        self._count = 0
        screen.lines(["", "Ids are relative to", workspace_id, ""])

    @contextmanager
    def step(self, name: str, activity: str) -> Iterator[Step]:
        """Print the activity of a step, then its result."""
        self._count += 1
        step, started = Step(), time.monotonic()
        with self.screen.activity(activity):
            yield step
        if step.result == _REUSED:
            self.reused.append(name)
        self.screen.line(self._line(name, step, time.monotonic() - started))

    def _line(self, name: str, step: Step, seconds: float) -> str:
        width = max(self.screen.width, _NARROW) - 36
        shown = render.relative(step.resource_id, self._workspace_id) or step.note
        fitted = render.shorten(shown, width) if self.screen.live else shown
        style = {"fg": "green"} if step.result == _REUSED else {"fg": "cyan"}
        result = self.screen.style(f"{step.result:<9}", **style)
        took = render.duration(seconds)
        return f"{self._count:>2}  {name:<11}  {result}  {fitted:<{width}} {took:>7}"
