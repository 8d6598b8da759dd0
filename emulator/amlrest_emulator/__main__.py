"""Command line of the server process: ``python -m amlrest_emulator serve``."""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from amlrest_emulator.answers import Answers
from amlrest_emulator.files import AlreadyRunningError, StateFolder
from amlrest_emulator.privacy import hide_process
from amlrest_emulator.schemas import UnusableFolderError


def main(arguments: list[str] | None = None) -> int:
    """Run the server until it is stopped; return the exit status."""
    options = _parser().parse_args(arguments)
    hide_process()
    parent = _Parent(options.ready_fd)
    folder = StateFolder.of(options.state_dir)
    try:
        from amlrest_emulator.server import Options, serve

        serve(
            Options(
                folder=folder,
                port=options.port,
                api_version=options.api_version,
                operation_delay=options.operation_delay,
                environments=options.environments,
                deployments=options.deployments,
                answers=options.answers,
                log_limit=options.log_limit,
                lifeline_fd=options.lifeline_fd,
                tls=options.tls,
            ),
            parent.report,
        )
    except (
        *(AlreadyRunningError, UnusableFolderError),
        *(ImportError, OSError, ValueError, sqlite3.Error),
    ) as error:
        reason = _reason(error, folder)
        parent.report({"error": reason})
        sys.stderr.write(f"amlrest_emulator: {reason}\n")
        return 1
    return 0


class _Parent:
    """The process that started this one; it gets one JSON report on the start."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def report(self, content: dict[str, Any]) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with os.fdopen(descriptor, "w") as pipe:
                json.dump(content, pipe)


def _reason(error: Exception, folder: StateFolder) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"{error.name} is not installed; install amlrest with its extra 'local'"
    return f"{folder.root}: {error}" if isinstance(error, sqlite3.Error) else str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "amlrest_emulator",
        description="The local workspace: Azure Machine Learning's REST API on your own machine.",
    )
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve on 127.0.0.1 until SIGTERM")
    serve.add_argument("--state-dir", type=Path, help="state folder [default: ~/.amlrest/local]")
    serve.add_argument("--port", type=int, default=0, help="port; 0: last port, else any free one")
    serve.add_argument("--api-version", help="API version to serve [default: the current one]")
    serve.add_argument(
        "--operation-delay",
        type=float,
        metavar="SECONDS",
        help="duration of long-running operations [default: 0, or 1 with --answers service]",
    )
    serve.add_argument(
        "--answers",
        choices=tuple(Answers),
        help="answer as the service does, or at once [default: as before, or convenient]",
    )
    serve.add_argument("--tls", action="store_true", help="listen for https as well")
    serve.add_argument(
        "--environments",
        choices=("host", "build"),
        help="run jobs with this Python, or build their environments [default: as before, or host]",
    )
    serve.add_argument(
        "--deployments",
        choices=("serve", "store"),
        help="run online deployments, or only store them [default: as before, or serve]",
    )
    serve.add_argument(
        "--log-limit",
        type=int,
        metavar="BYTES",
        help="size that each log of a job keeps [default: as before, or 104857600]",
    )
    serve.add_argument("--ready-fd", type=int, help="file descriptor for the JSON startup report")
    serve.add_argument("--lifeline-fd", type=int, help="file descriptor; stop at its end of file")
    return parser


def _end(status: int) -> None:
    """End the process without waiting for its threads: one that imports MLflow takes seconds."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _end(main())
