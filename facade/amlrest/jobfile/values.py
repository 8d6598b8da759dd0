"""Value forms: read single YAML values from nodes, and write them as plain data."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn

from amlrest._paths import expand_user
from amlrest.errors import ValidationError
from amlrest.jobfile.nodes import Node, shown, without_nulls
from amlrest.jobfile.problems import Collector


class Form(ABC):
    """The YAML form of one kind of value."""

    @abstractmethod
    def read(self, node: Node) -> Any:
        """Return the value.

        Raises:
            FileError: the value is invalid; the message names file, line, column and key.
        """

    def write(self, value: Any) -> Any:
        """Return plain data; None to leave out the key."""
        return value


class Scalar(Form):
    """A scalar of one of the given types."""

    def __init__(self, what: str, *types: type) -> None:
        self._what, self._types = what, types

    def read(self, node: Node) -> Any:
        """Return the value unchanged."""
        value = node.value
        if isinstance(value, bool) and bool not in self._types:
            node.fail(f"{value!r} is not {self._what}; put it in quotes if it is meant as text")
        if not isinstance(value, self._types):
            node.fail(f"{shown(value)} is not {self._what}")
        return value


class Text(Scalar):
    """Text; a number or date such as ``version: 1.10`` is kept as written."""

    def __init__(self) -> None:
        super().__init__("text", str, int, float, date)

    def read(self, node: Node) -> str:
        """Return text."""
        super().read(node)
        return node.text


class Command(Text):
    """A command; surrounding whitespace from YAML folding is removed."""

    _placeholder = re.compile(r"\$\{\{\s*((?:inputs|outputs|search_space)\.[^{}\s]+)\s*\}\}")

    def read(self, node: Node) -> str:
        """Return the command."""
        return super().read(node).strip()

    def write(self, value: Any) -> Any:
        """Return the command, with its placeholders as ``{inputs.x}``."""
        return self._placeholder.sub(r"{\1}", value) if isinstance(value, str) else value


class Secret(Text):
    """Text that is read and never written."""

    def write(self, _value: Any) -> None:
        """Return None, so that the key is left out."""


def no_form(value: Any) -> NoReturn:
    """Raise an error for a value without a YAML form.

    Raises:
        ValidationError: always.
    """
    raise ValidationError(f"{value!r} has no YAML form")


TEXT = Text()
SECRET = Secret()
COMMAND = Command()
INTEGER = Scalar("a whole number", int)
NUMBER = Scalar("a number", int, float)
BOOLEAN = Scalar("true or false", bool)


class Anything(Form):
    """Any value."""

    def read(self, node: Node) -> Any:
        """Return plain data."""
        return node.plain()


ANYTHING = Anything()


class Seconds(Form):
    """A duration, written as a number of units."""

    def __init__(self, **unit: int) -> None:
        self._unit = timedelta(**unit)

    def read(self, node: Node) -> timedelta:
        """Return a timedelta."""
        number = NUMBER.read(node)
        if number <= 0:
            node.fail(f"{number} is not above zero")
        try:
            span: timedelta = number * self._unit
        except (OverflowError, ValueError):
            node.fail(f"{number} is not a valid duration")
        return span

    def write(self, value: Any) -> Any:
        """Return the number of units."""
        if not isinstance(value, timedelta):
            return value
        number = value / self._unit
        return int(number) if number == int(number) else number


SECONDS = Seconds(seconds=1)
MILLISECONDS = Seconds(milliseconds=1)
MINUTES = Seconds(minutes=1)


class MapOf(Form):
    """A mapping with values of one form."""

    def __init__(self, inner: Form) -> None:
        self.inner = inner

    def read(self, node: Node) -> dict[str, Any]:
        """Return a dict."""
        found, collector = {}, Collector()
        for key, each in without_nulls(node.mapping()).items():
            with collector.attempt():
                found[key] = self.inner.read(each)
        collector.check()
        return found

    def write(self, value: Any) -> Any:
        """Return a mapping."""
        if not isinstance(value, Mapping):
            return value
        return {key: self.inner.write(v) for key, v in value.items() if v is not None}


class ListOf(Form):
    """A list with items of one form."""

    def __init__(self, inner: Form) -> None:
        self._inner = inner

    def read(self, node: Node) -> list[Any]:
        """Return a list."""
        found, collector = [], Collector()
        for each in node.items():
            with collector.attempt():
                found.append(self._inner.read(each))
        collector.check()
        return found

    def write(self, value: Any) -> list[Any]:
        """Return a list."""
        return [self._inner.write(each) for each in value]


STRINGS = MapOf(TEXT)


class OneOf(Form):
    """One of several words."""

    def __init__(self, *words: str) -> None:
        self._words = {_flat(word): word for word in words}

    def read(self, node: Node) -> str:
        """Return the word in the spelling of the Python API, whatever its case and separators."""
        found = self._words.get(_flat(node.value))
        if found is None:
            options = ", ".join(self._words.values())
            node.fail(f"{shown(node.value)} is not known; use one of {options}")
        return found


def _flat(word: Any) -> str:
    return re.sub(r"[-_ ]", "", str(word).lower())


class LocalPath(Form):
    """A local file or folder, relative to the YAML file; a prefix ``file:`` is optional."""

    def read(self, node: Node) -> Path:
        """Return the path."""
        text = TEXT.read(node).removeprefix("file:")
        path = node.source.folder / expand_user(text)
        node.source.trace.paths.append((node, path))
        return path

    def write(self, value: Any) -> str | None:
        """Return the path as text; None for a value that is not a local path."""
        return str(value) if isinstance(value, Path) else None


class RemotePath(Text):
    """A URL or a path in a datastore."""

    def write(self, value: Any) -> str | None:
        """Return the text; None for a local path."""
        return value if isinstance(value, str) else None


class FileOrText(Form):
    """Text, ``file:`` with the path of a file, or a mapping as parsed content."""

    _path = LocalPath()

    def read(self, node: Node) -> Any:
        """Return text, a mapping, or a path."""
        if isinstance(node.value, dict):
            return node.plain()
        text = TEXT.read(node)
        is_text = "\n" in text or text.upper().startswith(("FROM ", "ARG "))
        return text if is_text and not text.startswith("file:") else self._path.read(node)

    def write(self, value: Any) -> Any:
        """Return text unchanged, and a path with the prefix ``file:``."""
        return f"file:{value}" if isinstance(value, Path) else value


class Reference(Text):
    """A reference to a resource: ``azureml:name[:version]``, name or id."""

    def write(self, value: Any) -> Any:
        """Return ``azureml:`` with the id or name."""
        known = value if isinstance(value, str) else getattr(value, "id", None) or value.name
        return known if str(known).startswith("azureml:") else f"azureml:{known}"


PATH = LocalPath()
REMOTE_PATH = RemotePath()
FILE_OR_TEXT = FileOrText()
REFERENCE = Reference()


def build(node: Node, cls: Any, arguments: dict[str, Any]) -> Any:
    """Create an object from the values that were read.

    Raises:
        ValidationError: an argument is missing or invalid; the message names file and line.
    """
    try:
        return cls(**arguments)
    except ValidationError as error:
        return node.fail(str(error))
