"""Messages of the steps: errors with their location, decisions to review, and progress."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any, NoReturn


class CodegenError(Exception):
    """An input cannot be used; the message names the location, the problem and a way out."""


@dataclass(frozen=True)
class Place:
    """A JSON pointer in a source document."""

    document: str
    pointer: str = ""

    def at(self, *tokens: str | int) -> Place:
        """Return the place below this one."""
        steps = (str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
        return Place(self.document, "/".join((self.pointer, *steps)))

    def refuse(self, message: str) -> NoReturn:
        """Raise CodegenError: this part of the document cannot be converted."""
        raise CodegenError(
            f"{self}: {message} Fix the document, or add a patch to spec/<version>/patches.toml."
        )

    def __str__(self) -> str:
        """Return ``file#pointer``."""
        return f"{self.document}#{self.pointer}"


@dataclass
class Decisions:
    """Choices that a maintainer should review, in the order they were made."""

    lines: list[str] = field(default_factory=list)

    def note(self, place: Place | str, message: str) -> None:
        """Record a choice; duplicates are dropped."""
        line = f"{place}: {message}"
        if line not in self.lines:
            self.lines.append(line)


@dataclass
class Progress:
    """Reports on stderr what a step is doing."""

    enabled: bool = False

    def __call__(self, message: str) -> None:
        """Report the beginning of a stage."""
        if self.enabled:
            print(f"{message} ...", file=sys.stderr, flush=True)  # noqa: T201


progress = Progress()


def expect_object(value: Any, place: Place) -> dict[str, Any]:
    """Return ``value`` if it is a JSON object; raise CodegenError otherwise."""
    if not isinstance(value, dict):
        place.refuse(f"expected an object, found {type(value).__name__}.")
    return value


def expect_list(value: Any, place: Place) -> list[Any]:
    """Return ``value`` if it is a JSON array; raise CodegenError otherwise."""
    if not isinstance(value, list):
        place.refuse(f"expected an array, found {type(value).__name__}.")
    return value
