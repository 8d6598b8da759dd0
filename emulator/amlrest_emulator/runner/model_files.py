"""Files of models: where they are, whether they are an MLflow model, and where its folder is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner.plan import Source
from amlrest_emulator.runner.resolver import InvalidJobError, Resolver

MODEL_FILE = "MLmodel"
_DEPTH = 2
"""Parts of the path of ``MLmodel`` in a model: the file, and a folder around it."""
_TARGET = "properties.model"


def model_uri(reference: Mapping[str, Any]) -> str:
    """Return the ARM id or URI of the model that a deployment refers to, "" for none."""
    path = str(reference.get("path") or "").lstrip("/")
    if reference.get("assetId"):
        return str(reference["assetId"])
    if reference.get("jobId"):
        job = str(reference["jobId"]).rpartition("/")[2]
        return f"azureml://jobs/{job}/outputs/artifacts/paths/{path}"
    if not path:
        return ""
    store = str(reference.get("datastoreId") or names.DEFAULT_DATASTORE).rpartition("/")[2]
    return f"azureml://datastores/{store}/paths/{path}"


def model_source(model: str, resolver: Resolver) -> Source:
    """Return the source of the files of a model.

    Args:
        model: its ARM id or URI.
        resolver: looks up assets and places.

    Raises:
        InvalidJobError: it is not in this workspace.
    """
    if model.lower().startswith(names.REGISTRIES):
        message = f"{model} is in a registry, which is not here; register it in the workspace."
        raise InvalidJobError(_TARGET, message)
    if "://" in model:
        return resolver.place(model, _TARGET)
    return resolver.data(model, _TARGET)


def is_mlflow_model(source: Source, blobs: BlobStore) -> bool:
    """Return whether a model has ``MLmodel``; one on the web is only known when it is here."""
    if source.kind == "url":
        return True
    if source.kind == "file":
        return find_mlflow_model(Path(source.path)) is not None
    return mlflow_folder(source, blobs) is not None


def mlflow_folder(source: Source, blobs: BlobStore) -> str | None:
    """Return the path of the folder that `find_mlflow_model` finds when the blobs are here."""
    path = source.path.strip("/")
    start = f"{path}/" if path else ""
    below = (blob.name[len(start) :] for blob in blobs.walk(source.container, start))
    parts = (name.split("/") for name in below)
    found = [each[:-1] for each in parts if each[-1] == MODEL_FILE and len(each) <= _DEPTH]
    return "/".join(filter(None, [path, *min(found)])) if found else None


def find_mlflow_model(model: Path) -> Path | None:
    """Return the folder that has ``MLmodel``: that of the model, or one in it; None without one."""
    inside = sorted(path for path in model.glob("*") if path.is_dir())
    return next((each for each in (model, *inside) if (each / MODEL_FILE).is_file()), None)
