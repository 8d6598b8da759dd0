"""Import of MLflow by one thread at a time.

Its modules import each other in circles: a second thread that begins to import one of them would
find another one unfinished.
"""

from __future__ import annotations

import importlib
import threading

_LOCK = threading.Lock()
_MODULES = (
    "mlflow.tracking",
    "mlflow.exceptions",
    "mlflow.protos.service_pb2",
    "mlflow.utils.proto_json_utils",
)


def load_mlflow(*more: str) -> None:
    """Import MLflow unless that is done; to be called before its modules are imported.

    Args:
        more: further modules of MLflow.
    """
    with _LOCK:
        for name in (*_MODULES, *more):
            importlib.import_module(name)
