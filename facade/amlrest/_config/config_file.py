"""`config.json`, as the studio hands it out: which workspace a folder is for."""

from __future__ import annotations

from pathlib import Path

from amlrest import ids
from amlrest.errors import ConfigError, ValidationError

_KEYS = {
    "subscription_id": "subscription_id",
    "resource_group": "resource_group",
    "name": "workspace_name",
    "cloud": "cloud",
}
_PLACES = (Path(".azureml", "config.json"), Path("config.json"))


def find_config_file(start: Path) -> Path | None:
    """Return the nearest file in a folder or one above it."""
    places = (folder / place for folder in (start, *start.parents) for place in _PLACES)
    return next((path for path in places if is_file(path)), None)


def read_config_file(path: Path) -> dict[str, str]:
    """Read which workspace is meant; not an endpoint, since the file may have come with a clone.

    Whoever wrote it would get the user's token.
    """
    data = read_json(path)
    if not isinstance(data, dict):
        raise ConfigError(f"{path} is not a workspace configuration: expected a JSON object")
    for wire in (*_KEYS.values(), "Scope"):
        if not isinstance(data.get(wire), str | None):
            raise ConfigError(f"{path}: {wire} is {data[wire]!r}; use text")
    values = {key: data[wire] for key, wire in _KEYS.items() if data.get(wire)}
    return _from_scope(path, data.get("Scope")) | values


def _from_scope(path: Path, scope: str | None) -> dict[str, str]:
    """Older files name the workspace by its resource id."""
    if not scope:
        return {}
    try:
        rid = ids.parse(scope)
    except ValidationError as error:
        raise ConfigError(f"{path}: {error}") from error
    values = {"subscription_id": rid.subscription_id, "resource_group": rid.resource_group}
    return {k: v for k, v in (values | {"name": rid.part("workspaces")}).items() if v}


def is_file(path: Path) -> bool:
    """Whether there is a file; a folder that may not be looked into has none for us."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_json(path: Path) -> object:
    """Read a file of JSON, also with a byte order mark.

    Raises:
        ConfigError: names the file and what is wrong with it.
    """
    import json

    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
