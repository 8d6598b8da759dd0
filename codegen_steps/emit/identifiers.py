"""Python identifiers for wire names: valid, unique and stable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from keyword import iskeyword

from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case

PREFIX = "field_"
# Names that a model module and the base class of models use themselves
MODEL_ATTRIBUTES = frozenset({"additional_properties", "from_dict", "to_dict", "to_json"})
FIELD_NAMES = MODEL_ATTRIBUTES | {"attrs", "define", "field"}
CLASS_NAMES = frozenset(
    {"Any", "ClassVar", "Field", "Final", "Mapping", "Model", "TYPE_CHECKING", "UNSET", "Unset"}
    | {"Client", "OPERATIONS", "Response", "Sequence"}
    | {"AsyncCalls", "AsyncIterable", "Calls", "Iterable", "Literal", "Protocol"}
)
ARGUMENT_NAMES = frozenset({"body", "client", "self", "url"})


def allocate(wanted: str, taken: Iterable[str]) -> str:
    """Return a name that is not taken, with a number appended if necessary."""
    used = set(taken)
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted.rstrip('_')}_{number}", number + 1
    return name


def field_name(wire: str, taken: Iterable[str], reserved: Iterable[str] = FIELD_NAMES) -> str:
    """Return the snake-case name of a field or parameter.

    Args:
        wire: Name in JSON, in the query or in the path.
        taken: Python names already given in the same class or function.
        reserved: Names the generated code needs itself; a trailing underscore avoids them.
    """
    name = str(PythonIdentifier(wire, PREFIX))
    return allocate(f"{name}_" if name in set(reserved) else name, taken)


def class_name(wire: str, taken: Iterable[str]) -> str:
    """Return the class name of a definition: its own name if Python allows it."""
    usable = wire.isidentifier() and not iskeyword(wire) and not wire.startswith("_")
    name = wire if usable and wire[:1].isupper() else str(ClassName(wire, PREFIX))
    return allocate(f"{name}_" if name in CLASS_NAMES else name, taken)


def module_name(component: str) -> str:
    """Return the module that the generator writes a component to."""
    return str(PythonIdentifier(ClassName(component, PREFIX), PREFIX))


def member_names(values: Sequence[str], stated: Sequence[str]) -> list[str]:
    """Return the upper-case names of an enum's members.

    Args:
        values: Values on the wire.
        stated: Names of the values in the document; the value itself where empty.
    """
    names: list[str] = []
    for value, name in zip(values, stated, strict=True):
        names.append(allocate(_member_name(name or value, len(names)), names))
    return names


def _member_name(text: str, position: int) -> str:
    words = snake_case(re.sub(r"\W", " ", text)).upper()
    if not words:
        return f"VALUE_{position}"
    return words if words.isidentifier() else f"VALUE_{words}"
