"""Fields that look like secrets although the document does not flag them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen_steps.emit.hidden import is_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


def unflagged_secrets(document: Json) -> list[str]:
    """JSON pointers of fields that are named like a secret, without ``x-ms-secret``."""
    schemas = document["components"]["schemas"]
    return sorted(
        pointer
        for name, schema in schemas.items()
        for pointer in _fields(schema, name, f"/components/schemas/{name}")
    )


def _fields(schema: Json, owner: str, pointer: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        at = f"{pointer}/properties/{name}"
        if not field.get("x-ms-secret") and is_secret(owner, name, field):
            yield at
        yield from _fields(field, owner, at)
    for index, part in enumerate(schema.get("allOf", [])):
        yield from _fields(part, owner, f"{pointer}/allOf/{index}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _fields(schema[key], owner, f"{pointer}/{key}")
