"""Problems of YAML files: all of a file are collected, then reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import field, frozen

from amlrest.errors import ValidationError


@frozen
class Problem:
    """Something wrong in a file.

    Attributes:
        file: name of the file.
        line: line number, from 1.
        column: column number, from 1.
        key: path of the key, such as ``trial.inputs.iris``; empty for the whole file.
        text: what is wrong; what to do.
        is_unknown: whether the key is unknown.
    """

    file: str
    line: int
    column: int
    key: str
    text: str
    is_unknown: bool = field(default=False, eq=False)

    def __str__(self) -> str:
        """Return one line: file, line, column, key and text."""
        where = f"{self.key}: " if self.key else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.text}"


@frozen
class Partial:
    """A resource as far as it could be read.

    Attributes:
        value: the resource; what could not be read is unset.
        unread: attributes that could not be read, such as ``trial.command``.
    """

    value: Any
    unread: frozenset[str] = frozenset()


class FileError(ValidationError):
    """Problems of a YAML file, in the order of its lines.

    Attributes:
        problems: each `Problem`.
        partial: what could be read of the resource, if that is enough for one.
    """

    def __init__(self, problems: Iterable[Problem], partial: Partial | None = None) -> None:
        self.partial = partial
        unique = dict.fromkeys(problems)
        self.problems = sorted(unique, key=lambda each: (each.file, each.line, each.column))
        super().__init__("\n".join(map(str, self.problems)))


class Collector:
    """Collects problems, so that reading goes on after the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Collect the problems of what is done inside."""
        try:
            yield
        except FileError as error:
            self.problems += error.problems

    def check(self) -> None:
        """Raise if there are problems.

        Raises:
            FileError: with all of them.
        """
        if self.problems:
            raise FileError(self.problems)
