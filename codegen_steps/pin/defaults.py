"""Defaults that their own schema would refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codegen_steps.pin.schemas import Json
    from codegen_steps.problems import Decisions

# Keys whose values are named by the document's author: a field may be called "default".
NAMED = {"properties", "schemas", "responses", "mapping", "headers", "paths"}


def mend_defaults(document: Json, decisions: Decisions) -> None:
    """Write a default as its schema's type, or as ``x-default`` when that cannot be."""
    schemas = document["components"]["schemas"]

    def visit(value: Any, pointer: str, *, named: bool = False) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                visit(item, f"{pointer}/{index}")
        elif isinstance(value, dict):
            if "default" in value and not named:
                _mend(value, pointer, schemas, decisions)
            for name, item in value.items():
                visit(item, f"{pointer}/{name}", named=not named and name in NAMED)

    visit(document["components"], "#/components")
    visit(document["paths"], "#/paths", named=True)


def _mend(schema: Json, pointer: str, schemas: dict[str, Json], decisions: Decisions) -> None:
    stated = schema["default"]
    if _fits(stated, schema, schemas):
        return
    del schema["default"]
    parsed = _parsed(stated)
    if _fits(parsed, schema, schemas):
        decisions.note(pointer, f"the default {stated!r} is written as {parsed!r}")
        schema["default"] = parsed
    else:
        decisions.note(pointer, f"its schema refuses the default {stated!r}; now x-default")
        schema["x-default"] = stated


def _fits(value: Any, schema: Json, schemas: dict[str, Json]) -> bool:
    from openapi_schema_validator import OAS30Validator

    whole = {**schema, "components": {"schemas": schemas}}
    return bool(OAS30Validator(whole).is_valid(value))


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        return value
