"""A pinned document of our own with what trips generators, small enough to read."""

from __future__ import annotations

from typing import Any

S = "#/components/schemas/"


def ref(name: str) -> dict[str, str]:
    return {"$ref": S + name}


SCHEMAS: dict[str, Any] = {
    # a base with two subtypes, one of which has subtypes under another discriminator
    "Shape": {
        "oneOf": [ref("Circle"), ref("Polygon")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"Circle": S + "Circle", "Polygon": S + "Polygon"},
        },
        "x-amlrest-fields": S + "ShapeFields",
    },
    "ShapeFields": {
        "type": "object",
        "properties": {"kind": ref("ShapeKind"), "label": {"type": "string"}},
        "required": ["kind"],
        "x-amlrest-base": S + "Shape",
    },
    "ShapeKind": {
        "type": "string",
        "enum": ["Circle", "Polygon"],
        "x-ms-enum": {"modelAsString": True},
    },
    "Circle": {
        "allOf": [ref("ShapeFields")],
        "type": "object",
        "properties": {
            "radius": {"type": "number"},
            "kind": {"type": "string", "enum": ["Circle"]},
        },
        "required": ["radius", "kind"],
        "x-ms-discriminator-value": "Circle",
    },
    "Polygon": {
        "oneOf": [ref("Square")],
        "discriminator": {"propertyName": "form", "mapping": {"square": S + "Square"}},
        "x-amlrest-fields": S + "PolygonFields",
    },
    "PolygonFields": {
        "allOf": [ref("ShapeFields")],
        "type": "object",
        "properties": {
            "form": {"type": "string"},
            "kind": {"type": "string", "enum": ["Polygon"]},
        },
        "required": ["form", "kind"],
        "x-amlrest-base": S + "Polygon",
        "x-ms-discriminator-value": "Polygon",
    },
    "Square": {
        "allOf": [ref("PolygonFields"), ref("Sized")],
        "type": "object",
        "properties": {
            "form": {"type": "string", "enum": ["square"]},
            "kind": {"type": "string", "enum": ["Polygon"]},
        },
        "required": ["form", "kind"],
        "x-ms-discriminator-value": "square",
    },
    "Sized": {"type": "object", "properties": {"side": {"type": "integer"}}, "required": ["side"]},
    # everything a field can be
    "Drawing": {
        "type": "object",
        "properties": {
            "shape": ref("Shape"),
            "shapes": {"type": "array", "items": ref("Shape")},
            "byName": {"type": "object", "additionalProperties": ref("Shape")},
            "tags": ref("Tags"),
            "mode": ref("Mode"),
            "createdAt": {"type": "string", "format": "date-time", "readOnly": True},
            "count": {"type": "integer"},
            "scale": {"type": "number"},
            "visible": {"type": "boolean"},
            "anything": {"type": "object"},
            "note": {"type": "string", "nullable": True},
            "inline": {"type": "object", "properties": {"depth": {"type": "integer"}}},
            "parent": {"allOf": [ref("Drawing")], "readOnly": True},
            "accessKey": {"type": "string", "x-ms-secret": True},
            "password": {"type": "string"},
        },
        "required": ["shape", "note", "createdAt"],
    },
    "Tags": {"type": "object", "additionalProperties": {"type": "string"}},
    "Mode": {
        "type": "string",
        "enum": ["fast", "slow"],
        "x-ms-enum": {"name": "Mode", "modelAsString": False},
    },
    # names that Python, the generator or the models themselves use
    "Awkward": {
        "type": "object",
        "properties": {
            name: {"type": "string"}
            for name in (
                *("class", "from", "None", "list", "id", "self", "field", "define", "attrs"),
                *(
                    "to_dict",
                    "toDict",
                    "from_dict",
                    "additionalProperties",
                    "additional_properties",
                ),
                *("osType", "os_type", "OS-Type", "_raw", "_fields", "1st", "ärger", "$ref2", "@x"),
            )
        },
    },
    "Any": {"type": "object", "properties": {"x": {"type": "string"}}},
    "Model": {"type": "object", "properties": {"any": ref("Any")}},
    "Field": {"type": "object", "properties": {"model": ref("Model")}},
    # modules that would be one file
    "AKSData": {"type": "object", "properties": {"a": {"type": "string"}}},
    "AksData": {"type": "object", "properties": {"b": {"type": "string"}}},
    "Odd": {
        "type": "string",
        "enum": [
            "a-b",
            "a_b",
            "A b",
            "",
            "1",
            "class",
            "ä",
            "mro",
            '"quoted"',
            "back\\slash",
            "{x}",
        ],
        "x-ms-enum": {"name": "Odd", "modelAsString": True},
    },
    # an array that comes back to itself through an object without a name
    "Tree": {
        "type": "array",
        "items": {"type": "object", "properties": {"branches": ref("Tree")}},
    },
    "Forest": {"type": "object", "properties": {"trees": ref("Tree")}},
    # a discriminator that the base does not declare
    "Vague": {
        "oneOf": [ref("Clear")],
        "discriminator": {"propertyName": "sort", "mapping": {"Clear": S + "Clear"}},
        "x-amlrest-fields": S + "VagueFields",
    },
    "VagueFields": {"type": "object", "x-amlrest-base": S + "Vague"},
    "Clear": {
        "allOf": [ref("VagueFields")],
        "type": "object",
        "properties": {"sort": {"type": "string", "enum": ["Clear"]}},
        "required": ["sort"],
        "x-ms-discriminator-value": "Clear",
    },
    "Numbers": {"type": "object", "properties": {"size": {"type": "integer", "enum": [1, 2]}}},
    "Error": {"type": "object", "properties": {"error": {"type": "object"}}},
}


def parameter(name: str, where: str = "query", **facts: Any) -> dict[str, Any]:
    schema = facts.pop("schema", {"type": "string"})
    required = {"required": True} if where == "path" or facts.pop("required", False) else {}
    return {"name": name, "in": where, **required, "schema": schema, **facts}


TEXTS = {"type": "array", "items": {"type": "string"}}
JSON = "application/json"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Small", "version": "2000-01-01"},
    "servers": [{"url": "https://service.example"}],
    "paths": {
        "/drawings/{name}": {
            "get": {
                "operationId": "Drawings_Get",
                "parameters": [
                    parameter("name", "path"),
                    {"$ref": "#/components/parameters/Version"},
                    parameter("$skip", schema={"type": "integer", "minimum": 0}),
                    parameter("skip"),
                    parameter("all", schema={"type": "boolean"}),
                    parameter("csv", schema=TEXTS, style="form", explode=False),
                    parameter("many", schema=TEXTS, style="form", explode=True),
                    parameter("pipes", schema=TEXTS, style="pipeDelimited", explode=False),
                    parameter("client"),
                    parameter(
                        "mode",
                        schema={
                            "type": "string",
                            "enum": ["fast", "slow"],
                            "x-ms-enum": {"name": "Mode", "modelAsString": False},
                        },
                    ),
                    parameter("If-Match", "header"),
                ],
                "responses": {
                    "200": {"description": "", "content": {JSON: {"schema": ref("Drawing")}}},
                    "202": {"description": "", "content": {JSON: {"schema": ref("Drawing")}}},
                    "204": {"description": ""},
                    "default": {"description": "", "content": {JSON: {"schema": ref("Error")}}},
                },
                "x-ms-long-running-operation": True,
                "x-ms-long-running-operation-options": {"final-state-via": "location"},
            },
            "put": {
                "operationId": "Drawings_CreateOrUpdate",
                "parameters": [parameter("name", "path")],
                "requestBody": {"required": True, "content": {JSON: {"schema": ref("Drawing")}}},
                "responses": {
                    "200": {"description": "", "content": {JSON: {"schema": ref("Drawing")}}}
                },
            },
        },
        "/drawings": {
            "get": {
                "operationId": "Drawings_List",
                "parameters": [],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {JSON: {"schema": {"type": "array", "items": ref("Drawing")}}},
                    }
                },
                "x-ms-pageable": {"nextLinkName": None, "itemName": "drawings"},
            }
        },
        "/{scope}/locks": {
            "get": {
                "operationId": "Locks_List",
                "parameters": [parameter("scope", "path", **{"x-ms-skip-url-encoding": True})],
                "responses": {"200": {"description": ""}},
            }
        },
    },
    "components": {
        "schemas": SCHEMAS,
        "parameters": {"Version": parameter("api-version", required=True)},
    },
}
