"""Build contexts of environments: the text of a Dockerfile, and the folder it stands in.

The first wire shape has the text only, the newer one the folder only. Both are stored.
"""

from __future__ import annotations

import hashlib
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import refuse
from amlrest_emulator.blob import chunks, store_bytes
from amlrest_emulator.context import Context
from amlrest_emulator.json_body import part
from amlrest_emulator.shapes import Places

_FOLDER = "environment-contexts"
_DOCKERFILE = "Dockerfile"
_FIELD = "properties.build.contextUri"


def complete_build(context: Context, places: Places, properties: dict[str, Any]) -> dict[str, Any]:
    """Return an environment with the text and the folder of its Dockerfile, if it has one.

    Raises:
        ArmError: 400 if the folder has no Dockerfile.
    """
    docker = part(properties, "docker")
    if docker.get("dockerSpecificationType") != "Build":
        return properties
    if docker.get("contextUri"):
        text = _read(context, places, docker)
        docker = docker if text is None else {**docker, "dockerfile": text}
    elif docker.get("dockerfile"):
        docker = {**docker, **_store(context, places, docker["dockerfile"])}
    return {**properties, "docker": docker}


def is_own_folder(properties: dict[str, Any]) -> bool:
    """Return whether the folder was made for a Dockerfile that came as a text."""
    return f"/paths/{_FOLDER}/" in str(part(properties, "docker").get("contextUri"))


def without_folder(properties: dict[str, Any]) -> dict[str, Any]:
    """Return an environment without the folder of its Dockerfile."""
    docker = {**part(properties, "docker")}
    docker.pop("contextUri", None)
    docker.pop("dockerfilePath", None)
    return {**properties, "docker": docker}


def _read(context: Context, places: Places, docker: dict[str, Any]) -> str | None:
    """Return the text of a Dockerfile; None if it is not in the local storage account."""
    uri = str(docker["contextUri"])
    place = places.from_uri(uri) or places.from_blob_url(uri)
    container = places.container_of(place[0]) if place else None
    if place is None or container is None:
        return None
    name = f"{place[1].strip('/')}/{docker.get('dockerfilePath') or _DOCKERFILE}".lstrip("/")
    blob = context.blobs.find(container, name)
    if blob is None:
        raise refuse(_FIELD, f"there is no {name!r} in {container!r}; upload the folder first")
    with context.blobs.reading(container, name) as current:
        content = b"".join(chunks(context.blobs, current, 0, current.size))
    return content.decode("utf-8", errors="replace")


def _store(context: Context, places: Places, text: str) -> dict[str, str]:
    """Store the text of a Dockerfile in a folder of its own; return the fields of the folder."""
    content = text.encode()
    folder = f"{_FOLDER}/{hashlib.sha256(content).hexdigest()}"
    container = places.container_of(places.datastore_id(names.DEFAULT_DATASTORE))
    if container is None:
        return {}
    store_bytes(context.blobs, container, f"{folder}/{_DOCKERFILE}", content)
    return {
        "contextUri": places.long_uri(None, f"{folder}/"),
        "dockerfilePath": _DOCKERFILE,
    }
