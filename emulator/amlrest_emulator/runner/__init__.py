"""The job runner of the local workspace."""

from .execution import Site, TrackedRun, Tracking
from .nodes import Nodes
from .records import RunRecord, RunStore
from .runner import Runner

__all__ = ["Nodes", "RunRecord", "RunStore", "Runner", "Site", "TrackedRun", "Tracking"]
