"""Placeholders in commands: ``{inputs.x}``, ``{outputs.x}``, ``{search_space.x}``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any

_PLACEHOLDER = re.compile(r"\{(inputs|outputs|search_space)\.([^{}\s]+)\}")


def placeholders(command: str) -> set[tuple[str, str]]:
    """Return ``(group, name)`` of each placeholder."""
    return set(_PLACEHOLDER.findall(command))


def unknown_placeholders(command: str, known: Mapping[str, set[str]]) -> list[str]:
    """Return the placeholders whose group or name is not in ``known``."""
    found = sorted(placeholders(command))
    return [f"{{{group}.{name}}}" for group, name in found if name not in known.get(group, set())]


def fill(command: str, values: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the command with its placeholders replaced by shell-quoted values.

    Hyperparameters without a placeholder are appended as ``--name value``; a name that starts
    with a hyphen is used as it is.
    """
    text = _PLACEHOLDER.sub(lambda match: _quoted(values[match[1]][match[2]]), command)
    used = {name for group, name in placeholders(command) if group == "search_space"}
    rest = {k: v for k, v in values.get("search_space", {}).items() if k not in used}
    appended = [f"{shlex.quote(_option(name))} {_quoted(value)}" for name, value in rest.items()]
    return " ".join([text.rstrip(), *appended]) if appended else text


def _option(name: str) -> str:
    return name if name.startswith("-") else f"--{name}"


def _quoted(value: Any) -> str:
    return shlex.quote(value if isinstance(value, str) else str(value))
