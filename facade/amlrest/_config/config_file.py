"""`config.json`: the workspace of a folder, in the format that Azure ML studio downloads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from amlrest import ids
from amlrest.errors import ConfigError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = {
    "subscription_id": "subscription_id",
    "resource_group": "resource_group",
    "name": "workspace_name",
    "cloud": "cloud",
}
_PLACES = (Path(".azureml", "config.json"), Path("config.json"))


def find_config_file(start: Path) -> Path | None:
    """Return the nearest configuration file in a folder or its parents."""
    places = (folder / place for folder in (start, *start.parents) for place in _PLACES)
    return next((path for path in places if is_file(path)), None)


def read_config_file(path: Path) -> dict[str, str]:
    """Return the settings in a file, never an endpoint.

    The file may come with a cloned repository, whose author would then receive the user's token.

    Raises:
        ConfigError: the file cannot be read or has invalid values.
    """
    data = read_json(path)
    if not isinstance(data, dict):
        raise ConfigError(f"{path} is not a workspace configuration: expected a JSON object")
    for wire in (*_KEYS.values(), "Scope"):
        if not isinstance(data.get(wire), str | None):
            raise ConfigError(f"{path}: {wire} is {data[wire]!r}; use a string")
    values = {key: data[wire] for key, wire in _KEYS.items() if data.get(wire)}
    return _from_scope(path, data.get("Scope")) | values


def write_config_file(path: Path, values: Mapping[str, str]) -> None:
    """Set values of a file, which is made if there is none; other entries stay.

    Args:
        path: the file.
        values: by name of the setting; an empty one is removed.

    Raises:
        ConfigError: the file cannot be read or written, or a value cannot be kept in it.
    """
    import json

    from amlrest._part_files import write_text

    data = read_json(path) if is_file(path) else {}
    if not isinstance(data, dict):
        raise ConfigError(f"{path} is not a workspace configuration: expected a JSON object")
    for key, value in values.items():
        if key not in _KEYS:
            raise ConfigError(f"{key} is not kept in {path.name}; use one of {', '.join(_KEYS)}")
        data.pop(_KEYS[key], None)
        data |= {_KEYS[key]: value} if value else {}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, json.dumps(data, indent=2) + "\n")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error


def _from_scope(path: Path, scope: str | None) -> dict[str, str]:
    """Return the settings in the resource id of the workspace, which older files have."""
    if not scope:
        return {}
    try:
        rid = ids.parse(scope)
    except ValidationError as error:
        raise ConfigError(f"{path}: {error}") from error
    values = {"subscription_id": rid.subscription_id, "resource_group": rid.resource_group}
    return {k: v for k, v in (values | {"name": rid.part("workspaces")}).items() if v}


def is_file(path: Path) -> bool:
    """Return whether a file exists; one in an inaccessible folder counts as absent."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_json(path: Path) -> object:
    """Return the content of a JSON file, with or without a byte order mark.

    Raises:
        ConfigError: the file cannot be read or is not valid JSON.
    """
    import json

    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
