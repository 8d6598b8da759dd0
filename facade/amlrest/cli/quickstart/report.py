"""Steps on the screen: what was done, to which resource, how long it took."""

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


class Step:
    """One step while it runs.

    Attributes:
        result: what came of it: ``created``, ``re-used``, …
        resource_id: what it was done to.
        note: what to say where there is no id.
    """

    def __init__(self) -> None:
        self.result = ""
        self.resource_id: str | None = None
        self.note = ""

    def done(self, result: str, resource_id: str | None, note: str = "") -> None:
        """Say what came of it."""
        self.result, self.resource_id, self.note = result, resource_id, note

    def registered(self, asset: Asset) -> None:
        """Say whether an asset was made or found."""
        self.done("re-used" if asset.reused else "created", asset.id)


class Report:
    """Numbers the steps and prints each when it is done.

    Args:
        screen: where to.
        workspace_id: ids below it are shown from there on, to fit the screen.
    """

    def __init__(self, screen: Screen, workspace_id: str) -> None:
        self.screen = screen
        self.reused: list[str] = []
        self._workspace_id = workspace_id
        self._count = 0
        screen.lines(["", "Ids below are relative to", workspace_id, ""])

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Show that a step runs, then what came of it."""
        self._count += 1
        count, step, since = self._count, Step(), time.monotonic()
        with self.screen.block(lambda: [f"{count:>2}  {name:<11}  …"]):
            yield step
        if step.result == "re-used":
            self.reused.append(name)
        self.screen.line(self._line(name, step, time.monotonic() - since))

    def _line(self, name: str, step: Step, seconds: float) -> str:
        room = max(self.screen.width, _NARROW) - 36
        shown = render.relative(step.resource_id, self._workspace_id) or step.note
        fitted = render.shorten(shown, room) if self.screen.live else shown
        style = {"fg": "green"} if step.result == "re-used" else {"fg": "cyan"}
        result = self.screen.style(f"{step.result:<9}", **style)
        took = render.duration(seconds)
        return f"{self._count:>2}  {name:<11}  {result}  {fitted:<{room}} {took:>7}"
