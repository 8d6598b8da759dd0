"""Conversion of Swagger 2.0 operations, parameters and responses to OpenAPI 3.0."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from codegen_steps.pin.schema_converter import PROSE, Json, extensions
from codegen_steps.pin.sources import pointer_tokens
from codegen_steps.problems import Place, expect_list, expect_object

if TYPE_CHECKING:
    from codegen_steps.pin.components import Collector

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
LIST_STYLES: dict[str, dict[str, tuple[str, bool]]] = {
    "csv": {
        "query": ("form", False),
        "path": ("simple", False),
        "header": ("simple", False),
    },
    "multi": {"query": ("form", True)},
    "ssv": {"query": ("spaceDelimited", False)},
    "pipes": {"query": ("pipeDelimited", False)},
}
OF_THE_PARAMETER = frozenset(
    ["name", "in", "required", "collectionFormat", "allowEmptyValue", "schema", "deprecated"]
)
OF_THE_SCHEMA = frozenset(("x-ms-enum", "x-nullable"))
TEMPLATE = re.compile(r"\{([^{}]*)\}")


class OperationConverter:
    """Converts the paths of the version's own documents."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._sources = collector.sources
        self._decisions = collector.sources.decisions
        self.parameters: dict[Place, Json] = {}
        self.paths: dict[str, Json] = {}
        self._origins: dict[tuple[str, str], Place] = {}
        self._ids: dict[str, Place] = {}

    def convert(self) -> None:
        """Convert every shared parameter and every operation."""
        for place, value in self._collector.own("parameters"):
            if expect_object(value, place).get("in") not in {"body", "formData"}:
                self.parameters[place] = self._parameter(value, place)
        for section in ("paths", "x-ms-paths"):
            for place, item in self._collector.own(section):
                if not pointer_tokens(place.pointer)[-1].startswith("x-"):
                    self._path_item(expect_object(item, place), place)

    def _path_item(self, item: Json, place: Place) -> None:
        if "$ref" in item:
            value, place = self._collector.follow(item, place)
            item = expect_object(value, place)
        for method, value in item.items():
            if method in METHODS:
                operation = expect_object(value, place.at(method))
                self._add(method, operation, item.get("parameters", []), place)
            elif method != "parameters" and not method.startswith("x-"):
                place.at(method).refuse("not an HTTP method that OpenAPI supports.")

    def _add(self, method: str, operation: Json, shared: Any, place: Place) -> None:
        at = place.at(method)
        parameters = self._parameters(operation, shared, at, place)
        path = self._checked_path(pointer_tokens(place.pointer)[-1], parameters, at)
        converted = self._operation(method, path, operation, parameters, at)
        item = self.paths.setdefault(self._base_path(at) + path, {})
        known = self._origins.setdefault((path, method), at)
        if known != at and item[method] != converted:
            at.refuse(f"this operation has another definition at {known}.")
        if self._ids.setdefault(converted["operationId"], known) != known:
            at.refuse(
                f"operationId {converted['operationId']} is already used at "
                f"{self._ids[converted['operationId']]}."
            )
        item[method] = converted

    def _base_path(self, at: Place) -> str:
        document = self._document(at)
        return str(document.get("basePath", "")).rstrip("/")

    def _document(self, at: Place) -> Json:
        return next(
            self._sources.document(key)
            for key in self._sources.parsed
            if self._sources.place(key).document == at.document
        )

    def _operation(
        self,
        method: str,
        path: str,
        operation: Json,
        parameters: list[tuple[Json, Place]],
        at: Place,
    ) -> Json:
        converted: Json = {
            **self._tags(operation, at),
            "operationId": operation.get("operationId") or self._default_id(method, path, at),
        }
        converted["parameters"] = [
            self._written(parameter, place)
            for parameter, place in parameters
            if parameter.get("in") not in {"body", "formData"}
        ]
        converted |= self._body(operation, parameters, at)
        responses = expect_object(operation.get("responses", {}), at.at("responses"))
        if not responses:
            at.refuse("an operation needs at least one response.")
        converted["responses"] = {
            status: self._response(status, value, operation, at.at("responses", status))
            for status, value in sorted(responses.items())
            if not status.startswith("x-")
        }
        return converted | self._rest(operation, at)

    def _tags(self, operation: Json, at: Place) -> Json:
        return (
            {"tags": expect_list(operation["tags"], at.at("tags"))} if "tags" in operation else {}
        )

    def _rest(self, operation: Json, at: Place) -> Json:
        done = {"tags", "operationId", "parameters", "responses", "consumes", "produces", "schemes"}
        kept = extensions(operation)
        for name, value in operation.items():
            if name in {"deprecated", "security"}:
                kept[name] = value
            elif not name.startswith("x-") and name not in done | PROSE:
                self._decisions.note(at, f"unknown key {name!r}; dropped")
        return kept

    def _default_id(self, method: str, path: str, at: Place) -> str:
        words = re.findall(r"[A-Za-z0-9]+", path.rsplit("/providers/", maxsplit=1)[-1])
        name = f"{method.capitalize()}_" + "".join(word[0].upper() + word[1:] for word in words)
        self._decisions.note(at, f"has no operationId; named {name}")
        return name

    # parameters ------------------------------------------------------------

    def _parameters(
        self, operation: Json, shared: Any, at: Place, item: Place
    ) -> list[tuple[Json, Place]]:
        """Return the parameters and their places; the operation's own take precedence."""
        found: dict[tuple[str, str], tuple[Json, Place]] = {}
        own = operation.get("parameters", [])
        for values, place in ((shared, item), (own, at)):
            for index, value in enumerate(expect_list(values, place.at("parameters"))):
                parameter, origin = self._collector.follow(value, place.at("parameters", index))
                parameter = expect_object(parameter, origin)
                self._check(parameter, origin)
                found[parameter["in"], parameter["name"]] = parameter, origin
        return list(found.values())

    def _check(self, parameter: Json, place: Place) -> None:
        if parameter.get("in") not in {"path", "query", "header", "body", "formData"}:
            place.refuse("'in' must be path, query, header, body or formData.")
        if not isinstance(parameter.get("name"), str) or not parameter["name"]:
            place.refuse("a parameter needs a name.")

    def _checked_path(self, path: str, parameters: list[tuple[Json, Place]], at: Place) -> str:
        """Return the path with its placeholders spelled like the parameters."""
        declared = {p["name"].lower(): p["name"] for p, _ in parameters if p["in"] == "path"}
        for name in TEMPLATE.findall(path):
            if name.lower() not in declared:
                at.refuse(f"{{{name}}} in the path is not a parameter of the operation.")
            spelled = declared[name.lower()]
            if spelled != name:
                self._decisions.note(at, f"the path spells {spelled!r} as {name!r}; corrected")
                path = path.replace(f"{{{name}}}", f"{{{spelled}}}")
        return path

    def _written(self, parameter: Json, place: Place) -> Json:
        """Return a reference to a shared parameter, or the parameter itself."""
        if pointer_tokens(place.pointer)[:1] != ["parameters"]:
            return self._parameter(parameter, place)
        if place not in self.parameters:
            self.parameters[place] = self._parameter(parameter, place)
        return {"$ref": str(place)}

    def _parameter(self, value: Any, place: Place) -> Json:
        parameter = expect_object(value, place)
        self._check(parameter, place)
        converted: Json = {"name": parameter["name"], "in": parameter["in"]}
        if parameter.get("required") or parameter["in"] == "path":
            converted["required"] = True
        for name in ("allowEmptyValue", "deprecated"):
            if name in parameter:
                converted[name] = parameter[name]
        converted |= self._style(parameter, place)
        converted["schema"] = self._simple_schema(parameter, place)
        return converted | extensions(parameter, OF_THE_SCHEMA)

    def _simple_schema(self, value: Json, place: Place) -> Json:
        """Return the schema that Swagger 2.0 writes into the parameter or header itself."""
        facts = {
            name: fact
            for name, fact in value.items()
            if name in OF_THE_SCHEMA or (name not in OF_THE_PARAMETER and not name.startswith("x-"))
        }
        return self._collector.converter.convert(facts, place)

    def _style(self, parameter: Json, place: Place) -> Json:
        if parameter.get("type") != "array":
            return {}
        collection = parameter.get("collectionFormat", "csv")
        style = LIST_STYLES.get(collection, {}).get(parameter["in"])
        if style is None:
            place.refuse(f"OpenAPI 3 has no {collection!r} lists in {parameter['in']}.")
        return {"style": style[0], "explode": style[1]}

    # bodies and responses --------------------------------------------------

    def _media(self, kind: str, operation: Json, at: Place) -> list[str]:
        types = operation.get(kind) or self._document(at).get(kind) or ["application/json"]
        return [str(name) for name in expect_list(types, at.at(kind))]

    def _body(self, operation: Json, parameters: list[tuple[Json, Place]], at: Place) -> Json:
        bodies = [entry for entry in parameters if entry[0]["in"] == "body"]
        forms = [entry for entry in parameters if entry[0]["in"] == "formData"]
        if len(bodies) > 1 or (bodies and forms):
            at.at("parameters").refuse("an operation can have only one body.")
        if forms:
            return {"requestBody": self._form(operation, forms, at)}
        if not bodies:
            return {}
        parameter, place = bodies[0]
        schema = self._collector.converter.convert(parameter.get("schema"), place.at("schema"))
        body: Json = {
            "content": {name: {"schema": schema} for name in self._media("consumes", operation, at)}
        }
        if parameter.get("required"):
            body["required"] = True
        body["x-ms-requestBody-name"] = parameter["name"]
        return {"requestBody": body | extensions(parameter)}

    def _form(self, operation: Json, forms: list[tuple[Json, Place]], at: Place) -> Json:
        fields = {p["name"]: self._simple_schema(p, place) for p, place in forms}
        schema: Json = {"type": "object", "properties": fields}
        if required := [p["name"] for p, _ in forms if p.get("required")]:
            schema["required"] = required
        files = any(p.get("type") == "file" for p, _ in forms)
        kind = "multipart/form-data" if files else "application/x-www-form-urlencoded"
        stated = [name for name in self._media("consumes", operation, at) if "form" in name]
        return {"content": {name: {"schema": schema} for name in stated or [kind]}}

    def _response(self, status: str, value: Any, operation: Json, at: Place) -> Json:
        value, place = self._collector.follow(value, at)
        response = expect_object(value, place)
        converted: Json = {"description": _reason(status, at)}
        if "headers" in response:
            headers = expect_object(response["headers"], place.at("headers"))
            converted["headers"] = {
                name: self._header(header, place.at("headers", name))
                for name, header in sorted(headers.items())
            }
        if "schema" in response:
            converted["content"] = self._content(response["schema"], operation, place, at)
        return converted | extensions(response)

    def _content(self, schema: Any, operation: Json, place: Place, at: Place) -> Json:
        converted = self._collector.converter.convert(schema, place.at("schema"))
        types = self._media("produces", operation, at)
        if converted.get("format") == "binary" and types == ["application/json"]:
            types = ["application/octet-stream"]
        return {name: {"schema": converted} for name in types}

    def _header(self, value: Any, place: Place) -> Json:
        header = expect_object(value, place)
        schema = self._simple_schema(header, place)
        return {"schema": schema, **extensions(header, OF_THE_SCHEMA)}


def _reason(status: str, at: Place) -> str:
    if status == "default":
        return "Error"
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        if re.fullmatch("[1-5][0-9]{2}", status):
            return f"Status {status}"
        at.refuse(f"{status!r} is not an HTTP status.")
