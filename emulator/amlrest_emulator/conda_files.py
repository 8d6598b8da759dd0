"""Conda files: YAML that the service answers as JSON of equal content."""

from __future__ import annotations

import json
from typing import Any

import yaml

_ENCODER = json.JSONEncoder(indent=2, ensure_ascii=False, allow_nan=False, default=str)
_GROWTH = 20
_SMALL = 100_000


def as_json(text: str) -> str:
    """Return a conda file as JSON text; as it is where JSON cannot say it."""
    return _json(text) or text


def same_file(one: str, other: str) -> bool:
    """Return whether two conda files have the same content."""
    if one == other:
        return True
    content = _json(one)
    return content is not None and json.loads(content) == json.loads(_json(other) or "null")


def _json(text: str) -> str | None:
    """Return a YAML mapping as JSON, None for a text that is not one or grows out of measure.

    Aliases of YAML are repeated in JSON: a few lines can stand for gigabytes.
    """
    most = max(_SMALL, _GROWTH * len(text))
    parts: list[str] = []
    size = 0
    try:
        content = _parsed(text)
        for part in _ENCODER.iterencode(content if isinstance(content, dict) else None):
            parts.append(part)
            size += len(part)
            if size > most:
                return None
    except (yaml.YAMLError, RecursionError, TypeError, ValueError):
        return None
    return None if parts == ["null"] else "".join(parts)


def _parsed(text: str) -> Any:
    """Parse JSON or YAML; YAML does not know that two escapes of JSON can be one character."""
    try:
        return json.loads(text)
    except ValueError:
        return yaml.safe_load(text)
