"""``python -m amlrest_emulator serve``: the server process."""

import argparse
import sys
from pathlib import Path

from .files import AlreadyRunningError, StateFolder


def main(arguments: list[str] | None = None) -> int:
    """Run the server until it is told to end; returns the exit status."""
    options = _parser().parse_args(arguments)
    from .server import Options, serve

    try:
        serve(
            Options(
                folder=StateFolder.of(options.state_dir),
                port=options.port,
                api_version=options.api_version,
                operation_delay=options.operation_delay,
                ready_fd=options.ready_fd,
                lifeline_fd=options.lifeline_fd,
            )
        )
    except (AlreadyRunningError, OSError, ValueError) as error:
        sys.stderr.write(f"amlrest_emulator: {error}\n")
        return 1
    return 0


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
