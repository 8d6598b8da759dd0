"""Value forms of the v2 files: paths and references without prefixes, quantities."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

from attrs import evolve

from amlrest._job_uris import of_run
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.values import COMMAND, PATH, REFERENCE, TEXT, Form, OneOf, Text

_REMOTE = ("azureml:", "/subscriptions/", "git+")
_ONE_BRACE = re.compile(r"(?<!\{)\{(inputs|outputs|search_space)\.([^{}\s]+)\}")


class Placeholders(Form):
    """A command, whose placeholders are written as ``${{inputs.x}}``."""

    def read(self, node: Node) -> str:
        """Return the command."""
        return COMMAND.read(node)

    def write(self, value: Any) -> Any:
        """Return the command with the placeholders of this dialect."""
        return _ONE_BRACE.sub(r"${{\1.\2}}", value) if isinstance(value, str) else value


class AssetReference(Text):
    """A reference to an asset of a workspace or of a registry."""

    def write(self, value: Any) -> Any:
        """Return ``azureml:`` with the id or name; a URI is its own reference."""
        return value if "://" in str(value) else REFERENCE.write(value)


ASSET_REFERENCE = AssetReference()


class RemoteOrLocal(Form):
    """A local path relative to the file, or a reference or URI."""

    def read(self, node: Node) -> Any:
        """Return a path, or text."""
        text = of_run(TEXT.read(node))
        return text if "://" in text or text.startswith(_REMOTE) else PATH.read(node)

    def write(self, value: Any) -> Any:
        """Return text."""
        return str(value) if isinstance(value, Path) else ASSET_REFERENCE.write(value)


class LocalOrUri(RemoteOrLocal):
    """A local path relative to the file, or a URI; no reference."""

    def read(self, node: Node) -> Any:
        """Return a path, or text."""
        found = super().read(node)
        return found if isinstance(found, Path) or "://" in found else PATH.read(node)

    def write(self, value: Any) -> Any:
        """Return text."""
        return str(value)


class Capital(OneOf):
    """One of several words; the service writes them with a capital."""

    def read(self, node: Node) -> str:
        """Return the word with a capital."""
        return super().read(node).capitalize()

    def write(self, value: Any) -> Any:
        """Return the lower-case word."""
        return value.lower() if isinstance(value, str) else value


class Arguments(Text):
    """Arguments of a program: a list, or text."""

    def read(self, node: Node) -> str:
        """Return text."""
        if not isinstance(node.value, list):
            return super().read(node)
        return shlex.join(TEXT.read(each) for each in node.items())


class Enabled(Form):
    """``true`` or ``false`` for ``enabled`` and ``disabled``."""

    def read(self, node: Node) -> str:
        """Return the word."""
        if not isinstance(node.value, bool):
            node.fail(f"{node.value!r} is not true or false")
        return "enabled" if node.value else "disabled"

    def write(self, value: Any) -> Any:
        """Return whether it is enabled; None for anything but the two words."""
        return {"enabled": True, "disabled": False}.get(value)


class Quantity(Form):
    """A Kubernetes quantity: a number where the unit is the attribute's own, else text."""

    def __init__(self, unit: str = "") -> None:
        self._unit = unit

    def read(self, node: Node) -> Any:
        """Return a number or text."""
        text = TEXT.read(node)
        plain = text.removesuffix(self._unit) if self._unit else text
        if self._unit and plain == text:
            return text
        try:
            return float(plain) if "." in plain else int(plain)
        except ValueError:
            return text

    def write(self, value: Any) -> Any:
        """Return text."""
        return value if isinstance(value, str) else f"{value:g}{self._unit}"


def renamed(node: Node, **names: str) -> Node:
    """Return a mapping with other keys; the new name by the old one, with ``_`` for ``.``."""
    entries = node.mapping()
    return evolve(node, value={names.get(re.sub(r"\W", "_", k), k): v for k, v in entries.items()})


COMMAND_TEXT = Placeholders()
PATH_OR_REFERENCE = RemoteOrLocal()
PATH_OR_URI = LocalOrUri()
ACCESS = Capital("enabled", "disabled")
ENABLED = Enabled()
