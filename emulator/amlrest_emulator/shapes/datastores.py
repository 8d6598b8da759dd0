"""Datastores in the newer wire shape, which has no ``contents``, and in the stored form."""

from __future__ import annotations

from amlrest_emulator.json_body import part
from amlrest_emulator.shapes.places import Places
from amlrest_emulator.shapes.rules import Json, relocate

_OUTSIDE = {
    "description",
    "properties",
    "tags",
    "isDefault",
    "hasBeenValidated",
    "linkedInfo",
    "contents",
}
_CONTAINER_KEYS = {"AzureDataLakeGen2": "filesystem", "AzureFile": "fileShareName"}


def read_datastore(body: Json, _places: Places) -> None:
    """Turn a datastore of the newer shape into the stored form."""
    properties = part(body, "properties")
    for field in properties.keys() - _OUTSIDE:
        relocate(properties, field, f"contents.{field}")
    contents = part(properties, "contents")
    relocate(contents, "datastoreType", "contentsType")
    key = _CONTAINER_KEYS.get(str(contents.get("contentsType")))
    if key:
        relocate(contents, key, "containerName")
    relocate(contents, "credentials.resourceUrl", "credentials.resourceUri")


def show_datastore(body: Json, _places: Places) -> None:
    """Turn a stored datastore into the newer shape."""
    properties = part(body, "properties")
    contents = part(properties, "contents")
    relocate(contents, "credentials.resourceUri", "credentials.resourceUrl")
    key = _CONTAINER_KEYS.get(str(contents.get("contentsType")))
    if key:
        relocate(contents, "containerName", key)
    relocate(contents, "contentsType", "datastoreType")
    properties |= properties.pop("contents", {})


def fill_endpoint(body: Json, _places: Places) -> None:
    """Complete a storage datastore with the defaults of the service, required in the first shape."""
    contents = part(body, "properties", "contents")
    if "containerName" in contents:
        for key, default in (("protocol", "https"), ("endpoint", "core.windows.net")):
            contents[key] = contents.get(key) or default
