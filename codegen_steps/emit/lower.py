"""Lowering: simplify the pinned document so that openapi-python-client drops nothing.

The generator decides which files are written and sees Python names only, so that it never has to
resolve a name clash. What it does not support (wire names, subtypes, open enums, long-running and
pageable operations) is in ``x-amlrest``, which the templates read.
"""

from __future__ import annotations

import re
from typing import Any

from codegen_steps.emit.identifiers import allocate, module_name
from codegen_steps.emit.lower_models import Models
from codegen_steps.emit.lower_operations import operations
from codegen_steps.emit.template_filters import WRAPPED
from codegen_steps.pinned_document import SCHEMAS, Json

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def lower(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document in which every schema is a flat object or an enum.

    Args:
        document: content of ``spec/<version>/openapi.json``.

    Raises:
        CodegenError: something cannot be expressed; the message names the pointer.
    """
    models = Models(document["components"]["schemas"])
    table = operations(document, models)
    components = _components([*models.models, *models.enums])
    modules = {name: module_name(component) for name, component in components.items()}
    schemas = {
        components[name]: _object(facts, components) for name, facts in models.models.items()
    }
    schemas |= {components[name]: _enum(facts) for name, facts in models.enums.items()}
    return {
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": _paths(table, components),
        "components": {"schemas": schemas},
        "x-amlrest": {
            "api_version": document["info"]["version"],
            "host": document.get("servers", [{"url": "/"}])[0]["url"],
            "models": {modules[name]: _facts(name, models) for name in models.models},
            "enums": {modules[name]: {"name": name, **models.enums[name]} for name in models.enums},
            "modules": modules,
            "aliases": models.aliases,
            "operations": table,
        },
    }


def _components(names: list[str]) -> dict[str, str]:
    """Return a component with a module of its own for each class name."""
    components: dict[str, str] = {}
    modules: list[str] = []
    for name in sorted(names):
        component = name
        while module_name(component) in modules:
            component = allocate(component, [component, *components.values()])
        modules.append(module_name(component))
        components[name] = component
    return components


def _facts(name: str, models: Models) -> Json:
    facts = {key: value for key, value in models.models[name].items() if key != "all"}
    return {"name": name, **facts}


def _object(facts: Json, components: dict[str, str]) -> Json:
    fields = facts["all"].values()
    return {
        "type": "object",
        "properties": {entry["python"]: _schema(entry["kind"], components) for entry in fields},
        "required": [entry["python"] for entry in fields if entry["required"]],
    }


def _enum(facts: Json) -> Json:
    return {
        "type": "string",
        "enum": list(facts["members"].values()),
        "x-enum-varnames": list(facts["members"]),
    }


def _schema(kind: str | None, components: dict[str, str]) -> Json:
    wrapped = WRAPPED.fullmatch(kind or "any")
    if wrapped is not None and wrapped[1] == "list":
        return {"type": "array", "items": _schema(wrapped[2], components)}
    name = wrapped[2] if wrapped and wrapped[1] == "enum" else kind
    if name in components:
        return {"$ref": SCHEMAS + components[name]}
    # maps are plain dicts in Python; the generator would write a class for each
    return {"type": _TYPES[name]} if name in _TYPES else {}


def _paths(table: list[Json], components: dict[str, str]) -> Json:
    paths: Json = {}
    for facts in table:
        path = _path(facts)
        paths.setdefault(path, {})[facts["method"].lower()] = _function(facts, components)
    return paths


def _path(facts: Json) -> str:
    names = {
        entry["name"]: entry["python_name"]
        for entry in facts["parameters"]
        if entry["location"] == "path"
    }
    return _PLACEHOLDER.sub(lambda match: f"{{{names[match[1]]}}}", facts["path"])


def _function(facts: Json, components: dict[str, str]) -> Json:
    lowered: Json = {
        "operationId": facts["module"],
        "tags": [facts["tag"]],
        "parameters": [
            {
                "name": entry["python_name"],
                "in": entry["location"],
                "required": entry["required"],
                "schema": _schema(entry["kind"], components),
            }
            for entry in facts["parameters"]
        ],
        "responses": {
            str(status): {"description": "", **_content(kind, components)}
            for status, kind in facts["responses"].items()
        },
    }
    if facts["body"]:
        lowered["requestBody"] = _content(facts["body"], components)
    return lowered


def _content(kind: str | None, components: dict[str, str]) -> Json:
    return {"content": {"application/json": {"schema": _schema(kind, components)}}} if kind else {}
