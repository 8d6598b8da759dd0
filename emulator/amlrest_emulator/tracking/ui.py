"""MLflow's own UI on the local workspace's store."""

import sys
from pathlib import Path

from amlrest_emulator.tracking.store import store_uri


def ui_command(state_dir: Path, port: int) -> list[str]:
    """Return the command that serves MLflow's UI on loopback.

    Args:
        state_dir: state folder of the local workspace.
        port: port to listen on.
    """
    return [
        sys.executable,
        "-m",
        "mlflow",
        "ui",
        "--backend-store-uri",
        store_uri(state_dir),
        "--default-artifact-root",
        (state_dir / "mlruns").resolve().as_uri(),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
