"""Tracking reads, run history and MLflow's own UI."""

from amlrest_emulator.tracking.ui import ui_command

__all__ = ["ui_command"]
