# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""What every model shares: lazy tolerant reading, strict writing, JSON without loss.

A model read from JSON keeps that JSON and fills a field on first access. Writing copies what was
never touched from the kept JSON and serialises the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from attrs import define, field

from ._kinds import ATOMS, copy_json, dump, kind_of
from .types import UNSET

_EXTRA = "additional_properties"
_get = object.__getattribute__
_set = object.__setattr__


class Field(NamedTuple):
    """One documented property.

    Attributes:
        wire: Name in JSON.
        kind: Type expression, see `_kinds.kind_of`.
        required: Whether construction refuses its absence.
        nullable: Whether a required field takes None.
        read_only: Whether only the service sets it.
        secret: Whether `repr` hides it.
    """

    wire: str
    kind: str
    required: bool = False
    nullable: bool = False
    read_only: bool = False
    secret: bool = False

    def check(self, where: str, value: object) -> None:
        """Refuses what the document does not allow in this field.

        Raises:
            TypeError: The value has another type, or is absent although required.
            ValueError: The value is not one of a closed enum.
        """
        if value is UNSET or value is None:
            if self.required and not (value is None and self.nullable):
                raise TypeError(f"{where} is required, not {value!r}")
            return
        kind_of(self.kind).check(where, value)


class _Table(NamedTuple):
    fields: Mapping[str, Field]
    wires: frozenset[str]
    readers: Mapping[str, tuple[str, Callable[[Any], Any]]]


_TABLES: dict[type, _Table] = {}


def _table(model: type) -> _Table:
    """Returns the fields of a model and its bases, put together once."""
    known = _TABLES.get(model)
    if known is None:
        fields: dict[str, Field] = {}
        for base in reversed(model.__mro__):
            fields |= vars(base).get("_fields", {})
        known = _TABLES[model] = _Table(
            fields,
            frozenset(item.wire for item in fields.values()),
            {name: (item.wire, kind_of(item.kind).read) for name, item in fields.items()},
        )
    return known


class _Kept:
    __slots__ = ("_raw", "_touched")

    _raw: dict[str, Any]
    _touched: bool


@define(kw_only=True, repr=False, getstate_setstate=False)
class Model(_Kept):
    """Base of all models.

    Attributes:
        additional_properties: Fields that the document does not know, by their name in JSON.
    """

    additional_properties: dict[str, Any] = field(factory=dict)

    _fields: ClassVar[Mapping[str, Field]] = {}
    _discriminator: ClassVar[str] = ""
    _subtypes: ClassVar[Mapping[str, str]] = {}
    _pinned: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Reads a JSON object; the discriminator of a base chooses the subtype.

        Never refuses what a service sends: unknown, missing, null and wrongly typed fields are
        kept. The object is kept, not copied, and must not be changed afterwards.

        Args:
            source: A parsed JSON object.

        Raises:
            TypeError: The source is not an object.
        """
        if not isinstance(source, dict | Mapping):  # dict first: asking Mapping is slow
            raise TypeError(
                f"{cls.__name__} is read from a JSON object, not {type(source).__name__}"
            )
        chosen = cls._choose(source)
        if chosen is not cls:
            return chosen.from_dict(source)
        return cls._keep(source if isinstance(source, dict) else dict(source))

    @classmethod
    def _choose(cls, source: Mapping[str, Any]) -> type[Self]:
        # _subtypes of this very class: a subtype must not dispatch by its parent's table
        subtypes = vars(cls).get("_subtypes")
        value = source.get(cls._discriminator) if subtypes else None
        name = subtypes.get(value.casefold()) if subtypes and isinstance(value, str) else None
        if name is None or name == cls.__name__:
            return cls
        from . import models

        chosen: type[Self] = getattr(models, name)
        return chosen

    @classmethod
    def _keep(cls, raw: dict[str, Any]) -> Self:
        model = object.__new__(cls)
        _set(model, "_raw", raw)
        _set(model, "_touched", False)
        return model

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON object, independent of this model."""
        copied: dict[str, Any] = copy_json(self._tree())
        return copied

    def to_json(self) -> bytes:
        """Returns the JSON text, without the copy that `to_dict` makes.

        Raises:
            ValueError: A number is not finite, which JSON cannot say.
        """
        return json.dumps(self._tree(), separators=(",", ":"), allow_nan=False).encode()

    def _tree(self) -> dict[str, Any]:
        # May share parts with the kept JSON: for serialising only
        if not self._touched:
            return self._raw
        table = _table(type(self))
        tree = dict(self._raw)
        for name, (wire, _) in table.readers.items():
            try:
                value = _get(self, name)
            except AttributeError:  # never read: the kept JSON has it
                continue
            if value is UNSET:
                tree.pop(wire, None)
            else:
                tree[wire] = value if value.__class__ in ATOMS else dump(value)
        try:
            extra = _get(self, _EXTRA)
        except AttributeError:
            return tree
        return self._with_extra(tree, extra, table.wires)

    def _with_extra(
        self, tree: dict[str, Any], extra: dict[str, Any], wires: frozenset[str]
    ) -> dict[str, Any]:
        for key in [key for key in tree if key not in wires and key not in extra]:
            del tree[key]
        if clash := wires.intersection(extra):
            known = ", ".join(sorted(clash))
            raise ValueError(f"{type(self).__name__}: set the field for {known} instead")
        tree |= dump(extra)
        return tree

    def __attrs_pre_init__(self) -> None:
        _set(self, "_raw", dict(self._pinned))
        _set(self, "_touched", True)

    if not TYPE_CHECKING:  # a visible __getattr__ would hide misspelt names from type checkers

        def __getattr__(self, name: str) -> Any:
            table = _table(self.__class__)
            if name in table.readers:
                wire, read = table.readers[name]
                value = self._raw.get(wire, UNSET)
                value = value if value is UNSET else read(value)
            elif name == _EXTRA:
                value = _unknown(self._raw, table)
            else:
                raise AttributeError(f"{type(self).__name__} has no field {name!r}")
            _set(self, name, value)
            _set(self, "_touched", True)
            return value

    def __setattr__(self, name: str, value: object) -> None:
        entry = _table(type(self)).fields.get(name)
        where = f"{type(self).__name__}.{name}"
        if entry is not None:
            entry.check(where, value)
            self._check_pinned(entry, where, value)
        elif name == _EXTRA:
            kind_of("dict[any]").check(where, value)
        _set(self, name, value)
        _set(self, "_touched", True)

    def _check_pinned(self, entry: Field, where: str, value: object) -> None:
        fixed = self._pinned.get(entry.wire)
        if fixed is not None and str(value).casefold() != fixed.casefold():
            raise ValueError(f"{where} is always {fixed!r}: create the model of the other kind")

    def __delattr__(self, name: str) -> None:
        # an emptied slot would be read again from the kept JSON
        setattr(self, name, UNSET)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.to_dict())

    def __repr__(self) -> str:
        shown = [
            f"{name}={'***' if entry.secret else repr(value)}"
            for name, entry in _table(type(self)).fields.items()
            if (value := getattr(self, name)) is not UNSET
        ]
        if self.additional_properties:  # names only: an unknown field may hold a secret
            shown.append(f"additional_properties=<{', '.join(sorted(self.additional_properties))}>")
        return f"{type(self).__name__}({', '.join(shown)})"


def _unknown(raw: Mapping[str, Any], table: _Table) -> dict[str, Any]:
    return {key: copy_json(value) for key, value in raw.items() if key not in table.wires}


def _rebuild(model: type[Model], raw: dict[str, Any]) -> Model:
    return model._keep(raw)


__all__ = ["Field", "Model"]
