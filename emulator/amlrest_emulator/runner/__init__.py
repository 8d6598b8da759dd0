"""Job runner of the local workspace."""

from amlrest_emulator.runner.execution import Services, TrackedRun, Tracking
from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.run_store import RunRecord, RunStore
from amlrest_emulator.runner.runner import Runner

__all__ = ["Nodes", "RunRecord", "RunStore", "Runner", "Services", "TrackedRun", "Tracking"]
