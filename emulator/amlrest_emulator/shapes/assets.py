"""Code, data, model and environment versions in the newer wire shape and in the stored form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amlrest_emulator.json_body import part
from amlrest_emulator.shapes.places import Places
from amlrest_emulator.shapes.rules import (
    Json,
    Move,
    put,
    read_moves,
    relocate,
    show_moves,
    take,
)

_ENVIRONMENT = (
    Move("image", "docker.dockerImageUri"),
    Move("build.contextUri", "docker.contextUri"),
    Move("build.dockerfilePath", "docker.dockerfilePath"),
    Move("inferenceConfig", "inferenceContainerProperties"),
    Move("environmentType", "environmentSpecificationType"),
)
_SYSTEM = "docker.platform.operatingSystemType"


def read_code(body: Json, places: Places) -> None:
    """Turn a code version of the newer shape into the stored form."""
    properties = part(body, "properties")
    _replace(properties, "codeUri", places.as_here)
    uri = properties.get("codeUri")
    found = places.from_blob_url(uri) if isinstance(uri, str) else None
    _read_uri(body, places, "codeUri", found)


def show_code(body: Json, places: Places) -> None:
    """Turn a stored code version into the newer shape; its URI is the URL of the blob."""
    properties = part(body, "properties")
    url = None
    if _is_relative(properties):
        url = places.blob_url(properties.get("datastoreId"), properties["path"])
    if url:
        del properties["path"]
        properties.pop("datastoreId", None)
        properties["codeUri"] = url
    _show_uri(body, places, "codeUri")
    _replace(properties, "codeUri", places.as_here)


def read_data(body: Json, places: Places) -> None:
    """Turn a data version of the newer shape into the stored form."""
    _read_uri(body, places, "dataUri")


def show_data(body: Json, places: Places) -> None:
    """Turn a stored data version into the newer shape."""
    properties = part(body, "properties")
    if properties.get("datasetType") == "Dataflow":
        properties.setdefault("dataType", "mltable")
    properties.setdefault("dataType", places.type_of_files(properties))
    _show_uri(body, places, "dataUri")


def show_data_container(body: Json, _places: Places) -> None:
    """Turn a stored data container into the newer shape, which requires a type."""
    part(body, "properties").setdefault("dataType", "uri_folder")


def read_model(body: Json, places: Places) -> None:
    """Turn a model version of the newer shape into the stored form."""
    _read_uri(body, places, "modelUri")


def show_model(body: Json, places: Places) -> None:
    """Turn a stored model version into the newer shape."""
    _show_uri(body, places, "modelUri")


def read_environment(body: Json, places: Places) -> None:
    """Turn an environment version of the newer shape into the stored form."""
    properties = part(body, "properties")
    _replace(part(properties, "build"), "contextUri", places.as_here)
    kind = "Image" if properties.get("image") else "Build" if properties.get("build") else None
    read_moves(_ENVIRONMENT, properties)
    if kind:
        put(properties, "docker.dockerSpecificationType", kind)
        relocate(properties, "osType", _SYSTEM)


def show_environment(body: Json, places: Places) -> None:
    """Turn a stored environment version into the newer shape."""
    properties = part(body, "properties")
    relocate(properties, _SYSTEM, "osType")
    show_moves(_ENVIRONMENT, properties)
    take(properties, "docker.dockerSpecificationType")
    _replace(part(properties, "build"), "contextUri", places.as_here)


def fill_path(body: Json, _places: Places) -> None:
    """Complete an asset version whose URI was not given: the first shape requires a path."""
    part(body, "properties").setdefault("path", "")


def fill_dockerfile(body: Json, _places: Places) -> None:
    """Complete an environment whose Dockerfile cannot be read: the first shape requires it."""
    docker = part(body, "properties", "docker")
    if docker.get("dockerSpecificationType") == "Build":
        docker.setdefault("dockerfile", "")


def _read_uri(body: Json, places: Places, key: str, found: tuple[str, str] | None = None) -> None:
    properties = part(body, "properties")
    uri = properties.get(key)
    if not isinstance(uri, str):
        return
    found = found or places.from_uri(uri)
    if found:
        del properties[key]
        properties["datastoreId"], properties["path"] = found
    elif "://" in uri:
        properties["path"] = properties.pop(key)
    else:
        # Not a place. It is kept beside the path, so that it is not taken for a relative one.
        properties["path"] = uri


def _show_uri(body: Json, places: Places, key: str) -> None:
    properties = part(body, "properties")
    relative = _is_relative(properties)
    path, store = properties.pop("path", None), properties.pop("datastoreId", None)
    if path and key not in properties:
        properties[key] = places.long_uri(store, path) if relative else path


def _replace(properties: Json, key: str, change: Callable[[Any], Any]) -> None:
    if key in properties:
        properties[key] = change(properties[key])


def _is_relative(properties: Json) -> bool:
    path = properties.get("path")
    return isinstance(path, str) and bool(path) and "://" not in path
