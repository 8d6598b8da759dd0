"""Tracking reads, run history and MLflow's own UI."""

from .ui import ui_command

__all__ = ["ui_command"]
