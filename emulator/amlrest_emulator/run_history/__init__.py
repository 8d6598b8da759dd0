"""Run history: runs with their details, changes and outputs, as Microsoft's SDKs read them."""

from amlrest_emulator.run_history.service import PREFIXES, RunHistoryService

__all__ = ["PREFIXES", "RunHistoryService"]
