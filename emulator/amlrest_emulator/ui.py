"""MLflow UI of a local workspace: ``python -m amlrest_emulator.ui``.

It is MLflow's own application in this process, behind a door, so that the other users of the
machine can neither read nor change the runs.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
import webbrowser
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest_emulator.files import StateFolder
from amlrest_emulator.privacy import hide_process
from amlrest_emulator.ui_door import Door

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def ui_command(state_dir: Path, port: int, *, browser: bool = False) -> list[str]:
    """Return the command line of the MLflow UI of a state folder on loopback.

    Args:
        state_dir: state folder.
        port: port to listen on.
        browser: whether to open the link in a browser.
    """
    options = ["--state-dir", str(state_dir.resolve()), "--port", str(port)]
    chosen = ["--browser"] if browser else []
    return [sys.executable, "-X", "utf8", "-m", "amlrest_emulator.ui", *options, *chosen]


def main(arguments: list[str] | None = None) -> int:
    """Serve the UI until Ctrl-C or SIGTERM; return the exit status."""
    parser = argparse.ArgumentParser("amlrest_emulator.ui", description=__doc__)
    parser.add_argument("--state-dir", type=Path, required=True, help="state folder")
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--browser", action="store_true", help="open the link in a browser")
    options = parser.parse_args(arguments)
    hide_process()
    os.umask(0o077)
    try:
        _serve(options.state_dir, options.port, browser=options.browser)
    except (ImportError, OSError, RuntimeError) as error:
        sys.stderr.write(f"amlrest_emulator.ui: {error}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


@dataclass(slots=True)
class _Later:
    """MLflow's application, imported when it starts: that takes seconds."""

    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is not None:
            await self.app(scope, receive, send)


def _serve(state_dir: Path, port: int, *, browser: bool) -> None:
    import uvicorn

    from amlrest_emulator.connections import bind, guarded

    StateFolder(state_dir).make()
    listener = bind(port)
    os.chdir(state_dir)
    mlflow = _Later()
    page = _LinkPage(state_dir / f"ui-{port}.html")
    door = Door(mlflow, port, opened=page.remove)
    mlflow.app = _mlflow_app(state_dir)
    listener.listen()
    sys.stderr.write(f"MLflow UI: {door.link}\nThe link works once. Ctrl-C stops the UI.\n")
    sys.stderr.flush()
    try:
        if browser:
            page.open(door.link)
        uvicorn.Server(guarded(door, lifespan="auto")).run(sockets=[listener])
    finally:
        page.remove()


def _mlflow_app(state_dir: Path) -> ASGIApp:
    from amlrest_emulator.tracking import migration
    from amlrest_emulator.tracking.store import MlflowTracking, store_uri

    migration.check(StateFolder(state_dir).tracking_database)
    MlflowTracking(state_dir).warm()
    os.environ["_MLFLOW_SERVER_FILE_STORE"] = store_uri(state_dir)
    os.environ["_MLFLOW_SERVER_ARTIFACT_ROOT"] = (state_dir / "mlruns").resolve().as_uri()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on what MLflow itself uses
        from mlflow.server.fastapi_app import app

    found: ASGIApp = app
    return found


@dataclass(frozen=True, slots=True)
class _LinkPage:
    """A file that leads the browser to the link, which is then no argument of its process."""

    path: Path

    def open(self, link: str) -> None:
        """Open the link in the browser of the user, if there is one."""
        text = f'<meta http-equiv="refresh" content="0; url={escape(link)}">'
        with os.fdopen(
            os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as file:
            file.write(text)
        webbrowser.open(self.path.as_uri())

    def remove(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
