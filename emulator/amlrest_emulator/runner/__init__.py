"""The job runner of the local workspace."""

from amlrest_emulator.runner.execution import Site, TrackedRun, Tracking
from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.records import RunRecord, RunStore
from amlrest_emulator.runner.runner import Runner

__all__ = ["Nodes", "RunRecord", "RunStore", "Runner", "Site", "TrackedRun", "Tracking"]
