"""A copy of the official v2 examples in which every local path that a file names exists."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests import official

KINDS = {
    "commandJob": "job",
    "sweepJob": "job",
    "environment": "environment",
    "data": "data",
    "model": "model",
    "azureBlob": "datastore",
    "azureFile": "datastore",
    "azureDataLakeGen1": "datastore",
    "azureDataLakeGen2": "datastore",
    "oneLake": "datastore",
    "amlCompute": "compute",
    "computeInstance": "compute",
    "managedOnlineEndpoint": "online_endpoint",
    "kubernetesOnlineEndpoint": "online_endpoint",
    "managedOnlineDeployment": "online_deployment",
    "kubernetesOnlineDeployment": "online_deployment",
    "batchEndpoint": "batch_endpoint",
    "modelBatchDeployment": "model_batch_deployment",
}
"""Function of the SDK by schema."""
OTHERS = {"commandComponent", "DataImport", "ModelVersionPackage"}
"""Schemas of kinds that amlrest does not have."""
CONDA = "name: e\ndependencies: [python=3.10, {pip: [numpy]}]\n"
_PATH_KEYS = {"path", "code", "conda_file", "environment"}


def names() -> list[str]:
    """Return the paths of the examples of kinds that amlrest has."""
    root = official.YAML_EXAMPLES_V2
    return [str(p.relative_to(root)) for p in _files(root) if kind_of(p)]


def kind_of(path: Path) -> str | None:
    """Return what the SDK loads a file with; None for kinds that amlrest does not have."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^\$schema:.*/(\w+)\.\w+", text, re.MULTILINE)
    if found is None:
        return "job" if "\ntype: command\n" in text else None
    return KINDS.get(found[1])


def copy_to(folder: Path) -> Path:
    """Copy the examples, fill in their templates, and make the files and folders they name."""
    root = folder / "examples"
    shutil.copytree(official.need(official.YAML_EXAMPLES_V2), root)
    for path in _files(root):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{\{\w+\}\}|<[A-Za-z_-]+>", "filled-in", text)
        path.write_text(text, encoding="utf-8")
        for key, named in _local_paths(yaml.safe_load(text)):
            _make(path.parent / named.removeprefix("file:"), key)
    return root


def _files(root: Path) -> list[Path]:
    return sorted([*root.rglob("*.yml"), *root.rglob("*.yaml")])


def _local_paths(value: Any, above: str = "") -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _local_paths(inner, key)
        elif (
            key in _PATH_KEYS
            and isinstance(inner, str)
            and not above.endswith("_route")
            and "://" not in inner
            and not inner.startswith("azureml:")
        ):
            yield (above if above == "build" else key), inner


def _make(path: Path, key: str) -> None:
    if path.exists():
        return
    if key in {"conda_file", "environment"}:
        content = CONDA if key == "conda_file" else "image: python:3.10\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    elif path.suffix:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a,b\n", encoding="utf-8")
    else:
        path.mkdir(parents=True)
        (path / ("Dockerfile" if key == "build" else "file.txt")).write_text("FROM python\n")
