"""MLflow tracking and the MLflow UI."""

from amlrest_emulator.tracking.ui import ui_command

__all__ = ["ui_command"]
