"""Facts: statements of a document, in a form common to Swagger 2.0 and OpenAPI 3.0.

``check`` reads facts from the official documents and from the pinned one, with two readers that
share no code with the conversion, and compares them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROSE = frozenset(
    {
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "x-example",
        "x-examples",
    }
    | {"x-ms-examples", "x-ms-summary", "x-ms-external-docs", "x-ms-code-generation-settings"}
)


@dataclass(frozen=True, order=True)
class Fact:
    """One statement.

    Attributes:
        path: location in the definition or operation: ``.field``, ``[]`` for items, ``{}`` for
            the values of a map.
        keyword: what is stated, such as ``required``.
        value: the stated value as canonical JSON.
    """

    path: str
    keyword: str
    value: str

    def __str__(self) -> str:
        """Return ``.field keyword=value``."""
        return f"{self.path or '.'} {self.keyword}={self.value}"


Facts = frozenset[Fact]


def path_step(name: str) -> str:
    """Escape a field's name for a path, where dots and brackets are special."""
    return re.sub(r"[~.\[{]", lambda match: f"~{ord(match[0]):x}~", name)


def step_name(step: str) -> str:
    """Return the field's name that ``path_step`` escaped."""
    return re.sub(r"~([0-9a-f]+)~", lambda match: chr(int(match[1], 16)), step)


def pointer_steps(pointer: str) -> list[str]:
    """Return the tokens of a JSON pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def fact(path: str, keyword: str, value: Any) -> Fact:
    """Return a fact; its value is canonical JSON without prose."""
    return Fact(path, keyword, json.dumps(_bare(value), sort_keys=True, ensure_ascii=False))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(item) for name, item in value.items() if name not in PROSE}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def schema_facts(
    schema: dict[str, Any], path: str, keyword: Callable[[str, Any, str], Iterator[Fact] | None]
) -> Iterator[Fact]:
    """Yield the facts of a schema, including nested schemas.

    Args:
        schema: a Swagger or OpenAPI schema.
        path: its location.
        keyword: returns the facts of a keyword that is special to the format, or None for a
            keyword that both formats share.
    """
    for name, value in schema.items():
        if name == "type" and "$ref" in schema:
            continue  # a $ref says the type
        special = keyword(name, value, path)
        yield from _shared(name, value, path, keyword) if special is None else special


def _shared(
    name: str, value: Any, path: str, keyword: Callable[[str, Any, str], Iterator[Fact] | None]
) -> Iterator[Fact]:
    if name == "properties":
        for field, item in value.items():
            yield fact(f"{path}.{path_step(field)}", "field", True)
            yield from schema_facts(item, f"{path}.{path_step(field)}", keyword)
    elif name == "items":
        yield from schema_facts(value, f"{path}[]", keyword)
    elif name == "additionalProperties" and isinstance(value, dict):
        yield fact(path, "map", True)
        yield from schema_facts(value, f"{path}{{}}", keyword)
    elif name == "allOf":
        for part in value:
            yield from schema_facts(part, path, keyword)
    elif name in {"required", "enum"} and isinstance(value, list):
        yield from (fact(path, name, item) for item in value)
    elif name not in PROSE:
        yield fact(path, name, value)
