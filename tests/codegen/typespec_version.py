"""A version as TypeSpec writes it: one file, other definition names, references in everything.

It says the same about computes and nothing else: what the facade needs is found by path, field
and discriminator, whatever the definitions are called.
"""

from __future__ import annotations

from typing import Any

from tests.codegen.swagger import operation, swagger

Json = dict[str, Any]
VERSION = "2031-12-01"
COMMON = "../../../../../common-types/v6/types.json#/"
TEXT: Json = {"type": "string"}


def ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def extensible(name: str, *values: str) -> Json:
    """An enum as TypeSpec writes a union of words."""
    named = [{"name": value.title(), "value": value, "description": value} for value in values]
    facts = {"name": name, "modelAsString": True, "values": named}
    return {"type": "string", "enum": list(values), "x-ms-enum": facts}


DEFINITIONS: Json = {
    "AmlComputeProperties": {
        "type": "object",
        "properties": {
            "vmSize": {**TEXT, "x-ms-mutability": ["read", "create"]},
            "scaleSettings": ref("Azure.Core.ScaleSettings"),
            "vmPriority": {
                "$ref": "#/definitions/VmPriority",
                "description": "reference beside text",
            },
            "nodeStateCounts": {"type": "object", "readOnly": True},
            "newThing": {"type": "boolean"},
        },
    },
    "Azure.Core.ScaleSettings": {
        "type": "object",
        "required": ["maxNodeCount"],
        "properties": {
            "maxNodeCount": {"type": "integer", "format": "int32"},
            "minNodeCount": {"type": "integer", "format": "int32", "default": 0},
            "nodeIdleTimeBeforeScaleDown": {"type": "string", "format": "duration"},
        },
    },
    "VmPriority": extensible("VmPriority", "Dedicated", "LowPriority", "Spot"),
    "ComputeKind": extensible("ComputeType", "AmlCompute", "Quantum"),
    "ComputeProperties": {
        "type": "object",
        "discriminator": "computeType",
        "required": ["computeType"],
        "properties": {
            "computeType": ref("ComputeKind"),
            "computeLocation": TEXT,
            "description": TEXT,
            "resourceId": {**TEXT, "x-nullable": True},
            "disableLocalAuth": {"type": "boolean"},
        },
    },
    "AmlCluster": {
        "type": "object",
        "properties": {"properties": ref("AmlComputeProperties")},
        "allOf": [ref("ComputeProperties")],
        "x-ms-discriminator-value": "AmlCompute",
    },
    "ComputeResourceBase": {
        "type": "object",
        "properties": {
            "properties": ref("ComputeProperties"),
            "location": TEXT,
            "tags": {"type": "object", "additionalProperties": TEXT},
        },
        "allOf": [{"$ref": COMMON + "definitions/ProxyResource"}],
    },
}
PARAMETERS: list[Json] = [
    {"$ref": COMMON + "parameters/ApiVersionParameter"},
    {"name": "computeName", "in": "path", "required": True, "type": "string"},
]
PATH = "/workspaces/w/computes/{computeName}"
ANSWER: Json = {"description": "ARM operation completed", "schema": ref("ComputeResourceBase")}
BODY: Json = {
    "name": "resource",
    "in": "body",
    "required": True,
    "schema": ref("ComputeResourceBase"),
}
DOCUMENT = swagger(
    definitions=DEFINITIONS,
    paths={
        PATH: {
            "get": operation("Compute_Get", parameters=PARAMETERS, responses={"200": ANSWER}),
            "put": operation(
                "Compute_CreateOrUpdate",
                parameters=[*PARAMETERS, BODY],
                responses={
                    "200": ANSWER,
                    "201": {
                        **ANSWER,
                        "headers": {"Retry-After": {"type": "integer", "format": "int32"}},
                    },
                },
                **{
                    "x-ms-long-running-operation": True,
                    "x-ms-long-running-operation-options": {
                        "final-state-via": "azure-async-operation",
                        "final-state-schema": "#/definitions/ComputeResourceBase",
                    },
                    "x-ms-examples": {"Create": {"$ref": "./examples/Compute/createOrUpdate.json"}},
                },
            ),
        }
    },
    **{"x-typespec-generated": [{"emitter": "@azure-tools/typespec-autorest"}], "tags": []},
)
TYPES = swagger(
    definitions={
        "Resource": {
            "type": "object",
            "properties": {
                "id": {**TEXT, "readOnly": True},
                "systemData": {**TEXT, "readOnly": True},
            },
        },
        "ProxyResource": {"type": "object", "allOf": [ref("Resource")]},
    },
    paths={},
    parameters={
        "ApiVersionParameter": {
            "name": "api-version",
            "in": "query",
            "required": True,
            "type": "string",
            "minLength": 1,
            "x-ms-parameter-location": "client",
        }
    },
)
