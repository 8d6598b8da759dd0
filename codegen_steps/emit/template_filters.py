"""Template filters: annotations, arguments and literals as Python source."""

from __future__ import annotations

import pprint
import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
WRAPPED = re.compile(r"(list|dict|enum)\[(.+)\]")
_PLAIN = {"any": "Any", "str": "str", "int": "int", "float": "float", "bool": "bool"}
_PLAIN |= {"text": "str", "bytes": "bytes"}
_WORKSPACE = {"api_version", "subscription_id", "resource_group_name", "workspace_name"}
_FLAGS = ("required", "nullable", "read_only", "secret")
_PARAMETER_TYPES = {"int": "integer", "float": "number", "bool": "boolean"}
_LIMITS = {
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "default": "default",
}


def annotation(kind: str | None) -> str:
    """Return the annotation of a type expression; ``None`` stands for no value."""
    if kind is None:
        return "None"
    wrapped = WRAPPED.fullmatch(kind)
    if wrapped is None:
        return _PLAIN.get(kind, kind)
    outer, inner = wrapped.groups()
    if outer == "enum":
        return f"{inner} | str"
    return f"list[{annotation(inner)}]" if outer == "list" else f"dict[str, {annotation(inner)}]"


def quoted_annotation(kind: str) -> str:
    """Return the annotation as an expression that loads no model."""
    wrapped = WRAPPED.fullmatch(kind)
    if wrapped is None or wrapped[1] == "enum":
        return "str" if wrapped else _PLAIN.get(kind, f'"{kind}"')
    inner = quoted_annotation(wrapped[2])
    return f"list[{inner}]" if wrapped[1] == "list" else f"dict[str, {inner}]"


def field_annotation(entry: Json) -> str:
    """Return the annotation of a field; one that is not required may be absent."""
    if entry["redefined"]:
        return "Any"
    plain = annotation(entry["kind"])
    if plain == "Any":
        return plain
    if entry["required"]:
        return f"{plain} | None" if entry["nullable"] else plain
    return f"{plain} | None | Unset"


def field_arguments(entry: Json) -> str:
    """Return the arguments of a field's entry in the table of its model."""
    flags = [f"{name}=True" for name in _FLAGS if entry[name]]
    return ", ".join([literal(entry["wire"]), literal(entry["kind"]), *flags])


def parameter_annotation(parameter: Json) -> str:
    """Return annotation and default of a parameter; the API version has a default."""
    plain = annotation(parameter["kind"])
    if parameter["collection"]:
        plain = f"Sequence[{plain}]"
    optional = not parameter["required"] or parameter["name"] == "api-version"
    return f"{plain} | None | Unset = UNSET" if optional else plain


def argument_annotation(parameter: Json) -> str:
    """Return annotation and default of a call's argument; None stands for absent."""
    required = parameter_annotation({**parameter, "required": True, "name": ""})
    return required if parameter["required"] else f"{required} | None = None"


def result_annotation(operation: Json) -> str:
    """Return the annotation of an operation's successful result."""
    kinds = dict.fromkeys(annotation(kind) for kind in operation["responses"].values())
    without_none = [kind for kind in kinds if kind != "None"]
    if not without_none or "Any" in without_none:
        return "Any"
    may_be_empty = "None" in kinds or 202 in operation["responses"]  # noqa: PLR2004
    return " | ".join([*without_none, *(["None"] if may_be_empty else [])])


def body_annotation(operation: Json) -> str:
    """Return annotation and default of a call's body: a model or plain JSON."""
    if operation["body"] is None:
        return "None = None"
    plain = annotation(operation["body"])
    is_model = operation["body"] in names(operation["body"])
    either = f"{plain} | Mapping[str, Any]" if is_model else plain
    return either if operation["body_required"] else f"{either} | None = None"


def call_parameters(operation: Json) -> list[Json]:
    """Return the parameters of a call, without those that identify the workspace."""
    own = [entry for entry in operation["parameters"] if entry["python_name"] not in _WORKSPACE]
    return sorted(own, key=lambda entry: not entry["required"])


def references(model: Json) -> list[str]:
    """Return the models and enums that a model's fields use, sorted."""
    return sorted({name for entry in model["fields"] for name in names(entry["kind"])})


def operation_references(operation: Json) -> list[str]:
    """Return the models and enums that an operation's function uses, sorted."""
    kinds = [operation["body"], *operation["responses"].values()]
    kinds += [parameter["kind"] for parameter in operation["parameters"]]
    return sorted({name for kind in kinds if kind for name in names(kind)})


def call_references(operation: Json) -> list[str]:
    """Return the models and enums that a call of an operation uses, sorted."""
    return sorted({*operation_references(operation), *names(operation["item"] or "any")})


def names(kind: str) -> Iterator[str]:
    """Yield the model or enum inside a type expression."""
    wrapped = WRAPPED.fullmatch(kind)
    if wrapped:
        yield from names(wrapped[2])
    elif kind not in _PLAIN:
        yield kind


def parameter_arguments(parameter: Json) -> str:
    """Return the arguments of a parameter's entry in the operation table."""
    plain = [literal(parameter[name]) for name in ("name", "python_name", "location")]
    facts = {
        "required": parameter["required"] or None,
        "type": _PARAMETER_TYPES.get(parameter["kind"]),
        "collection": parameter["collection"],
        "enum": tuple(parameter["enum"]) or None,
        "open_enum": None if parameter["open_enum"] else False,
        **{name: parameter["limits"].get(key) for key, name in _LIMITS.items()},
        "unescaped": parameter["unescaped"] or None,
    }
    named = [f"{name}={literal(value)}" for name, value in facts.items() if value is not None]
    return ", ".join([*plain, *named])


def literal(value: object) -> str:
    """Return a value as Python source; strings from the document cannot become code."""
    return pprint.pformat(value, width=1000, sort_dicts=False)


def column(entry: tuple[str, Any]) -> str:
    """Return a column of the operation table and its value as Python source."""
    name, value = entry
    if name == "long_running" and value is not None:
        return f"LongRunning({value['final_state_via']!r})"
    if name == "pageable" and value is not None:
        return f"Pageable({value['item_name']!r}, {value['next_link_name']!r})"
    return literal(value)


def docstring(text: object) -> str:
    """Return a string of the document, escaped so that it cannot end a docstring."""
    return repr(str(text))[1:-1].replace('"', '\\"')


FILTERS: dict[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        annotation,
        quoted_annotation,
        field_annotation,
        field_arguments,
        parameter_annotation,
        result_annotation,
        argument_annotation,
        body_annotation,
        call_parameters,
        references,
        operation_references,
        call_references,
        literal,
        column,
        docstring,
    )
}
