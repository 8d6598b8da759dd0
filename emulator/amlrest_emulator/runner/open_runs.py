"""Runs that are open in the tracking store although no process is left that would end them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amlrest_emulator.runner.run_store import TERMINAL, RunStore


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that has not ended in the tracking store.

    Attributes:
        name: its name there: that of the job or trial, for a run of this workspace.
    """

    run_id: str
    experiment_id: str
    name: str
    experiment: str


def adopt(runs: RunStore, found: Iterable[OpenRun]) -> None:
    """Give runs the one that was made for them when the server was killed before it knew."""
    for item in found:
        record = runs.find(item.name)
        waits = record is not None and not record.run_id and record.status not in TERMINAL
        if record is not None and waits and record.experiment == item.experiment:
            runs.update(record.name, run_id=item.run_id, experiment_id=item.experiment_id)


def to_end(runs: RunStore, found: Iterable[OpenRun]) -> list[tuple[str, str]]:
    """Return id and status of the open runs whose job or trial has ended."""
    records = runs.by_run_ids(item.run_id for item in found)
    return [(key, item.status) for key, item in records.items() if item.status in TERMINAL]
