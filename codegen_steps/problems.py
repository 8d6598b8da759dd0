"""What a step says when it cannot go on, and what it says when it had to choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn


class CodegenError(Exception):
    """An input that cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True)
class Place:
    """A JSON pointer in a source document."""

    document: str
    pointer: str = ""

    def at(self, *tokens: str | int) -> Place:
        """The place below this one."""
        steps = (str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
        return Place(self.document, "/".join((self.pointer, *steps)))

    def refuse(self, message: str) -> NoReturn:
        """Stop: this part of the document cannot be converted."""
        raise CodegenError(
            f"{self}: {message} "
            "Mend the document, or correct it with a patch in spec/<version>/patches.toml."
        )

    def __str__(self) -> str:
        """As ``file#pointer``."""
        return f"{self.document}#{self.pointer}"


@dataclass
class Decisions:
    """Choices that a maintainer should see, in the order they were made."""

    lines: list[str] = field(default_factory=list)

    def note(self, place: Place | str, message: str) -> None:
        """Remember one choice; the same choice is told once."""
        line = f"{place}: {message}"
        if line not in self.lines:
            self.lines.append(line)


def an_object(value: Any, place: Place) -> dict[str, Any]:
    """``value`` if it is a JSON object; refuses anything else."""
    if not isinstance(value, dict):
        place.refuse(f"expected an object, found {type(value).__name__}.")
    return value


def a_list(value: Any, place: Place) -> list[Any]:
    """``value`` if it is a JSON array; refuses anything else."""
    if not isinstance(value, list):
        place.refuse(f"expected an array, found {type(value).__name__}.")
    return value
