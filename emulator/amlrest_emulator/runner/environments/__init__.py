"""Environments of jobs: built from their conda file, or the Python of the local workspace."""

from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.prepare import Environments, Prepared

__all__ = ["Environments", "Prepared", "UnbuildableError"]
