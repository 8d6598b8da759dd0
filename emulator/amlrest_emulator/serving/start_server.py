"""Starts Microsoft's inference server on a Unix socket; a program of its own.

    python start_server.py SOCKET [OPTION…]

The server itself would listen on all interfaces. The socket is at ``SOCKET:PORT``. Workers that end
before they have been initialized would be started for ever; here only until there have been three
of each, or the file ``ready`` is beside this one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from azureml_inference_server_http import amlserver
from gunicorn.arbiter import Arbiter
from gunicorn.errors import HaltServer

_STARTS = 3
_READY = Path(__file__).with_name("ready")
_spawn_worker = Arbiter.spawn_worker


def spawn_worker(arbiter: Any) -> Any:
    """Start a worker, unless too many have ended already."""
    if arbiter.worker_age >= _STARTS * arbiter.num_workers and not _READY.exists():
        raise HaltServer(f"Workers ended {_STARTS} times before they were ready.", 3)
    return _spawn_worker(arbiter)


if __name__ == "__main__":
    amlserver.DEFAULT_HOST = f"unix:{sys.argv.pop(1)}"
    Arbiter.spawn_worker = spawn_worker
    amlserver.run()
