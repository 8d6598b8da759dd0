"""Single values in YAML: read from a node with its place, written as plain data."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn, Protocol

from amlrest._paths import expand_user
from amlrest.errors import ValidationError
from amlrest.jobfile.nodes import Node, shown, without_nulls


class Form(Protocol):
    """How one kind of value stands in a file."""

    def read(self, node: Node) -> Any:
        """Return the value; refuse it, with its place, where it makes no sense."""

    def write(self, value: Any) -> Any:
        """Return what stands in a file for it; None where nothing does."""


class Scalar:
    """A value of one of some types."""

    def __init__(self, what: str, *types: type) -> None:
        self._what, self._types = what, types

    def read(self, node: Node) -> Any:
        """Return the value as it is."""
        value = node.value
        if isinstance(value, bool) and bool not in self._types:
            node.fail(f"{value!r} is not {self._what}; put it in quotes if it is meant as text")
        if not isinstance(value, self._types):
            node.fail(f"{shown(value)} is not {self._what}")
        return value

    def write(self, value: Any) -> Any:
        """Return the value as it is."""
        return value


class Text(Scalar):
    """Text; a number or date, as in ``version: 1.10``, is taken as it is written."""

    def __init__(self) -> None:
        super().__init__("text", str, int, float, date)

    def read(self, node: Node) -> str:
        """Return text."""
        super().read(node)
        return node.text


class Command(Text):
    """A command; what folding in YAML leaves at its end is cut."""

    def read(self, node: Node) -> str:
        """Return the command."""
        return super().read(node).strip()


class Secret(Text):
    """Text that is read and never written."""

    def write(self, value: Any) -> None:
        """Return nothing."""


def no_form(value: Any) -> NoReturn:
    """Refuse to write what no key can say.

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


class Anything:
    """Any value."""

    def read(self, node: Node) -> Any:
        """Return plain data."""
        return node.plain()

    def write(self, value: Any) -> Any:
        """Return the value as it is."""
        return value


ANYTHING = Anything()


class Seconds:
    """A time span, written as a number of units."""

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
            node.fail(f"{number} is no span of time")
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


class MapOf:
    """A mapping with values of one kind."""

    def __init__(self, inner: Form) -> None:
        self._inner = inner

    def read(self, node: Node) -> dict[str, Any]:
        """Return a dict."""
        entries = without_nulls(node.mapping())
        return {key: self._inner.read(each) for key, each in entries.items()}

    def write(self, value: Any) -> Any:
        """Return a mapping."""
        if not isinstance(value, Mapping):
            return value
        return {key: self._inner.write(v) for key, v in value.items() if v is not None}


class ListOf:
    """A list with values of one kind."""

    def __init__(self, inner: Form) -> None:
        self._inner = inner

    def read(self, node: Node) -> list[Any]:
        """Return a list."""
        return [self._inner.read(each) for each in node.items()]

    def write(self, value: Any) -> list[Any]:
        """Return a list."""
        return [self._inner.write(each) for each in value]


STRINGS = MapOf(TEXT)


class OneOf:
    """One of some words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def read(self, node: Node) -> str:
        """Return the word as the facade spells it."""
        found = str(node.value).lower().replace("-", "_")
        if found not in self._words:
            options = ", ".join(self._words)
            node.fail(f"{shown(node.value)} is not known; use one of {options}")
        return found

    def write(self, value: Any) -> Any:
        """Return the word."""
        return value


class LocalPath:
    """A file or folder, relative to the YAML file; ``file:`` in front makes no difference."""

    def read(self, node: Node) -> Path:
        """Return the path."""
        text = TEXT.read(node).removeprefix("file:")
        return node.source.folder / expand_user(text)

    def write(self, value: Any) -> str | None:
        """Return the path as text; None for what is no path here."""
        return str(value) if isinstance(value, Path) else None


class RemotePath:
    """A URL or a path in a datastore."""

    def read(self, node: Node) -> str:
        """Return the text."""
        return TEXT.read(node)

    def write(self, value: Any) -> str | None:
        """Return the text; None for a path here."""
        return value if isinstance(value, str) else None


class FileOrText:
    """Text, or ``file:path`` for the file that holds it; a mapping for its parsed content."""

    _path = LocalPath()

    def read(self, node: Node) -> Any:
        """Return text, a mapping, or the path."""
        if isinstance(node.value, dict):
            return node.plain()
        text = TEXT.read(node)
        is_text = "\n" in text or text.upper().startswith(("FROM ", "ARG "))
        return text if is_text and not text.startswith("file:") else self._path.read(node)

    def write(self, value: Any) -> Any:
        """Return text as it is and a path with ``file:`` in front."""
        return f"file:{value}" if isinstance(value, Path) else value


class Reference:
    """A resource by ``azureml:name[:version]``, name or id."""

    def read(self, node: Node) -> str:
        """Return the reference."""
        return TEXT.read(node)

    def write(self, value: Any) -> Any:
        """Return ``azureml:`` and the id or name."""
        known = value if isinstance(value, str) else getattr(value, "id", None) or value.name
        return known if str(known).startswith("azureml:") else f"azureml:{known}"


PATH = LocalPath()
REMOTE_PATH = RemotePath()
FILE_OR_TEXT = FileOrText()
REFERENCE = Reference()


def build(node: Node, cls: Any, values: dict[str, Any]) -> Any:
    """Make an object of what was read; what it refuses is refused with the place.

    Raises:
        ValidationError: a value is missing or not usable.
    """
    try:
        return cls(**values)
    except ValidationError as error:
        return node.fail(str(error))
