"""Lowering: what cannot be expressed is refused, naming it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from codegen_steps.emit.identifiers import MODEL_ATTRIBUTES, member_names
from codegen_steps.emit.lower import lower
from codegen_steps.emit.secret_fields import is_secret
from codegen_steps.problems import CodegenError
from tests.codegen.small_document import DOCUMENT, S, ref


def with_schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    document = copy.deepcopy(DOCUMENT)
    document["components"]["schemas"][name] = schema
    return document


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("Empty", {"type": "string", "enum": []}),
        ("Self", {"$ref": S + "Self"}),
        ("Lost", {"type": "object", "properties": {"x": ref("Nowhere")}}),
    ],
)
def test_schemas_without_a_meaning_are_refused_by_name(name: str, schema: dict[str, Any]) -> None:
    with pytest.raises(CodegenError, match=f"{name}|Nowhere"):
        lower(with_schema(name, schema))


def test_the_document_is_left_as_it_is() -> None:
    before = json.dumps(DOCUMENT)
    lower(DOCUMENT)
    assert json.dumps(DOCUMENT) == before


def test_names_of_models_are_reserved_for_them(small: Any) -> None:
    public = {name for name in dir(small("_model").Model) if not name.startswith("_")}
    assert public == MODEL_ATTRIBUTES


def test_a_recursive_object_is_no_problem(small: Any) -> None:
    drawing = small("models").Drawing
    read = drawing.from_dict({"parent": {"parent": {"note": "deep"}}})
    assert read.parent.parent.note == "deep"


def test_member_names_of_a_document_win() -> None:
    assert member_names(["a1", "b"], ["FirstOne", ""]) == ["FIRST_ONE", "B"]
    assert member_names(["x", "X", "x "], ["", "", ""]) == ["X", "X_2", "X_3"]


@pytest.mark.parametrize(
    ("owner", "wire", "hidden"),
    [
        ("AccountSecrets", "key", True),
        ("Anything", "adminPassword", True),
        ("Anything", "clientSecret", True),
        ("Anything", "sasToken", True),
        ("Anything", "connectionString", True),
        ("Pair", "key", False),
        ("Job", "nextToken", False),
        ("AccountSecrets", "secretsType", False),
        ("Vault", "secretName", False),
        ("Vault", "keyVaultUri", False),
    ],
)
def test_secrets_the_document_forgot_to_mark(owner: str, wire: str, hidden: bool) -> None:
    assert is_secret(owner, wire, {"type": "string"}) is hidden


def test_what_the_document_marks_is_hidden() -> None:
    assert is_secret("Pair", "plain", {"type": "string", "x-ms-secret": True})
