"""MLflow UI for the tracking store of a local workspace."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from amlrest_emulator.tracking.store import store_uri


def ui_command(state_dir: Path, port: int) -> list[str]:
    """Return the command line of an MLflow UI server on loopback for a state folder."""
    options = {
        "--backend-store-uri": store_uri(state_dir),
        "--default-artifact-root": (state_dir / "mlruns").resolve().as_uri(),
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": "1",
    }
    return [sys.executable, "-m", "mlflow", "ui", *itertools.chain(*options.items())]
