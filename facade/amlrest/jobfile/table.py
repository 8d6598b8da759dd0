"""Tables: which key of a mapping is which attribute of an object."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from amlrest.jobfile.nodes import Node, shown, without_nulls
from amlrest.jobfile.values import TEXT, Form, build, no_form

ALWAYS_IGNORED = frozenset({"$schema", "creation_context", "arm_id", "id"})
"""Keys that only say what a service or an editor needs."""


@frozen
class Key:
    """A key: the attribute it stands for and how its value is read and written."""

    attribute: str
    form: Form


@frozen
class Spread:
    """A key whose mapping is an object of its own, but for some keys that belong to this one."""

    attribute: str
    table: "Table"


@frozen
class Table:
    """One kind of mapping.

    Attributes:
        cls: what it becomes.
        keys: by path; a dot goes into a mapping inside.
        required: paths that must be there.
        constants: keys with one value, such as ``type: sweep_job``.
        ignored: keys that are read over.
        spreads: keys that are objects of their own.
        finish: completes the object with what several keys mean together.
    """

    cls: Any
    keys: Mapping[str, Key]
    required: Iterable[str] = ()
    constants: Mapping[str, str] = field(factory=dict)
    ignored: frozenset[str] = frozenset()
    spreads: Mapping[str, Spread] = field(factory=dict)
    finish: Callable[[Node, Any], None] | None = None

    def read(self, node: Node, leave: frozenset[str] = frozenset()) -> Any:
        """Return the object that a mapping describes.

        Args:
            node: the mapping.
            leave: keys that somebody else reads.
        """
        values: dict[str, Any] = {}
        self._collect(node, "", values, leave)
        for path in self.required:
            if not _has(node, path):
                node.fail(f"{path} is missing; add it")
        made = build(node, self.cls, values)
        if self.finish:
            self.finish(node, made)
        return made

    def _collect(
        self, node: Node, prefix: str, values: dict[str, Any], leave: frozenset[str]
    ) -> None:
        for key, child in without_nulls(node.mapping()).items():
            path = f"{prefix}{key}"
            if key in leave or (not prefix and key in ALWAYS_IGNORED | self.ignored):
                continue
            if path in self.spreads:
                self._spread(child, path, values)
            elif path in self.keys:
                values[self.keys[path].attribute] = self.keys[path].form.read(child)
            elif self._inside(path):
                self._collect(child, f"{path}.", values, frozenset())
            elif path in self.constants:
                self._check_constant(child, self.constants[path])
            else:
                child.fail_key(self._known(prefix))

    def _spread(self, node: Node, path: str, values: dict[str, Any]) -> None:
        spread = self.spreads[path]
        mine = frozenset(self._inside(path))
        values[spread.attribute] = spread.table.read(node, mine)
        others = frozenset(node.mapping()) - mine
        self._collect(node, f"{path}.", values, others)

    def _check_constant(self, node: Node, wanted: str) -> None:
        if str(node.value).lower() != wanted:
            node.fail(f"{shown(node.value)} does not fit here; use {wanted}")

    def _inside(self, path: str) -> set[str]:
        """The keys below a path that the table has."""
        start = f"{path}."
        return {k[len(start) :].partition(".")[0] for k in self.keys if k.startswith(start)}

    def _known(self, prefix: str) -> set[str]:
        tops = {*self.keys, *self.constants, *self.spreads}
        return {k[len(prefix) :].partition(".")[0] for k in tops if k.startswith(prefix)}

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping that describes an object."""
        out: dict[str, Any] = dict(self.constants)
        for path, spread in self.spreads.items():
            inner = getattr(value, spread.attribute)
            if inner is not None:
                out[path] = spread.table.write(inner)
        for path, key in self.keys.items():
            content = getattr(value, key.attribute)
            written = None if content in (None, {}, []) else key.form.write(content)
            if written is not None:
                _put(out, path.split("."), written)
        return out


class Tagged:
    """A mapping of one of several kinds, told apart by the word under one key."""

    def __init__(self, tag: str, **tables: Table) -> None:
        self._tag, self._tables = tag, tables

    def read(self, node: Node) -> Any:
        """Return the object."""
        entries = node.mapping()
        if self._tag not in entries:
            node.fail(f"{self._tag} is missing; use one of {', '.join(self._tables)}")
        word = TEXT.read(entries[self._tag]).lower()
        table = self._tables.get(word)
        if table is None:
            options = ", ".join(self._tables)
            entries[self._tag].fail(f"{word!r} is not known; use one of {options}")
        return table.read(node, frozenset({self._tag}))

    def write(self, value: Any) -> Any:
        """Return the mapping.

        Raises:
            ValidationError: it is no object of a known class.
        """
        for word, table in self._tables.items():
            if type(value) is table.cls:
                return {self._tag: word, **table.write(value)}
        return no_form(value)


class Inline:
    """A resource written inline, or a reference to one, or ``file:`` and where it is."""

    def __init__(self, table: Table, file: Form) -> None:
        self._table, self._file = table, file

    def read(self, node: Node) -> Any:
        """Return the resource, the reference or what the file form makes of ``file:``."""
        if isinstance(node.value, dict):
            return self._table.read(node)
        text = TEXT.read(node)
        return self._file.read(node) if text.startswith("file:") else text

    def write(self, value: Any) -> Any:
        """Return a reference to what is in the workspace, and anything else inline.

        Raises:
            ValidationError: it is nothing that a file can say.
        """
        known = getattr(value, "id", None)
        if isinstance(known, str):
            return f"azureml:{known}"
        if isinstance(value, self._table.cls):
            return self._table.write(value)
        if isinstance(value, Path):
            return f"file:{value}"
        if not isinstance(value, str):
            no_form(value)
        return f"azureml:{value}" if value.startswith("/subscriptions/") else value


def _put(out: dict[str, Any], path: list[str], value: Any) -> None:
    for key in path[:-1]:
        out = out.setdefault(key, {})
    out[path[-1]] = value


def _has(node: Node, path: str) -> bool:
    for key in path.split("."):
        if not isinstance(node.value, dict) or key not in node.value:
            return False
        node = node.value[key]
    return node.value is not None
