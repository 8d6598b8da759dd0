"""Reads JSON bodies without trust: what a document does not require may not be there."""

from typing import Any

from amlrest_emulator.engine.errors import refuse


def part(body: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path, an empty one when there is none."""
    for key in path:
        body = body.get(key) if isinstance(body, dict) else None
    return body if isinstance(body, dict) else {}


def required(body: Any, *path: str) -> Any:
    """Return the value at a path.

    Raises:
        ArmError: 400 when there is none.
    """
    found = part(body, *path[:-1]).get(path[-1])
    if found is None:
        message = "is missing; the local workspace cannot carry the request out without it"
        raise refuse(".".join(path), message, "MissingProperty")
    return found
