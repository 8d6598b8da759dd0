"""Operations as the templates need them: the operation table and its functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from openapi_python_client.strings import PythonIdentifier

from codegen_steps import pinned_document
from codegen_steps.emit.identifiers import ARGUMENT_NAMES, PREFIX, allocate, field_name
from codegen_steps.emit.lower_models import SCALARS, pascal
from codegen_steps.pinned_document import Json

COLLECTIONS = {
    ("form", False): "csv",
    ("simple", False): "csv",
    ("form", True): "multi",
    ("spaceDelimited", False): "ssv",
    ("pipeDelimited", False): "pipes",
}
LIMITS = ("pattern", "minimum", "maximum", "minLength", "maxLength", "default")


class Kinds(Protocol):
    """The types of a document's schemas, such as `lower_models.Models`."""

    models: dict[str, Json]

    def kind(self, schema: Json, owner: str, wire: str) -> str:
        """Return the type expression of a schema."""


def operations(document: Json, models: Kinds) -> list[Json]:
    """Return every operation, sorted by identifier."""
    found = [_operation(document, models, *entry) for entry in pinned_document.operations(document)]
    found.sort(key=lambda facts: str(facts["id"]))
    taken: dict[str, list[str]] = {}
    for facts in found:
        modules = taken.setdefault(facts["tag"], [])
        facts["module"] = allocate(facts["module"], modules)
        modules.append(facts["module"])
    return found


def _operation(document: Json, models: Kinds, method: str, path: str, operation: Json) -> Json:
    name = str(operation["operationId"])
    tag, _, function = name.strip("_").rpartition("_")
    body = operation.get("requestBody", {})
    responses = {
        int(status): _content_kind(response, models, name, f"Response{status}")
        for status, response in operation["responses"].items()
        if status.isdigit() and status.startswith("2")
    }
    pageable = _pageable(operation)
    return {
        "id": name,
        "tag": str(PythonIdentifier(tag or "default", "tag")),
        "module": str(PythonIdentifier(function, PREFIX)),
        "method": method.upper(),
        "path": path,
        "parameters": _parameters(document, models, operation, name),
        "body": _content_kind(body, models, name, "Body"),
        "body_required": bool(body.get("required")),
        "content_type": _media_type(body),
        "responses": responses,
        "error": _content_kind(operation["responses"].get("default", {}), models, name, "Error"),
        "long_running": _long_running(operation),
        "pageable": pageable,
        "item": _item(models, responses.values(), pageable["item_name"]) if pageable else None,
    }


def _content_kind(holder: Json, models: Kinds, owner: str, role: str) -> str | None:
    media_type = _media_type(holder)
    if media_type is None:
        return None
    if "json" not in media_type:
        return "text" if media_type.startswith("text/") else "bytes"
    schema = holder["content"][media_type].get("schema", {})
    return models.kind(schema, pascal(*owner.split("_")), role)


def _media_type(holder: Json) -> str | None:
    """Return the media type to use: JSON where the document allows it."""
    content = holder.get("content", {})
    return next((name for name in content if "json" in name), next(iter(content), None))


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


def _item(models: Kinds, pages: Iterable[str | None], item_name: str) -> str:
    """Return the type expression of a page's items; any JSON where it is not documented."""
    for page in pages:
        for entry in models.models.get(page or "", {}).get("all", {}).values():
            if entry["wire"] == item_name and entry["kind"].startswith("list["):
                return str(entry["kind"])[len("list[") : -1]
    return "any"


def _parameters(document: Json, models: Kinds, operation: Json, owner: str) -> list[Json]:
    parameters = pinned_document.parameters(document, operation)
    found = [_parameter(parameter, models, owner) for parameter in parameters]
    given: list[str] = []
    for facts in found:
        # requests accept both names, so a Python name must not equal another wire name
        taken = given + [other["name"] for other in found if other is not facts]
        facts["python_name"] = field_name(facts["name"], taken, ARGUMENT_NAMES)
        given.append(facts["python_name"])
    return found


def _parameter(parameter: Json, models: Kinds, owner: str) -> Json:
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
