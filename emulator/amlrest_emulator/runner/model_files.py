"""Files of models: whether they are an MLflow model, and where its folder is."""

from __future__ import annotations

from pathlib import Path

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner.plan import Source

MODEL_FILE = "MLmodel"
_DEPTH = 2
"""Parts of the path of ``MLmodel`` in a model: the file, and a folder around it."""


def is_mlflow_model(source: Source, blobs: BlobStore) -> bool:
    """Return whether a model has ``MLmodel``; one on the web is only known when it is here."""
    if source.kind == "url":
        return True
    if source.kind == "file":
        return find_mlflow_model(Path(source.path)) is not None
    prefix = f"{source.path.strip('/')}/"
    below = (blob.name[len(prefix) :] for blob in blobs.walk(source.container, prefix))
    parts = (name.split("/") for name in below)
    return any(each[-1] == MODEL_FILE and len(each) <= _DEPTH for each in parts)


def find_mlflow_model(model: Path) -> Path | None:
    """Return the folder that has ``MLmodel``: that of the model, or one in it; None without one."""
    inside = sorted(path for path in model.glob("*") if path.is_dir())
    return next((each for each in (model, *inside) if (each / MODEL_FILE).is_file()), None)
