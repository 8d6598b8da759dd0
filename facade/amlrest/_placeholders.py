"""Placeholders in commands: ``{inputs.x}`` and ``${{inputs.x}}``.

2021-03-01-preview replaces those with single braces, later API versions those with ``${{…}}``.
Commands may use both. Everything else in braces is text of the shell or of a program in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_GROUP = "inputs|outputs|search_space"
_BRACES = re.compile(
    rf"\$\{{\{{\s*(?P<later>{_GROUP})\.(?P<later_name>[^{{}}\s]+)\s*\}}\}}"
    rf"|(?P<malformed>\$\{{\{{\s*(?:{_GROUP})\b[^{{}}]*\}}{{0,2}}|\$\{{(?:{_GROUP})\.[^{{}}]*\}}?)"
    r"|\{\{[^{}]*\}\}"  # braces that a template or an f-string escapes
    rf"|\{{(?P<first>{_GROUP})\.(?P<first_name>[^{{}}\s]+)\}}"
)


class Placeholder(NamedTuple):
    """A placeholder.

    Attributes:
        text: as it is in the command.
        group: ``inputs``, ``outputs`` or ``search_space``.
        name: name in the group.
    """

    text: str
    group: str
    name: str


def find(command: str) -> list[Placeholder]:
    """Return the placeholders of a command, in both spellings."""
    found = (_placeholder(match) for match in _BRACES.finditer(command))
    return [each for each in found if each]


def malformed(command: str) -> list[str]:
    """Return what begins like a placeholder and is none, such as ``${inputs.x}``."""
    found = (match["malformed"] for match in _BRACES.finditer(command))
    return [each for each in found if each]


def to_first(command: str) -> str:
    """Return the command with the placeholders of 2021-03-01-preview: ``{inputs.x}``."""
    return _rewritten(command, "{{{}.{}}}")


def to_later(command: str) -> str:
    """Return the command with the placeholders of later versions: ``${{inputs.x}}``."""
    return _rewritten(command, "${{{{{}.{}}}}}")


def _rewritten(command: str, spelling: str) -> str:
    def rewrite(match: re.Match[str]) -> str:
        found = _placeholder(match)
        return spelling.format(found.group, found.name) if found else match[0]

    return _BRACES.sub(rewrite, command)


def _placeholder(match: re.Match[str]) -> Placeholder | None:
    group = match["later"] or match["first"]
    name = match["later_name"] or match["first_name"]
    return Placeholder(match[0], group, name) if group else None
