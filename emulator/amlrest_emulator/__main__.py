"""``python -m amlrest_emulator serve``: the server process."""

import argparse
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from amlrest_emulator.files import AlreadyRunningError, StateFolder


def main(arguments: list[str] | None = None) -> int:
    """Run the server until it is told to end; returns the exit status."""
    options = _parser().parse_args(arguments)
    starter = _Starter(options.ready_fd)
    folder = StateFolder.of(options.state_dir)
    try:
        from amlrest_emulator.server import Options, serve

        serve(
            Options(
                folder=folder,
                port=options.port,
                api_version=options.api_version,
                operation_delay=options.operation_delay,
                lifeline_fd=options.lifeline_fd,
            ),
            starter.tell,
        )
    except (AlreadyRunningError, ImportError, OSError, ValueError, sqlite3.Error) as error:
        reason = _reason(error, folder)
        starter.tell({"error": reason})
        sys.stderr.write(f"amlrest_emulator: {reason}\n")
        return 1
    return 0


class _Starter:
    """Who started this process and waits to hear, once, what came of it."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def tell(self, answer: dict[str, Any]) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with os.fdopen(descriptor, "w") as pipe:
                json.dump(answer, pipe)


def _reason(error: Exception, folder: StateFolder) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"{error.name} is not installed; install amlrest with its extra 'local'"
    return f"{folder.root}: {error}" if isinstance(error, sqlite3.Error) else str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("amlrest_emulator", description=__doc__)
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="listen on 127.0.0.1 until SIGTERM")
    serve.add_argument("--state-dir", type=Path, help="default: ~/.amlrest/local")
    serve.add_argument("--port", type=int, default=0, help="0: the last one, else any free port")
    serve.add_argument("--api-version", help="pinned document to serve; default: the current one")
    serve.add_argument("--operation-delay", type=float, default=0.0, metavar="SECONDS")
    serve.add_argument("--ready-fd", type=int, help="descriptor told as JSON when it listens")
    serve.add_argument("--lifeline-fd", type=int, help="descriptor whose end of file ends it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
