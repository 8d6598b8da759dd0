"""Tables: the keys of a YAML mapping, derived from the attributes of a class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from amlrest._wire import codecs
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject
from amlrest.jobfile import values
from amlrest.jobfile.nodes import Node, keys_by_attribute, shown, without_nulls
from amlrest.jobfile.problems import Collector, FileError, Partial
from amlrest.jobfile.values import Form, build, no_form

ALWAYS_IGNORED = frozenset({"$schema", "creation_context", "arm_id", "id"})
"""Keys that only an editor or the service needs."""
_FORMS: Mapping[Any, Form] = {
    codecs.TEXT: values.TEXT,
    codecs.INTEGER: values.INTEGER,
    codecs.NUMBER: values.NUMBER,
    codecs.BOOLEAN: values.BOOLEAN,
    codecs.JSON: values.ANYTHING,
    codecs.LABELS: values.STRINGS,
    codecs.DURATION: values.SECONDS,
}


@frozen
class Key:
    """A key: the attribute that it sets, and the YAML form of the value."""

    attribute: str
    form: Form


@frozen
class Table(Form):
    """The keys of a mapping that describes an object.

    Every attribute has a key of the same name, with the form that follows from its codec. Only
    what differs is declared.

    Attributes:
        cls: class of the object.
        renamed: attribute by key; a dot in the key stands for a nested mapping.
        forms: form by key, where it is not the codec's.
        omitted: attributes without a key.
        required: keys that must be present, besides those of attributes without a default.
        optional: keys that may be absent although the class requires the attribute.
        constants: keys with a fixed value, such as ``type: sweep_job``.
        ignored: keys that are skipped.
        aliases: keys that are read and not written, each with the key of the same meaning.
        keys: all keys, with their attributes and forms.
    """

    cls: Any
    renamed: Mapping[str, str] = field(factory=dict, kw_only=True)
    forms: Mapping[str, Form] = field(factory=dict, kw_only=True)
    omitted: Collection[str] = field(default=(), kw_only=True)
    required: Collection[str] = field(default=(), kw_only=True)
    optional: Collection[str] = field(default=(), kw_only=True)
    constants: Mapping[str, str] = field(factory=dict, kw_only=True)
    ignored: frozenset[str] = field(default=frozenset(), kw_only=True)
    aliases: Mapping[str, str] = field(factory=dict, kw_only=True)
    keys: Mapping[str, Key] = field(init=False)

    @keys.default
    def _derive_keys(self) -> dict[str, Key]:
        # What a service or a method adds to an object is not compared.
        attributes = {each.name: each for each in attrs.fields(self.cls) if each.init and each.eq}
        own = attributes.keys() - {*self.renamed.values(), *self.omitted}
        paths = {name: name for name in attributes if name in own} | dict(self.renamed)
        return {
            path: Key(name, self.forms.get(path) or _form_of(attributes[name]))
            for path, name in paths.items()
        }

    def read(self, node: Node) -> Any:
        """Return the object that a mapping describes.

        Raises:
            FileError: with all problems, and the object as far as it could be read.
        """
        found = _Found()
        with found.collector.attempt():
            self._collect(node, "", found)
            missing = [p for p in (*self.required, *self._without_default()) if not has(node, p)]
            found.collector.problems += [
                node.problem(f"{path} is missing; add it") for path in missing
            ]
            found.unread.update(self.keys[path].attribute for path in missing if path in self.keys)
        if found.collector.problems:
            raise FileError(found.collector.problems, self._partial(node, found))
        return self._built(node, found.arguments)

    def _built(self, node: Node, arguments: dict[str, Any]) -> Any:
        value = build(node, self.cls, arguments)
        node.source.trace.objects.append((self.cls, node, keys_by_attribute(self.keys)))
        if isinstance(value, WireObject):
            value.origin = node.source.trace
        return value

    def _partial(self, node: Node, found: _Found) -> Partial | None:
        try:
            unset = dict.fromkeys(each for each in found.unread if "." not in each)
            value = self._built(node, unset | found.arguments)
        except FileError:
            return None
        return Partial(value, frozenset(found.unread))

    def _without_default(self) -> list[str]:
        names = {each.name for each in attrs.fields(self.cls) if each.default is attrs.NOTHING}
        names.update(getattr(self.cls, "REQUIRED", ()))
        required = [path for path, key in self.keys.items() if key.attribute in names]
        return [path for path in required if path not in self.optional]

    def _collect(self, node: Node, prefix: str, found: _Found) -> None:
        for name, child in without_nulls(node.mapping()).items():
            with found.collector.attempt():
                self._entry(f"{prefix}{name}", child, found)

    def _entry(self, path: str, child: Node, found: _Found) -> None:
        key, below = self.keys.get(self.aliases.get(path, path)), self._names(f"{path}.")
        if key:
            found.read(key, child.without(below) if below else child)
        if below:
            others = child.mapping().keys() - below if key else ()
            self._collect(child.without(others), f"{path}.", found)
        elif path in self.constants:
            _check_constant(child, self.constants[path])
        elif not key and path not in ALWAYS_IGNORED | self.ignored:
            child.fail_key(self._names(path[: path.rfind(".") + 1]))

    def _names(self, prefix: str) -> set[str]:
        """Return the names of keys in the mapping at a prefix."""
        paths = (*self.keys, *self.aliases, *self.constants)
        return {k[len(prefix) :].partition(".")[0] for k in paths if k.startswith(prefix)}

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping that describes an object."""
        out: dict[str, Any] = dict(self.constants)
        for path, key in self.keys.items():
            content = getattr(value, key.attribute)
            written = None if content in (None, {}, []) else key.form.write(content)
            if written is not None:
                put(out, path, written)
        return out


class Tagged(Form):
    """A mapping of one of several kinds, distinguished by the value of one key.

    Args:
        tag: the key.
        otherwise: the table for any other value; it has the tag among its keys.
        **tables: table by value of the tag.
    """

    def __init__(self, tag: str, otherwise: Table | None = None, **tables: Table) -> None:
        self._tag, self._otherwise, self.tables = tag, otherwise, tables

    def read(self, node: Node) -> Any:
        """Return the object."""
        entries = without_nulls(node.mapping())
        options = ", ".join(self.tables)
        if self._tag not in entries:
            node.fail(f"{self._tag} is missing; use one of {options}")
        word = values.TEXT.read(entries[self._tag]).lower()
        if word in self.tables:
            return self.tables[word].read(node.without({self._tag}))
        if self._otherwise:
            return self._otherwise.read(node)
        return entries[self._tag].fail(f"{word!r} is not known; use one of {options}")

    def write(self, value: Any) -> Any:
        """Return the mapping.

        Raises:
            ValidationError: the object is not of a known class.
        """
        for word, table in self.tables.items():
            if type(value) is table.cls:
                return {self._tag: word, **table.write(value)}
        if self._otherwise and type(value) is self._otherwise.cls:
            return self._otherwise.write(value)
        return no_form(value)


class Inline(Form):
    """A resource inline, a reference to one, or ``file:`` with a path.

    Args:
        table: keys of the inline resource.
        file: form of a value that starts with ``file:``.
        reference: form of a reference; text by default.
    """

    def __init__(self, table: Table, file: Form, reference: Form = values.TEXT) -> None:
        self._table, self._file, self._reference = table, file, reference

    def read(self, node: Node) -> Any:
        """Return the resource, the reference, or what the file contains."""
        if isinstance(node.value, dict):
            return self._table.read(node)
        text = values.TEXT.read(node)
        return (self._file if text.startswith("file:") else self._reference).read(node)

    def write(self, value: Any) -> Any:
        """Return a reference to a registered resource, and any other inline.

        Raises:
            ValidationError: the value has no YAML form.
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


def _form_of(attribute: attrs.Attribute[Any]) -> Form:
    """Return the form that follows from the codec; an attribute without a codec is text."""
    codec = attribute.metadata["wire"].codec if "wire" in attribute.metadata else codecs.TEXT
    hidden = codec is codecs.TEXT and not attribute.repr
    return values.SECRET if hidden else _form_of_codec(codec)


def _form_of_codec(codec: Any) -> Form:
    match codec:
        case codecs.Choice(words=words):
            return values.OneOf(*words)
        case codecs.Ref():
            return values.REFERENCE
        case Nested(cls=cls):
            return Table(cls)
        case codecs.ListOf(inner=inner):
            return values.ListOf(_form_of_codec(inner))
        case codecs.MapOf(inner=inner) if codec not in _FORMS:
            return values.MapOf(_form_of_codec(inner))
        case _:
            return _FORMS[codec]


def put(out: dict[str, Any], path: str, value: Any) -> None:
    """Set a key, below nested mappings if its path has dots; merge mappings."""
    *above, last = path.split(".")
    for key in above:
        out = out.setdefault(key, {})
    out[last] = {**value, **out[last]} if last in out else value


class _Found:
    """What was read of a mapping.

    Attributes:
        arguments: values by attribute.
        unread: attributes that could not be read, such as ``trial.command``.
        collector: problems.
    """

    def __init__(self) -> None:
        self.arguments: dict[str, Any] = {}
        self.unread: set[str] = set()
        self.collector = Collector()

    def read(self, key: Key, node: Node) -> None:
        """Read a value; of an object that is wrong, what can be read."""
        try:
            self.arguments[key.attribute] = key.form.read(node)
        except FileError as error:
            self.collector.problems += error.problems
            part = error.partial if isinstance(key.form, Table) else None
            if part is None:
                self.unread.add(key.attribute)
            else:
                self.arguments[key.attribute] = part.value
                self.unread.update(f"{key.attribute}.{each}" for each in part.unread)


def _check_constant(node: Node, wanted: str) -> None:
    if str(node.value).lower() != wanted:
        node.fail(f"{shown(node.value)} is not allowed here; use {wanted}")


def has(node: Node, path: str) -> bool:
    """Return whether a mapping has a value at a path of keys."""
    for key in path.split("."):
        if not isinstance(node.value, dict) or key not in node.value:
            return False
        node = node.value[key]
    return node.value is not None
