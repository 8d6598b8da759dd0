"""JSON bodies: nested objects that may be missing, and merge patches."""

from __future__ import annotations

from typing import Any, Final

JSON_NULL: Final = object()
"""The JSON text ``null`` as the body of a response, where None means no body."""


def part(body: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path, or an empty one."""
    for key in path:
        body = body.get(key) if isinstance(body, dict) else None
    return body if isinstance(body, dict) else {}


def merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Apply a JSON merge patch (RFC 7396) to an object."""
    merged = {**old}
    for key, value in new.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            merged[key] = merge(part(merged, key), value)
        else:
            merged[key] = value
    return merged
