"""Facts: what a document says, in a form that two formats have in common.

``check`` reads the official documents and the pinned one into facts, by two readers that share
nothing with the conversion, and compares.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXTS = frozenset(
    [
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "x-ms-examples",
        "x-ms-summary",
        "x-ms-external-docs",
        "x-ms-code-generation-settings",
        "x-example",
        "x-examples",
    ]
)


@dataclass(frozen=True, order=True)
class Fact:
    """One statement.

    Attributes:
        path: where in the definition or operation: ``.field``, ``[]`` for items, ``{}`` for
            the values of a map.
        keyword: what is stated.
        value: the stated value as canonical JSON.
    """

    path: str
    keyword: str
    value: str

    def __str__(self) -> str:
        """As ``.field keyword=value``."""
        return f"{self.path or '.'} {self.keyword}={self.value}"


Facts = frozenset[Fact]


def path_step(name: str) -> str:
    """A field's name in a path, where dots and brackets have a meaning."""
    return re.sub(r"[~.\[{]", lambda match: f"~{ord(match[0]):x}~", name)


def step_name(step: str) -> str:
    """The field's name that ``path_step`` wrote."""
    return re.sub(r"~([0-9a-f]+)~", lambda match: chr(int(match[1], 16)), step)


def pointer_steps(pointer: str) -> list[str]:
    """The steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def fact(path: str, keyword: str, value: Any) -> Fact:
    """A fact whose value is compared as JSON, texts inside left out."""
    return Fact(path, keyword, json.dumps(_bare(value), sort_keys=True, ensure_ascii=False))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(item) for name, item in value.items() if name not in TEXTS}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def schema_facts(
    schema: dict[str, Any], path: str, keyword: Callable[[str, Any, str], Iterator[Fact] | None]
) -> Iterator[Fact]:
    """What a schema says, nested schemas included.

    Args:
        schema: a Swagger or OpenAPI schema.
        path: where it is.
        keyword: what the format at hand says differently: facts for a keyword with its value
            and path, or None for a keyword that both formats share.
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
    elif name not in TEXTS:
        yield fact(path, name, value)
