"""What the templates need to know of every operation: the operation table and its functions."""

from __future__ import annotations

from collections.abc import Iterator

from openapi_python_client.strings import PythonIdentifier

from codegen_steps.identifiers import ARGUMENT_NAMES, PREFIX, field_name
from codegen_steps.lower_models import SCALARS, Json, Models, pascal
from codegen_steps.problems import CodegenError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
COLLECTIONS = {
    ("form", False): "csv",
    ("simple", False): "csv",
    ("form", True): "multi",
    ("spaceDelimited", False): "ssv",
    ("pipeDelimited", False): "pipes",
}
PARAMETERS = "#/components/parameters/"
LIMITS = ("pattern", "minimum", "maximum", "minLength", "maxLength", "default")


def operations(document: Json, models: Models) -> list[Json]:
    """Returns the facts of every operation, sorted by id.

    Raises:
        CodegenError: Two operations would become one Python function.
    """
    found = [_operation(document, models, *entry) for entry in _entries(document)]
    found.sort(key=lambda facts: str(facts["id"]))
    places: dict[tuple[str, str], str] = {}
    for facts in found:
        known = places.setdefault((facts["tag"], facts["module"]), facts["id"])
        if known != facts["id"]:
            raise CodegenError(f"operations {known} and {facts['id']} have the same Python name.")
    return found


def _entries(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _operation(document: Json, models: Models, path: str, method: str, operation: Json) -> Json:
    name = str(operation["operationId"])
    tag, _, function = name.rpartition("_")
    body = operation.get("requestBody", {})
    return {
        "id": name,
        "tag": str(PythonIdentifier(tag or "default", "tag")),
        "function": function,
        "module": str(PythonIdentifier(function, PREFIX)),
        "method": method.upper(),
        "path": path,
        "parameters": _parameters(document, models, operation, name),
        "body": _content_kind(body, models, name, "Body"),
        "body_required": bool(body.get("required")),
        "content_type": next(iter(body.get("content", {})), None),
        "responses": {
            int(status): _content_kind(response, models, name, f"Response{status}")
            for status, response in operation["responses"].items()
            if status.isdigit() and status.startswith("2")
        },
        "error": _content_kind(operation["responses"].get("default", {}), models, name, "Error"),
        "long_running": _long_running(operation),
        "pageable": _pageable(operation),
    }


def _content_kind(holder: Json, models: Models, owner: str, role: str) -> str | None:
    for content in holder.get("content", {}).values():
        return models.kind(content.get("schema", {}), pascal(*owner.split("_")), role)
    return None


def _long_running(operation: Json) -> Json | None:
    if not operation.get("x-ms-long-running-operation"):
        return None
    options = operation.get("x-ms-long-running-operation-options", {})
    return {"final_state_via": options.get("final-state-via")}


def _pageable(operation: Json) -> Json | None:
    facts = operation.get("x-ms-pageable")
    if facts is None:
        return None
    return {
        "item_name": facts.get("itemName", "value"),
        "next_link_name": facts.get("nextLinkName"),
    }


def _parameters(document: Json, models: Models, operation: Json, owner: str) -> list[Json]:
    found: list[Json] = []
    for entry in operation.get("parameters", []):
        name = entry.get("$ref", "").removeprefix(PARAMETERS)
        parameter = document["components"]["parameters"][name] if name else entry
        found.append(_parameter(parameter, models, owner))
    given: list[str] = []
    for facts in found:
        # requests take both names, so no Python name may be another's name on the wire
        taken = given + [other["name"] for other in found if other is not facts]
        facts["python_name"] = field_name(facts["name"], taken, ARGUMENT_NAMES)
        given.append(facts["python_name"])
    return found


def _parameter(parameter: Json, models: Models, owner: str) -> Json:
    schema = parameter.get("schema", {})
    item = schema.get("items", {}) if schema.get("type") == "array" else schema
    style = (parameter.get("style", "form"), bool(parameter.get("explode", True)))
    is_list = schema.get("type") == "array"
    kind = models.kind(item, pascal(*owner.split("_")), pascal(parameter["name"].strip("$")))
    return {
        "name": parameter["name"],
        "location": parameter["in"],
        "required": bool(parameter.get("required")),
        "kind": kind if kind.startswith("enum[") or kind in SCALARS.values() else "str",
        "collection": COLLECTIONS[style] if is_list else None,
        "enum": list(item.get("enum", [])),
        "open_enum": bool(item.get("x-ms-enum", {}).get("modelAsString", True)),
        "unescaped": bool(parameter.get("x-ms-skip-url-encoding")),
        "limits": {name: schema[name] for name in LIMITS if name in schema},
    }
