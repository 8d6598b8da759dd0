"""Reads facts from a pinned document, by what docs/design/0006-pinned-document.md promises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from codegen_steps import pinned_document
from codegen_steps.pinned_document import SCHEMAS, Json
from codegen_steps.verify.facts import Fact, Facts, fact, path_step, pointer_steps, schema_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDED = {"x-amlrest-base", "x-amlrest-fields", "x-amlrest-source", "oneOf", "anyOf"}


class PinnedReader:
    """Reads facts from a pinned document."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self.schemas: dict[str, Json] = document["components"]["schemas"]

    def definitions(self) -> Iterator[tuple[str, Facts, Facts]]:
        """Yield source name, facts and pinned discriminator values of each definition."""
        for name, facts, pins in self.components():
            yield self.source_name(name), facts, pins

    def components(self) -> Iterator[tuple[str, Facts, Facts]]:
        """Yield pinned name, facts and pinned discriminator values of each definition."""
        for name, schema in self.schemas.items():
            if "x-amlrest-base" in schema:
                continue
            facts = set(self._schema(schema, ""))
            stated = schema
            if fields := schema.get("x-amlrest-fields"):
                stated = self.schemas[fields.removeprefix(SCHEMAS)]
                facts |= set(self._schema(stated, ""))
            yield name, frozenset(facts), frozenset(self._pins(stated, facts))

    def operations(self) -> Iterator[tuple[str, Facts]]:
        """Yield ``method path`` in lower case and the facts of each operation."""
        for method, path, operation in pinned_document.operations(self._document):
            yield f"{method} {path}".lower(), frozenset(self._operation(operation))

    def mapping(self, base: str) -> dict[str, str]:
        """Return the subtypes of a base by discriminator value."""
        discriminator = self.schemas.get(base, {}).get("discriminator", {})
        return {
            value: target.removeprefix(SCHEMAS)
            for value, target in discriminator.get("mapping", {}).items()
        }

    def source_name(self, name: str) -> str:
        """Return the name of a schema in the official documents."""
        schema = self.schemas.get(name, {})
        if "x-amlrest-base" in schema:
            return self.source_name(schema["x-amlrest-base"].removeprefix(SCHEMAS))
        origin = schema.get("x-amlrest-source", "")
        return pointer_steps(origin)[-1] if origin else name

    def _pins(self, schema: Json, facts: set[Fact]) -> Iterator[Fact]:
        fields = set(self._inherited(schema))
        for one in facts:
            if one.path in {f".{path_step(name)}" for name in fields}:
                yield one
            if one.keyword in {"required", "discriminator"} and json.loads(one.value) in fields:
                yield one

    def _inherited(self, schema: Json) -> Iterator[str]:
        for part in schema.get("allOf", []):
            if "$ref" in part:
                parent = self.schemas[part["$ref"].removeprefix(SCHEMAS)]
                base = parent.get("x-amlrest-base", "").removeprefix(SCHEMAS)
                if base:
                    yield self.schemas[base]["discriminator"]["propertyName"]
                yield from self._inherited(parent)

    def _operation(self, operation: Json) -> Iterator[Fact]:
        for name, value in operation.items():
            if name in {"operationId", "deprecated", "tags"} or name.startswith("x-"):
                yield fact("", name, value)
        for parameter in pinned_document.parameters(self._document, operation):
            yield from self._parameter(parameter)
        if "requestBody" in operation:
            yield from self._body(operation["requestBody"])
        for status, response in operation["responses"].items():
            yield from self._response(response, f"response {status}")

    def _parameter(self, parameter: Json) -> Iterator[Fact]:
        where = f"{parameter['in']}:{parameter['name']}"
        yield fact(where, "needed", bool(parameter.get("required")))
        if "style" in parameter:
            yield fact(where, "style", f"{parameter['style']},{str(parameter['explode']).lower()}")
        yield from self._schema(parameter["schema"], where)
        done = {"name", "in", "required", "schema", "style", "explode"}
        yield from (
            fact(where, name, value) for name, value in parameter.items() if name not in done
        )

    def _body(self, body: Json) -> Iterator[Fact]:
        if "x-ms-requestBody-name" not in body:
            return
        yield fact("body", "name", body["x-ms-requestBody-name"])
        yield fact("body", "needed", bool(body.get("required")))
        for kind, content in body["content"].items():
            yield from self._schema(content["schema"], f"body {kind}")

    def _response(self, response: Json, where: str) -> Iterator[Fact]:
        yield fact(where, "stated", True)
        for kind, content in response.get("content", {}).items():
            yield from self._schema(content["schema"], f"{where} {kind}")
        for name, header in response.get("headers", {}).items():
            yield from self._schema(header["schema"], f"{where} header {name}")

    def _schema(self, schema: Json, where: str) -> Iterator[Fact]:
        def keyword(name: str, value: Any, at: str) -> Iterator[Fact] | None:
            if name in ADDED:
                return iter(())
            if name == "$ref":
                target = self.source_name(value.removeprefix(SCHEMAS))
                return iter([fact(at, "ref", target)])
            if name == "discriminator":
                return iter([fact(at, "discriminator", value["propertyName"])])
            if name in {"x-discriminator", "x-pattern"}:
                return iter([fact(at, name.removeprefix("x-"), value)])
            if name == "x-additional-properties":
                return iter([fact(at, "closed", True)])
            return None

        return schema_facts(schema, where, keyword)
