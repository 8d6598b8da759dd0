"""Shapes that real versions have and that a plain conversion loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS30Validator

from codegen_steps.pin.convert import Pinned, Selection, convert
from tests.codegen.swagger import VERSION, operation, swagger, write_tree

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = "#/components/schemas/"


def pinned(tmp_path: Path, **documents: Any) -> Pinned:
    return convert(Selection(write_tree(tmp_path, **documents), VERSION), tmp_path / "patches.toml")


def schemas(tmp_path: Path, definitions: dict[str, Any]) -> dict[str, Any]:
    document = pinned(tmp_path, things=swagger(definitions=definitions)).document
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def accepts(components: dict[str, Any], name: str, value: Any) -> bool:
    """Whether an ordinary JSON Schema validator accepts a value."""
    schema = {"$ref": SCHEMAS + name, "components": {"schemas": components}}
    return bool(OAS30Validator(schema).is_valid(value))


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/definitions/{name}"}


def base(field: str = "kind", **properties: Any) -> dict[str, Any]:
    return {
        "discriminator": field,
        "type": "object",
        "required": [field],
        "properties": {field: {"type": "string"}, **properties},
    }


def child(value: str | None, *parents: str, **properties: Any) -> dict[str, Any]:
    stated = {} if value is None else {"x-ms-discriminator-value": value}
    return {"allOf": [ref(one) for one in parents], "properties": properties, **stated}


PETS = {
    "Pet": base(name={"type": "string"}),
    "Cat": child("cat", "Pet", lives={"type": "integer"}),
    "Dog": child("dog", "Pet", tricks={"type": "integer"}),
    "Owner": {"properties": {"pet": ref("Pet")}},
}


@pytest.mark.parametrize(
    ("pet", "good"),
    [
        ({"kind": "cat", "lives": 9}, True),
        ({"kind": "cat", "lives": "nine"}, False),
        ({"kind": "dog", "lives": "nine"}, True),
        ({"kind": "cat", "name": 3}, False),
        ({"kind": "cow"}, False),
        ({"lives": 9}, False),
    ],
)
def test_a_base_is_exactly_one_of_its_subtypes(pet: Any, good: bool, tmp_path: Path) -> None:
    assert accepts(schemas(tmp_path, PETS), "Owner", {"pet": pet}) is good


def test_the_mapping_names_every_subtype(tmp_path: Path) -> None:
    found = schemas(tmp_path, PETS)
    assert found["Pet"]["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": SCHEMAS + "Cat", "dog": SCHEMAS + "Dog"},
    }
    fields = found[found["Pet"]["x-amlrest-fields"].removeprefix(SCHEMAS)]
    assert fields["x-amlrest-base"] == SCHEMAS + "Pet"


def test_several_parents(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        PETS
        | {
            "Asset": {"required": ["uri"], "properties": {"uri": {"type": "string"}}},
            "Robot": child("robot", "Asset", "Pet"),
        },
    )
    assert found["Pet"]["discriminator"]["mapping"]["robot"] == SCHEMAS + "Robot"
    assert accepts(found, "Pet", {"kind": "robot", "uri": "x"})
    assert not accepts(found, "Pet", {"kind": "robot"})


def test_a_subtype_with_a_discriminator_of_its_own(tmp_path: Path) -> None:
    found = schemas(
        tmp_path,
        PETS
        | {
            "Fish": child("fish", "Pet") | base("water"),
            "Eel": child("salt", "Fish", volts={"type": "integer"}),
            "Carp": child("fresh", "Fish"),
        },
    )
    assert set(found["Pet"]["discriminator"]["mapping"]) == {"cat", "dog", "fish"}
    assert accepts(found, "Pet", {"kind": "fish", "water": "salt", "volts": 1})
    assert not accepts(found, "Pet", {"kind": "fish", "water": "salt", "volts": "1"})
    assert not accepts(found, "Pet", {"kind": "fish", "water": "deep"})


def test_a_subtype_with_subtypes_of_the_same_discriminator(tmp_path: Path) -> None:
    found = schemas(tmp_path, PETS | {"Tiger": child("tiger", "Cat", stripes={"type": "integer"})})
    mapping = found["Pet"]["discriminator"]["mapping"]
    assert set(mapping) == {"cat", "dog", "tiger"}
    assert mapping["tiger"] == SCHEMAS + "Tiger"
    assert accepts(found, "Pet", {"kind": "tiger", "stripes": 3})
    assert accepts(found, "Pet", {"kind": "cat", "lives": 7})


def test_a_shared_discriminator_value_is_decided_and_reported(tmp_path: Path) -> None:
    lion = child("cat", "Pet", lives={"type": "integer"}, mane={"type": "string"})
    result = pinned(tmp_path, things=swagger(definitions=PETS | {"Lion": lion}))
    found = result.document["components"]["schemas"]
    assert found["Pet"]["discriminator"]["mapping"]["cat"] == SCHEMAS + "Cat"
    assert found["Lion"]["properties"]["mane"] == {"type": "string"}
    assert any("'cat'" in line and "Lion" in line for line in result.decisions)


def test_a_discriminator_without_subtypes_is_reported(tmp_path: Path) -> None:
    result = pinned(tmp_path, things=swagger(definitions={"Pet": base()}))
    assert result.document["components"]["schemas"]["Pet"]["properties"]["kind"]
    assert any("no subtypes" in line for line in result.decisions)


def test_a_subtype_that_states_no_value_is_its_name(tmp_path: Path) -> None:
    result = pinned(
        tmp_path, things=swagger(definitions={"Pet": base(), "Cow": child(None, "Pet")})
    )
    mapping = result.document["components"]["schemas"]["Pet"]["discriminator"]["mapping"]
    assert mapping == {"Cow": SCHEMAS + "Cow"}
    assert any("Cow" in line for line in result.decisions)


def test_what_a_subtype_says_of_the_discriminator_is_kept(tmp_path: Path) -> None:
    kind = {"type": "string", "enum": ["cow"], "x-ms-enum": {"name": "Kind", "modelAsString": True}}
    found = schemas(tmp_path, {"Pet": base(), "Cow": child("cow", "Pet", kind=kind)})
    assert found["Cow"]["properties"]["kind"]["allOf"] == [kind]
    assert accepts(found, "Pet", {"kind": "cow"})


def test_closed_objects_stay_usable_as_parents(tmp_path: Path) -> None:
    closed = {name: schema | {"additionalProperties": False} for name, schema in PETS.items()}
    found = schemas(tmp_path, closed)
    assert accepts(found, "Owner", {"pet": {"kind": "cat", "name": "Tom", "lives": 9}})
    assert found["Cat"]["x-additional-properties"] is False


def test_what_stands_beside_a_reference_counts(tmp_path: Path) -> None:
    field = {**ref("Text"), "readOnly": True, "x-ms-secret": True, "x-nullable": True}
    found = schemas(tmp_path, {"Text": {"type": "string"}, "A": {"properties": {"a": field}}})
    assert found["A"]["properties"]["a"] == {
        "allOf": [{"$ref": SCHEMAS + "Text"}],
        "readOnly": True,
        "x-ms-secret": True,
        "nullable": True,
    }


def test_schemas_may_refer_to_themselves(tmp_path: Path) -> None:
    found = schemas(tmp_path, {"Tree": {"properties": {"next": ref("Tree")}}})
    assert accepts(found, "Tree", {"next": {"next": {}}})


def test_fields_called_like_keywords_are_fields(tmp_path: Path) -> None:
    names = ["description", "title", "example", "default", "enum", "required", "properties"]
    fields = {name: {"type": "string", "description": "a text"} for name in names}
    found = schemas(tmp_path, {"A": {"properties": fields}})
    assert found["A"]["properties"] == {name: {"type": "string"} for name in names}


def test_one_name_for_two_things_in_two_documents(tmp_path: Path) -> None:
    def document(path: str, kind: str) -> dict[str, Any]:
        answer = {"200": {"description": "x", "schema": ref("Holder")}}
        return swagger(
            definitions={"Size": {"type": kind}, "Holder": {"properties": {"size": ref("Size")}}},
            paths={path: {"get": operation(f"{kind.title()}_Get", responses=answer)}},
        )

    result = pinned(tmp_path, alpha=document("/a", "string"), beta=document("/b", "integer"))
    found = result.document["components"]["schemas"]
    paths = result.document["paths"]

    def answered(path: str) -> str:
        content = paths[path]["get"]["responses"]["200"]["content"]
        pointer: str = content["application/json"]["schema"]["$ref"]
        return pointer.removeprefix(SCHEMAS)

    assert answered("/a") == "Holder"
    assert accepts(found, answered("/a"), {"size": "big"})
    assert accepts(found, answered("/b"), {"size": 3})
    assert not accepts(found, answered("/b"), {"size": "big"})
    assert len([line for line in result.decisions if "beta.json" in line]) == 2


def test_one_name_for_the_same_thing_in_two_documents(tmp_path: Path) -> None:
    def document(words: str) -> dict[str, Any]:
        tree = {"description": words, "properties": {"next": ref("Tree")}}
        return swagger(definitions={"Tree": tree})

    result = pinned(tmp_path, alpha=document("a tree"), beta=document("the same tree"))
    assert list(result.document["components"]["schemas"]) == ["Tree"]
    assert result.decisions == []


def test_shared_files_give_only_what_is_reached(tmp_path: Path) -> None:
    (tmp_path / "specification" / "common").mkdir(parents=True)
    write_tree(
        tmp_path,
        things=swagger(
            definitions={
                "A": {"items": {"$ref": "../../../../../common/types.json#/definitions/B"}}
            }
        ),
    )
    common = swagger(definitions={"B": {"items": ref("C")}, "C": {"type": "string"}, "D": {}})
    (tmp_path / "specification" / "common" / "types.json").write_text(
        __import__("json").dumps(common)
    )
    result = convert(Selection(tmp_path, VERSION), tmp_path / "patches.toml")
    assert sorted(result.document["components"]["schemas"]) == ["A", "B", "C"]
    assert "specification/common/types.json" in result.sources.digests()


def test_lists_in_a_query_say_how_they_are_sent(tmp_path: Path) -> None:
    def parameter(name: str, **facts: Any) -> dict[str, Any]:
        return {"name": name, "in": "query", "type": "array", "items": {"type": "string"}, **facts}

    parameters = [parameter("a"), parameter("b", collectionFormat="multi")]
    paths = {"/things": {"get": operation("Things_List", parameters=parameters)}}
    document = pinned(tmp_path, things=swagger(paths=paths)).document
    found = document["paths"]["/things"]["get"]["parameters"]
    assert [(one["style"], one["explode"]) for one in found] == [("form", False), ("form", True)]


def test_parameters_of_a_path_belong_to_each_operation(tmp_path: Path) -> None:
    shared = {"name": "Id", "in": "path", "required": True, "type": "string"}
    paths = {"/things/{id}": {"parameters": [shared], "get": operation("Things_Get")}}
    result = pinned(tmp_path, things=swagger(paths=paths))
    item = result.document["paths"]["/things/{Id}"]
    assert [one["name"] for one in item["get"]["parameters"]] == ["Id"]
    assert any("Id" in line for line in result.decisions)


def test_an_operation_without_id_gets_one_and_it_is_reported(tmp_path: Path) -> None:
    paths = {"/things/all": {"get": {"responses": {"200": {"description": "x"}}}}}
    result = pinned(tmp_path, things=swagger(paths=paths))
    name = result.document["paths"]["/things/all"]["get"]["operationId"]
    assert name
    assert any(name in line for line in result.decisions)


def test_files_and_forms(tmp_path: Path) -> None:
    upload = {"name": "content", "in": "formData", "type": "file", "required": True}
    answer = {"200": {"description": "x", "schema": {"type": "file"}}}
    paths = {"/f": {"post": operation("F_Post", parameters=[upload], responses=answer)}}
    found = pinned(tmp_path, things=swagger(paths=paths)).document["paths"]["/f"]["post"]
    form = found["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["content"] == {"type": "string", "format": "binary"}
    assert form["required"] == ["content"]
    assert list(found["responses"]["200"]["content"]) == ["application/octet-stream"]


def test_operations_whose_query_is_part_of_the_path(tmp_path: Path) -> None:
    document = swagger() | {"x-ms-paths": {"/things?comp=list": {"get": operation("Things_Comp")}}}
    assert "/things?comp=list" in pinned(tmp_path, things=document).document["paths"]


def test_a_parameterised_host(tmp_path: Path) -> None:
    host = {
        "hostTemplate": "{region}.example.org",
        "parameters": [{"name": "region", "in": "path", "required": True, "type": "string"}],
    }
    document = {name: value for name, value in swagger().items() if name != "host"}
    result = pinned(tmp_path, things=document | {"x-ms-parameterized-host": host})
    assert result.document["servers"][0]["url"] == "https://{region}.example.org"


@pytest.mark.parametrize(
    ("stated", "kind", "written"),
    [
        ("3", "integer", {"default": 3}),
        ("big", "integer", {"x-default": "big"}),
        ("3", "string", {"default": "3"}),
    ],
)
def test_a_default_of_another_type(stated: str, kind: str, written: Any, tmp_path: Path) -> None:
    found = schemas(tmp_path, {"A": {"properties": {"a": {"type": kind, "default": stated}}}})
    assert found["A"]["properties"]["a"] == {"type": kind, **written}


def test_a_key_that_is_there_twice_is_reported(tmp_path: Path) -> None:
    text = '{"swagger": "2.0", "paths": {}, "definitions": {"A": {"type": "string"}, "A": {}}}'
    assert any("'A'" in line for line in pinned(tmp_path, things=text).decisions)
