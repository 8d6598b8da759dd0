# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Base class of models: lazy and tolerant reading, strict writing, lossless JSON.

A model read from JSON keeps that JSON. Strings, numbers, booleans, nulls, absent fields and known
enum values are set at once; a field with an object or an array is parsed on first access. Writing
copies fields that were never accessed from the kept JSON and serialises the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from attrs import define, field

from ._kinds import ATOMS, EnumOf, copy_json, json_default, kind_of, named
from .types import UNSET, Unset

_EXTRA = "additional_properties"
_AS_READ, _USED, _BUILT = range(3)  # equal to _raw; possibly changed; made in Python
_IMMUTABLE = ATOMS | {Unset}
_SIGNATURE = re.compile(r"(?i)([?&]sig=)[^&\s'\"]+")
_get = object.__getattribute__
_set = object.__setattr__
_Put = Callable[[object, Any], None]


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
        """Raise an error unless the document allows a value in this field.

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
    order: tuple[str, ...]
    values: Callable[[object], tuple[Any, ...]]
    subtypes: Mapping[str, str] | None
    plain: tuple[tuple[_Put, str], ...]
    enums: tuple[tuple[_Put, str, Mapping[str, Any]], ...]
    put_extra: _Put


class _Tables(dict[type, _Table]):
    """The fields of each model and its bases; computed on first use."""

    def __missing__(self, model: Any) -> _Table:
        fields: dict[str, Field] = {}
        for base in reversed(model.__mro__):
            fields |= vars(base).get("_fields", {})
        kinds = {name: kind_of(item.kind) for name, item in fields.items()}
        slots = [(_slot(model, name), fields[name].wire, kind) for name, kind in kinds.items()]
        self[model] = table = _Table(
            fields,
            frozenset(item.wire for item in fields.values()),
            {name: (fields[name].wire, kind.read) for name, kind in kinds.items()},
            tuple(item.wire for item in fields.values()),
            # _raw only so that there are always several: of one, attrgetter makes no tuple
            attrgetter(*fields, "_raw", _EXTRA),
            # of this very class: a subtype must not dispatch by its parent's table
            vars(model).get("_subtypes"),
            tuple((put, wire) for put, wire, kind in slots if not isinstance(kind, EnumOf)),
            tuple((put, wire, kind.known) for put, wire, kind in slots if isinstance(kind, EnumOf)),
            _slot(model, _EXTRA),
        )
        return table


def _slot(model: type, name: str) -> _Put:
    # faster than object.__setattr__, which looks the slot up by name
    put: _Put = getattr(model, name).__set__
    return put


_table = _Tables().__getitem__


class _Kept:
    __slots__ = ("_raw", "_state")

    _raw: dict[str, Any]
    _state: int


_put_raw = _slot(_Kept, "_raw")
_put_state = _slot(_Kept, "_state")


@define(kw_only=True, repr=False, getstate_setstate=False)
class Model(_Kept):
    """Base of all models.

    Attributes:
        additional_properties: Fields that are not in the document, by their name in JSON.
    """

    additional_properties: dict[str, Any] = field(factory=dict)

    _fields: ClassVar[Mapping[str, Field]] = {}
    _discriminator: ClassVar[str] = ""
    _subtypes: ClassVar[Mapping[str, str]] = {}
    _pinned: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read a JSON object; for a base, the discriminator selects the subtype.

        Accepts any object that a service sends: unknown, missing, null and wrongly typed fields
        are kept. The object is not copied and must not be changed afterwards.

        Args:
            source: A parsed JSON object.

        Raises:
            TypeError: The source is not an object.
        """
        if not isinstance(source, dict):
            if not isinstance(source, Mapping):
                name = type(source).__name__
                raise TypeError(f"{cls.__name__} is read from a JSON object, not {name}")
            source = dict(source)
        table = _table(cls)
        if table.subtypes and (subtype := cls._subtype(source, table.subtypes)):
            return subtype.from_dict(source)
        return cls._keep(source, table)

    @classmethod
    def _subtype(cls, raw: dict[str, Any], subtypes: Mapping[str, str]) -> type[Self] | None:
        value = raw.get(cls._discriminator)
        if not isinstance(value, str):
            return None
        name = subtypes.get(value) or subtypes.get(value.casefold())
        if name is None or name == cls.__name__:
            return None
        subtype: type[Self] = named(name)
        return subtype

    @classmethod
    def _keep(cls, raw: dict[str, Any], table: _Table) -> Self:
        model = object.__new__(cls)
        _put_raw(model, raw)
        _put_state(model, _AS_READ)
        if table.wires.issuperset(raw):
            table.put_extra(model, {})
        get = raw.get
        for put, wire in table.plain:
            value = get(wire, UNSET)
            if value.__class__ in _IMMUTABLE:
                put(model, value)
        for put, wire, known in table.enums:
            value = get(wire, UNSET)
            if value.__class__ is str:
                if value in known:
                    put(model, known[value])
            elif value.__class__ in _IMMUTABLE:
                put(model, value)
        return model

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object, independent of this model."""
        copied: dict[str, Any] = copy_json(self._shallow())
        return copied

    def to_json(self) -> bytes:
        """Return the JSON text, without the copy that `to_dict` makes.

        Raises:
            ValueError: A number is not finite.
        """
        tree = self._shallow()
        text = json.dumps(tree, default=json_default, separators=(",", ":"), allow_nan=False)
        return text.encode()

    def _shallow(self) -> dict[str, Any]:
        # Fields hold models still; may be the kept JSON itself: for serialising only
        state = self._state
        if state == _AS_READ and not self._kept_extra():
            return self._raw
        table = _table(self.__class__)
        if state != _BUILT:
            return self._changed(table)
        values = table.values(self)
        # what is unknown comes after the fields, so the shorter one is right
        pairs = zip(table.order, values, strict=False)
        tree = {wire: value for wire, value in pairs if value is not UNSET}
        return self._with_extra(tree, values[-1], table.wires) if values[-1] else tree

    def _changed(self, table: _Table) -> dict[str, Any]:
        tree = dict(self._raw)
        for name, (wire, _) in table.readers.items():
            try:
                value = _get(self, name)
            except AttributeError:  # never read: the kept JSON has it
                continue
            if value is not UNSET:
                tree[wire] = value
            elif wire in tree:
                del tree[wire]
        extra = self._kept_extra()
        return tree if extra is None else self._with_extra(tree, extra, table.wires)

    def _kept_extra(self) -> dict[str, Any] | None:
        try:
            extra: dict[str, Any] = _get(self, _EXTRA)
        except AttributeError:  # never read: the kept JSON has it
            return None
        return extra

    def _with_extra(
        self, tree: dict[str, Any], extra: dict[str, Any], wires: frozenset[str]
    ) -> dict[str, Any]:
        for key in [key for key in tree if key not in wires and key not in extra]:
            del tree[key]
        if clash := wires.intersection(extra):
            known = ", ".join(sorted(clash))
            raise ValueError(f"{type(self).__name__}: set the field for {known} instead")
        return tree | extra

    def __attrs_pre_init__(self) -> None:
        _set(self, "_raw", dict(self._pinned))
        _set(self, "_state", _BUILT)

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
            if self._state == _AS_READ:
                _put_state(self, _USED)
            return value

    def __setattr__(self, name: str, value: object) -> None:
        entry = _table(self.__class__).fields.get(name)
        where = f"{type(self).__name__}.{name}"
        if entry is not None:
            entry.check(where, value)
            self._check_pinned(entry, where, value)
        elif name == _EXTRA:
            kind_of("dict[any]").check(where, value)
        _set(self, name, value)
        if self._state == _AS_READ:
            _put_state(self, _USED)

    def _check_pinned(self, entry: Field, where: str, value: object) -> None:
        fixed = self._pinned.get(entry.wire)
        if fixed is not None and str(value).casefold() != fixed.casefold():
            raise ValueError(f"{where} is always {fixed!r}; create a model of the other subtype")

    def __delattr__(self, name: str) -> None:
        # an emptied slot would be read again from the kept JSON
        setattr(self, name, UNSET)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.to_dict())

    def __repr__(self) -> str:
        shown = [
            f"{name}={'***' if entry.secret else repr(value)}"
            for name, entry in _table(self.__class__).fields.items()
            if (value := getattr(self, name)) is not UNSET
        ]
        if self.additional_properties:  # names only: an unknown field may hold a secret
            shown.append(f"additional_properties=<{', '.join(sorted(self.additional_properties))}>")
        text = f"{type(self).__name__}({', '.join(shown)})"
        return _SIGNATURE.sub(r"\1***", text)


def _unknown(raw: Mapping[str, Any], table: _Table) -> dict[str, Any]:
    return {key: copy_json(value) for key, value in raw.items() if key not in table.wires}


def _rebuild(model: type[Model], raw: dict[str, Any]) -> Model:
    return model._keep(raw, _table(model))


__all__ = ["Field", "Model"]
