"""Job runner of the local workspace."""

from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.run_store import RunRecord, RunStore
from amlrest_emulator.runner.runner import Runner
from amlrest_emulator.runner.services import Services, TrackedRun, Tracking

__all__ = ["Nodes", "RunRecord", "RunStore", "Runner", "Services", "TrackedRun", "Tracking"]
