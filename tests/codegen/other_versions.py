"""An upstream tree of our own with what other API versions have and the pinned one lacks.

Two documents and a shared one: several parents, subtypes of subtypes, one discriminator value for
two subtypes, names that differ in case only, bodies that are no JSON, and so on.
"""

from __future__ import annotations

from typing import Any

from tests.codegen.swagger import operation, swagger

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "format": "int64"}
SHARED = "../../../../../common-types/v5/types.json#/definitions/"
NAMES = (
    *("additionalProperties", "additional_properties", "from_dict", "toDict", "_raw", "_tree"),
    *(
        "self",
        "cls",
        "class",
        "None",
        "type",
        "__init__",
        "__slots__",
        "1st",
        "$ref",
        "@odata.type",
    ),
    *("-x", "", "a b", "a.b", "a-b", 'quo"te', "back\\slash", '"""', "{{ braces }}", "naïve"),
)


def ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def base(field: str, /, **properties: Any) -> Json:
    kind = {"type": "object", "discriminator": field, "required": [field]}
    return {**kind, "properties": {field: TEXT, **properties}}


def child(value: Any, /, *parents: str, **properties: Any) -> Json:
    extends = {"type": "object", "allOf": [ref(parent) for parent in parents]}
    return {**extends, "properties": properties, "x-ms-discriminator-value": value}


def many(item: Json) -> Json:
    return {"type": "array", "items": item}


def by_name(item: Json) -> Json:
    return {"type": "object", "additionalProperties": item}


def enum(*values: Any, **facts: Any) -> Json:
    return {"type": "string", "enum": list(values), "x-ms-enum": {"modelAsString": True, **facts}}


UNIONS: Json = {
    # a union in a union, with a parent that only adds fields
    "JobBase": base("jobType", note=TEXT, inputs=by_name({**ref("JobInput"), "x-nullable": True})),
    "AutoMLJob": child("AutoML", "JobBase", task=ref("AutoMLVertical")),
    "AutoMLVertical": base("taskType", target=TEXT),
    "TableVertical": {"type": "object", "properties": {"folds": many(many(COUNT))}},
    "Forecasting": child("Forecasting", "TableVertical", "AutoMLVertical", horizon=ref("Horizon")),
    "Classification": child("Classification", "AutoMLVertical", "TableVertical", label=TEXT),
    "Horizon": base("mode"),
    "AutoHorizon": child("Auto", "Horizon"),
    "CustomHorizon": child("Custom", "Horizon", value=COUNT),
    # one value for two subtypes, and parents in both orders
    "JobInput": base("jobInputType"),
    "AssetInput": {"type": "object", "required": ["uri"], "properties": {"uri": TEXT}},
    "FolderInput": child("uri_folder", "JobInput", "AssetInput"),
    "FileInput": child("uri_file", "AssetInput", "JobInput", mode=TEXT),
    "ImportedFolder": child("uri_folder", "JobInput", "AssetInput", origin=TEXT, more=COUNT),
    # a subtype of a subtype, without a discriminator of its own
    "Endpoint": base("kind"),
    "Regional": {"allOf": [ref("Endpoint")], "properties": {"region": TEXT}},
    "Online": child("Online", "Regional", scale=COUNT),
    "Batch": child("Batch", "Regional"),
    # values that differ in case only, values that are no words, a field with a dot
    "Auth": base("odata.type"),
    "AuthKey": child("Key", "Auth", old=TEXT),
    "AuthKEY": child("KEY", "Auth", new=TEXT),
    "AuthHash": child("#Microsoft.Auth", "Auth"),
    "AuthQuoted": child('"""', "Auth"),
    "AuthTrue": child("True", "Auth"),
    # a subtype that demands, or narrows, what its base only offers
    "Store": base("storeType", path=TEXT, facts={"type": "object"}),
    "StrictStore": {**child("Strict", "Store"), "required": ["path"]},
    "NarrowStore": child("Narrow", "Store", facts=ref("AssetInput")),
    "Childless": base("which", size=COUNT),
}
SHAPES: Json = {
    "Color": enum("red", "Red", "", name="Color"),
    "Tint": {"allOf": [ref("Color")]},
    "Label": {"type": "string", "minLength": 1},
    "Caption": {"allOf": [ref("Label")], "description": "a caption"},
    "Level": {"type": "integer", "enum": [1, 2], "x-ms-enum": {"name": "Level"}},
    "Odd": enum(
        "1", "-1", "a-b", "a_b", "mro", "name", "None", "\n", "'", '"""', "{{ x }}", "日本"
    ),
    "Named": enum("a", "b", name="Named", values=[{"value": v, "name": "Same"} for v in "ab"]),
    "Tree": by_name(ref("Tree")),
    "Nest": many(ref("Nest")),
    "Deep": by_name(many(by_name({"type": "object", "properties": {"leaf": ref("Horizon")}}))),
    "compute": {"type": "object", "properties": {"lower": TEXT}},
    "Compute": {"type": "object", "properties": {"title": TEXT}},
    "COMPUTE": {"type": "object", "properties": {"upper": TEXT}},
    "PagedResult[Job]": {"type": "object", "properties": {"value": many(ref("JobBase"))}},
    "Jobs.Get": {"type": "object", "properties": {"any": {}}},
    **{name: {"type": "object", "properties": {"x": COUNT}} for name in ("Model", "List", "Any")},
    "Unset": {"type": "object", "properties": {"field": ref("Model")}},
    "Awkward": {"type": "object", "properties": dict.fromkeys(NAMES, TEXT)},
    "Needy": {
        "type": "object",
        "required": ["additionalProperties", "self", "stamp"],
        "properties": {
            "additionalProperties": by_name(TEXT),
            "self": TEXT,
            "stamp": {"type": "string", "format": "date-time", "readOnly": True},
        },
    },
    "Everything": {
        "type": "object",
        "properties": {
            **{
                name.lower(): {"$ref": f"#/definitions/{name}", "description": "see there"}
                for name in (*UNIONS, "Color", "Tint", "Label", "Caption", "Level", "Odd", "Named")
            },
            **{name.lower(): ref(name) for name in ("Tree", "Nest", "Deep", "Needy", "Awkward")},
            "percent": {"$ref": "#/definitions/PagedResult%5BJob%5D"},
            "elsewhere": {"$ref": SHARED + "SystemData"},
            "sameFile": {"$ref": "./machineLearningServices.json#/definitions/Compute"},
            "inside": ref("Everything/properties/inline"),
            "inline": {"properties": {"odd": {"type": "boolean", "enum": [True]}}},
            "pattern": {"type": "string", "pattern": "^(?:" + "a|" * 2000 + "b)$"},
            "unicode": {"type": "string", "pattern": r"^\p{L}+$"},
            "huge": {"type": "number", "format": "decimal", "maximum": 10**40, "default": "7"},
            "open": {"properties": {"x": TEXT}, "additionalProperties": ref("JobBase")},
            "free": {"type": "object", "additionalProperties": {}},
            "unions": by_name(many(ref("JobInput"))),
        },
    },
}
PATH_ID: Json = {"name": "id", "in": "path", "required": True, "type": "string"}


def answer(schema: Json | None = None) -> Json:
    return {"200": {"description": "fine"} | ({"schema": schema} if schema else {})}


def body(schema: Json) -> Json:
    return {"name": "body", "in": "body", "required": True, "schema": schema}


def query(name: str, /, **facts: Any) -> Json:
    return {"name": name, "in": "query", "type": "string", **facts}


def lists() -> list[Json]:
    kinds = ("csv", "multi", "ssv", "pipes")
    return [query(k, type="array", items=TEXT, collectionFormat=k) for k in kinds]


PATHS: Json = {
    "/jobs/{id}": {
        "parameters": [PATH_ID],
        "get": operation("Jobs_Get", responses=answer(ref("JobBase"))),
        "put": operation(
            "Jobs_Put", parameters=[body(ref("JobBase"))], responses=answer(ref("JobBase"))
        ),
        "delete": operation("jobs_get"),
    },
    "/jobs/{id}/log": {
        "get": operation(
            "Jobs_Log",
            parameters=[PATH_ID],
            produces=["application/octet-stream"],
            responses=answer({"type": "file"}),
        ),
        "put": operation(
            "Jobs_Note",
            parameters=[PATH_ID, body(TEXT)],
            consumes=["text/plain"],
            produces=["text/plain"],
            responses=answer(TEXT),
        ),
    },
    "/names/{id}/{client}/{n}": {
        "get": operation(
            "Names_",
            parameters=[
                *(
                    PATH_ID,
                    {**PATH_ID, "name": "client"},
                    {**PATH_ID, "name": "n", "type": "integer"},
                ),
                *(query("id"), query("body"), query("$filter"), query("filter"), query("self")),
                *(query("flag", type="boolean"), *lists()),
                {"name": "n", "in": "header", "type": "string"},
            ],
        )
    },
    "/unnamed": {"get": {"responses": {"200": {"description": "x"}, "499": {"description": "y"}}}},
    "/plain": {
        "patch": operation(
            "Plain_Patch",
            parameters=[body(ref("Compute"))],
            consumes=["application/xml", "application/merge-patch+json"],
            responses={
                "200": {"description": "x", "schema": ref("Deep")},
                "202": {"description": "x"},
            },
            **{
                "x-ms-long-running-operation": True,
                "x-ms-long-running-operation-options": {"final-state-via": "operation-location"},
                "x-ms-pageable": {"nextLinkName": None},
            },
        )
    },
}
TYPES: Json = {
    "SystemData": {"properties": {"createdBy": TEXT, "by": ref("Who")}},
    "Who": enum("User", "Key", name="createdByType"),
    "Unused": {"properties": {"x": TEXT}},
}
SERVICES = swagger(definitions=UNIONS | SHAPES, paths=PATHS)
MFE = swagger(
    definitions={
        "Compute": {"type": "object", "properties": {"other": COUNT}},
        "Holder": {"type": "object", "properties": {"compute": ref("Compute")}},
    },
    paths={"/holders": {"get": operation("Holders_Get", responses=answer(ref("Holder")))}},
)
COMMON = swagger(definitions=TYPES, paths={})
