"""Every operation and every definition of the official documents is in the generated client."""

from __future__ import annotations

import inspect
from typing import Any

import attrs
import pytest

from tests.conformance.reading import class_name
from tests.official import Node

pytestmark = pytest.mark.slow


def wires(model: Any) -> set[str]:
    return {
        field.wire for base in model.__mro__ for field in vars(base).get("_fields", {}).values()
    }


def test_every_operation_is_in_the_table(client: Any, tell: Any) -> None:
    official = client.official.operations
    assert set(client.operations) == set(official)
    for name, operation in official.items():
        table = client.operations[name]
        assert (table.method, table.path) == (operation.method, operation.path)
        located = {parameter.name: parameter.location for parameter in table.parameters}
        assert located == {name: entry["in"] for name, entry in operation.parameters.items()}
        for parameter in table.parameters:
            stated = operation.parameters[parameter.name]
            assert parameter.required == bool(stated.get("required")), name
            assert parameter.pattern == stated.get("pattern"), name
            assert list(parameter.enum) == stated.get("enum", []), name
            assert (parameter.collection is not None) == (stated.get("type") == "array"), name
    tell(f"{client.official.version}: {len(official)} operations")


def test_bodies_and_responses_are_those_of_the_documents(client: Any) -> None:
    for name, operation in client.official.operations.items():
        table = client.operations[name]
        stated = client.official.name_of(operation.body[1]) if operation.body else None
        assert table.body == (stated and class_name(stated)), name
        responses = operation.node.value["responses"]
        success = {int(status) for status in responses if status.startswith("2")}
        assert set(table.responses) == success, name
        for status, model in table.responses.items():
            schema = operation.response(str(status))
            stated = schema and client.official.name_of(schema)
            assert model == (stated and class_name(stated)), name


def test_long_running_and_pageable_operations(client: Any, tell: Any) -> None:
    long_running = pageable = 0
    for name, operation in client.official.operations.items():
        table, stated = client.operations[name], operation.node.value
        assert (table.long_running is not None) == bool(stated.get("x-ms-long-running-operation"))
        if table.long_running is not None:
            options = stated.get("x-ms-long-running-operation-options", {})
            assert table.long_running.final_state_via == options.get("final-state-via")
            long_running += 1
        assert (table.pageable is not None) == ("x-ms-pageable" in stated), name
        if table.pageable is not None:
            paging = stated["x-ms-pageable"]
            assert table.pageable.item_name == paging.get("itemName", "value")
            assert table.pageable.next_link_name == paging["nextLinkName"]
            pageable += 1
    tell(f"{client.official.version}: {long_running} long-running, {pageable} pageable operations")


def test_every_operation_has_its_four_functions(client: Any) -> None:
    for table in client.operations.values():
        module = client.module(f"api.{table.function}")
        for name in ("sync", "sync_detailed", "asyncio", "asyncio_detailed"):
            arguments = inspect.signature(getattr(module, name)).parameters
            assert {parameter.python_name for parameter in table.parameters} <= arguments.keys()
            assert ("body" in arguments) == (table.body is not None)


def test_every_definition_is_generated_with_every_field(client: Any, tell: Any) -> None:
    fields = 0
    for name, node in client.official.definitions.items():
        assert class_name(name) in client.models.__all__, name
        found, stated = getattr(client.models, class_name(name)), node.resolved().value
        if "enum" in stated:
            assert [member.value for member in found] == stated["enum"], name
            open_ = stated.get("x-ms-enum", {}).get("modelAsString", True)
            assert found.is_open() is open_, name
        elif attrs.has(found):
            assert wires(found) == set(client.official.fields(node)), name
            fields += len(wires(found))
        else:
            assert isinstance(stated.get("additionalProperties"), dict), name
    tell(
        f"{client.official.version}: {len(client.official.definitions)} definitions, {fields} fields"
    )


def test_inline_enums_have_every_value(client: Any, tell: Any) -> None:
    tried = 0
    for name, node in client.official.definitions.items():
        for wire, field in client.official.fields(node).items():
            if "enum" in field.value:
                kind = _kind(getattr(client.models, class_name(name)), wire)
                enum = getattr(client.models, kind.removeprefix("enum[").removesuffix("]"))
                assert [member.value for member in enum] == field.value["enum"], (name, wire)
                tried += 1
    tell(f"{client.official.version}: {tried} inline enums")


def _kind(model: Any, wire: str) -> str:
    for base in model.__mro__:
        for field in vars(base).get("_fields", {}).values():
            if field.wire == wire:
                return str(field.kind)
    raise AssertionError(wire)


def test_every_subtype_is_read_by_its_discriminator(client: Any, tell: Any) -> None:
    pairs = 0
    for base, discriminator in client.official.bases.items():
        model = getattr(client.models, class_name(base))
        for value, name in client.official.subtypes(base).items():
            for spelled in (value, value.lower(), value.upper()):
                read = model.from_dict({discriminator: spelled, "new": 1})
                assert type(read) is getattr(client.models, class_name(name)), (base, spelled)
                assert isinstance(read, model)
                assert read.to_dict() == {discriminator: spelled, "new": 1}
            pairs += 1
        for unknown in ("Unheard Of", None, 7, ["x"]):
            read = model.from_dict({discriminator: unknown, "new": 1})
            assert type(read) is model
            assert read.to_dict() == {discriminator: unknown, "new": 1}
        assert type(model.from_dict({})) is model
    tell(f"{client.official.version}: {len(client.official.bases)} bases, {pairs} subtypes")


def test_every_marked_secret_is_hidden(client: Any, tell: Any) -> None:
    hidden = 0
    for name, node in client.official.definitions.items():
        for wire, field in client.official.fields(node).items():
            if isinstance(field, Node) and field.value.get("x-ms-secret"):
                read = getattr(client.models, class_name(name)).from_dict({wire: "do-not-show"})
                assert "do-not-show" not in repr(read), (name, wire)
                hidden += 1
    tell(f"{client.official.version}: {hidden} secrets hidden")
