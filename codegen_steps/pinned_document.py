"""The pinned document: reading it, its operations, and the prefixes of its references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from codegen_steps.problems import CodegenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen_steps.layout import Layout

Json = dict[str, Any]
SCHEMAS = "#/components/schemas/"
PARAMETERS = "#/components/parameters/"


def read_pinned(layout: Layout, api_version: str) -> Json:
    """Return the pinned document of a version.

    Raises:
        CodegenError: the file is missing or not valid JSON.
    """
    path = layout.version(api_version) / "openapi.json"
    try:
        document: Json = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CodegenError(f"{path}: no such file; pin {api_version} first.") from None
    except json.JSONDecodeError as error:
        raise CodegenError(f"{path}: not valid JSON: {error}; pin {api_version} again.") from None
    return document


def pinned_versions(layout: Layout) -> list[str]:
    """Return every pinned version, oldest first."""
    return sorted(path.parent.name for path in layout.spec.glob("*/openapi.json"))


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield method, path and definition of every operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def parameters(document: Json, operation: Json) -> list[Json]:
    """Return the parameters of an operation with references followed."""
    shared = document["components"].get("parameters", {})
    return [
        shared[entry["$ref"].removeprefix(PARAMETERS)] if "$ref" in entry else entry
        for entry in operation.get("parameters", [])
    ]


def parents_of(schema: Json) -> list[str]:
    """Return the names of the schemas that a schema extends or, alone, refers to."""
    references = (part.get("$ref") for part in schema.get("allOf", []))
    return [reference.removeprefix(SCHEMAS) for reference in references if reference]
