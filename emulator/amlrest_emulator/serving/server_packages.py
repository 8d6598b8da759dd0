"""Packages that a deployment needs besides its own: Microsoft's inference server."""

from __future__ import annotations

from pathlib import Path

from amlrest_emulator.runner.environments.prepare import Addition

_PINS = Path(__file__).with_name("server_packages.txt")
# From version 25 on it has a control socket of its own, in the folder of the user.
_GUNICORN = "gunicorn<25"


def server_packages() -> Addition:
    """Return the inference server: pinned, or for the versions that a conda file allows."""
    pinned = tuple(line for line in _PINS.read_text(encoding="utf-8").split("\n") if line)
    return Addition(
        name="inference-server",
        pinned=pinned,
        wanted=("azureml-inference-server-http<=1.5.1", _GUNICORN),
        bringing=("azureml-inference-server-http", "azureml-defaults"),
    )
