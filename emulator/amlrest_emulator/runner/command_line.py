"""Placeholders in commands: ``{inputs.x}`` and ``${{inputs.x}}``, of three groups."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from amlrest_emulator.runner.shell_text import Hole, insert

_GROUP = "inputs|outputs|search_space"
_BRACES = re.compile(
    rf"\$\{{\{{\s*({_GROUP})\.([^{{}}\s]+)\s*\}}\}}"
    r"|\{\{[^{}]*\}\}"  # braces that a template or an f-string escapes
    rf"|\{{({_GROUP})\.([^{{}}\s]+)\}}"
)
# Bash reports these as a bad substitution only when the command runs.
_MALFORMED = re.compile(
    rf"\$\{{\{{\s*(?:{_GROUP})\b[^{{}}]*\}}{{0,2}}|\$\{{(?:{_GROUP})\.[^{{}}]*\}}?"
)


def _found(command: str) -> Iterator[tuple[re.Match[str], str, str]]:
    for match in _BRACES.finditer(command):
        if match[1] or match[3]:
            yield match, match[1] or match[3], match[2] or match[4]


def placeholders(command: str) -> set[tuple[str, str]]:
    """Return ``(group, name)`` of each placeholder."""
    return {(group, name) for _, group, name in _found(command)}


def unknown_placeholders(command: str, known: Mapping[str, set[str]]) -> list[str]:
    """Return the placeholders whose group or name is not in ``known``, and malformed ones."""
    unknown = {m[0] for m, group, name in _found(command) if name not in known.get(group, set())}
    malformed = {m[0] for m in _MALFORMED.finditer(command) if not _BRACES.fullmatch(m[0])}
    return sorted(unknown | malformed)


def spelled_alike(command: str) -> str:
    """Return a command with its placeholders in one spelling, to compare it with another."""
    pieces, end = [], 0
    for match, group, name in _found(command):
        pieces += [command[end : match.start()], f"{{{group}.{name}}}"]
        end = match.end()
    return "".join([*pieces, command[end:]])


def fill(command: str, values: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a shell script that runs the command with its placeholders replaced by values.

    Each value is a part of one argument, whatever characters it has, and however the placeholder
    is quoted. Hyperparameters without a placeholder are appended as ``--name value``; a name
    that starts with a hyphen is used as it is.

    Raises:
        UnfillableError: a placeholder is in a place where its value cannot be inserted.
    """
    holes = [
        Hole(match.start(), match.end(), str(values[group][name]))
        for match, group, name in _found(command)
    ]
    used = {name for group, name in placeholders(command) if group == "search_space"}
    rest = {k: v for k, v in values.get("search_space", {}).items() if k not in used}
    appended = [f"{shlex.quote(_option(name))} {shlex.quote(str(v))}" for name, v in rest.items()]
    script = insert(command, holes)
    return " ".join([script.rstrip(), *appended]) if appended else script


def _option(name: str) -> str:
    return name if name.startswith("-") else f"--{name}"
