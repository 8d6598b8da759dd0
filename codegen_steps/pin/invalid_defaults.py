"""Invalid defaults: those that do not match their own schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codegen_steps.pin.schema_converter import Json
    from codegen_steps.problems import Decisions

# Below these keys names are the author's: a field may be called "default".
NAMED = {"properties", "schemas", "responses", "mapping", "headers", "paths"}


def fix_defaults(document: Json, decisions: Decisions) -> None:
    """Convert invalid defaults to the type of their schema, or move them to ``x-default``."""
    schemas = document["components"]["schemas"]

    def visit(value: Any, pointer: str, *, named: bool = False) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                visit(item, f"{pointer}/{index}")
        elif isinstance(value, dict):
            if "default" in value and not named:
                _fix(value, pointer, schemas, decisions)
            for name, item in value.items():
                visit(item, f"{pointer}/{name}", named=not named and name in NAMED)

    visit(document["components"], "#/components")
    visit(document["paths"], "#/paths", named=True)


def _fix(schema: Json, pointer: str, schemas: dict[str, Json], decisions: Decisions) -> None:
    stated = schema["default"]
    if _fits(stated, schema, schemas):
        return
    del schema["default"]
    parsed = _parsed(stated)
    if _fits(parsed, schema, schemas):
        decisions.note(pointer, f"default {stated!r} is converted to {parsed!r}")
        schema["default"] = parsed
    else:
        decisions.note(pointer, f"default {stated!r} does not match its schema; moved to x-default")
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
