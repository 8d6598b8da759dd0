"""What a bump means: each kind of change, whom it breaks, and the facade methods it affects."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from codegen_steps.diff.document_diff import diff
from codegen_steps.diff.facade_usage import usage
from codegen_steps.diff.report import FORMATS
from tests.official import API_VERSION, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.diff.change import Change

SCHEMAS = "#/components/schemas/"
Edit = Callable[[dict[str, Any]], Any]


def ref(name: str) -> dict[str, str]:
    return {"$ref": SCHEMAS + name}


def content(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": ref(name)}}}


def pinned() -> dict[str, Any]:
    """A thing that is sent and received, one that is only sent, one that is only received."""
    both = {
        "type": "object",
        "required": ["size"],
        "properties": {
            "size": ref("Size"),
            "count": {"type": "integer", "maximum": 9},
            "made": {"type": "string", "readOnly": True},
            "inner": {"type": "object", "properties": {"deep": {"type": "string"}}},
        },
    }
    query = [{"name": "top", "in": "query", "schema": {"type": "integer"}}]
    put = {
        "operationId": "Things_Put",
        "parameters": [],
        "requestBody": content("Thing"),
        "responses": {"200": content("Thing")},
    }
    post = {
        "operationId": "Things_Ask",
        "parameters": [],
        "requestBody": content("Question"),
        "responses": {"200": content("Answer")},
    }
    get = {
        "operationId": "Things_List",
        "parameters": query,
        "responses": {"200": content("Thing")},
    }
    return {
        "paths": {"/things": {"put": put, "post": post, "get": get}},
        "components": {
            "parameters": {},
            "schemas": {
                "Thing": both,
                "Size": {"type": "string", "enum": ["big", "small"]},
                "Question": {"type": "object", "properties": {"text": {"type": "string"}}},
                "Answer": {"type": "object", "properties": {"text": {"type": "string"}}},
            },
        },
    }


def changes(edit: Edit) -> list[Change]:
    new = copy.deepcopy(pinned())
    edit(new)
    return diff(pinned(), new, lambda *_: ())


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def fields(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema(document, name)["properties"]
    return found


READERS, WRITERS, BOTH, NOBODY = "readers", "writers", "readers and writers", ""

CASES: dict[str, tuple[Edit, str, str, str]] = {
    "field removed": (lambda d: fields(d, "Thing").pop("count"), "Thing count", "removed", BOTH),
    "set by the service, removed": (
        lambda d: fields(d, "Thing").pop("made"), "Thing made", "removed", READERS,
    ),
    "removed where only sent": (
        lambda d: fields(d, "Question").pop("text"), "Question text", "removed", WRITERS,
    ),
    "removed where only received": (
        lambda d: fields(d, "Answer").pop("text"), "Answer text", "removed", READERS,
    ),
    "optional field added": (
        lambda d: fields(d, "Thing").update(new={}), "Thing new", "added", NOBODY,
    ),
    "required field added": (
        lambda d: (fields(d, "Thing").update(new={}), schema(d, "Thing")["required"].append("new")),
        "Thing new", "added", WRITERS,
    ),
    "required field added to an answer": (
        lambda d: (fields(d, "Answer").update(new={}), schema(d, "Answer").update(required=["new"])),
        "Answer new", "added", NOBODY,
    ),
    "now required": (
        lambda d: schema(d, "Thing")["required"].append("count"), "Thing count", "changed", WRITERS,
    ),
    "no longer required": (
        lambda d: schema(d, "Thing")["required"].clear(), "Thing size", "changed", READERS,
    ),
    "another type": (
        lambda d: fields(d, "Thing")["count"].update(type="string"), "Thing count", "changed", BOTH,
    ),
    "another type, deep inside": (
        lambda d: fields(d, "Thing")["inner"]["properties"]["deep"].update(type="integer"),
        "Thing inner.deep", "changed", BOTH,
    ),
    "now null": (
        lambda d: fields(d, "Thing")["count"].update(nullable=True), "Thing count", "changed", READERS,
    ),
    "now read-only": (
        lambda d: fields(d, "Thing")["count"].update(readOnly=True), "Thing count", "changed", WRITERS,
    ),
    "narrower": (
        lambda d: fields(d, "Thing")["count"].update(maximum=5), "Thing count", "changed", WRITERS,
    ),
    "wider": (
        lambda d: fields(d, "Thing")["count"].update(maximum=50), "Thing count", "changed", NOBODY,
    ),
    "value removed": (
        lambda d: schema(d, "Size")["enum"].remove("big"), "Size =big", "removed", WRITERS,
    ),
    "value added to an open enum": (
        lambda d: schema(d, "Size")["enum"].append("huge"), "Size =huge", "added", NOBODY,
    ),
    "value added to a closed enum": (
        lambda d: schema(d, "Size").update(
            {"enum": ["big", "small", "huge"], "x-ms-enum": {"modelAsString": False}}
        ),
        "Size =huge", "added", READERS,
    ),
    "operation removed": (
        lambda d: d["paths"]["/things"].pop("get"), "Things_List", "removed", BOTH,
    ),
    "operation moved": (
        lambda d: d["paths"].update({"/stuff": {"get": d["paths"]["/things"].pop("get")}}),
        "Things_List", "changed", WRITERS,
    ),
    "now paged": (
        lambda d: d["paths"]["/things"]["get"].update({"x-ms-pageable": {"nextLinkName": "n"}}),
        "Things_List", "changed", READERS,
    ),
    "parameter removed": (
        lambda d: d["paths"]["/things"]["get"]["parameters"].clear(),
        "Things_List query:top", "removed", WRITERS,
    ),
    "parameter now required": (
        lambda d: d["paths"]["/things"]["get"]["parameters"][0].update(required=True),
        "Things_List query:top", "changed", WRITERS,
    ),
    "body removed": (
        lambda d: d["paths"]["/things"]["put"].pop("requestBody"), "Things_Put", "removed", WRITERS,
    ),
    "new success status": (
        lambda d: d["paths"]["/things"]["put"]["responses"].update({"202": {}}),
        "Things_Put 202", "added", READERS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_change_and_whom_it_breaks(case: str) -> None:
    edit, what, action, breaks = CASES[case]
    found = changes(edit)
    assert [(f"{one.subject} {one.path}".strip(), one.action, one.breaks) for one in found] == [
        (what, action, breaks)
    ]


def test_nothing_changes() -> None:
    found = changes(lambda _: None)
    assert found == []
    assert "no changes" in FORMATS["text"]("1", "2", found)


def test_an_inline_object_that_gets_a_name_is_no_change_on_the_wire() -> None:
    def name_it(document: dict[str, Any]) -> None:
        inner = fields(document, "Thing").pop("inner")
        document["components"]["schemas"]["Inner"] = inner
        fields(document, "Thing")["inner"] = ref("Inner")

    assert [(one.kind, one.subject, one.breaks) for one in changes(name_it)] == [
        ("definition", "Inner", "")
    ]


def test_a_field_that_moves_to_a_parent_is_no_change_on_the_wire() -> None:
    def move(document: dict[str, Any]) -> None:
        count = fields(document, "Thing").pop("count")
        document["components"]["schemas"]["Base"] = {"properties": {"count": count}}
        schema(document, "Thing")["allOf"] = [ref("Base")]

    assert [(one.kind, one.subject) for one in changes(move)] == [("definition", "Base")]


def test_the_formats_tell_the_same() -> None:
    found = changes(lambda d: fields(d, "Thing").pop("count"))
    text, markdown = FORMATS["text"]("1", "2", found), FORMATS["markdown"]("1", "2", found)
    report = json.loads(FORMATS["json"]("1", "2", found))
    assert "- Thing count breaks readers and writers" in text
    assert "| - | `Thing count` |  | readers and writers |  |" in markdown
    assert report["changes"][0]["breaks_writers"] is True
    assert report["summary"]["breaking_for_readers"] == 1


FACADE = {
    "_async/things.py": """
class Base:
    _kind = ""

    async def get(self, name):
        return self._read(await self._core.call(f"{self._kind}_List", name=name))

    def _read(self, answer):
        return answer


class Things(Base):
    _kind = "Things"

    async def create(self, thing):
        return await self._send(thing)

    async def _send(self, thing):
        return await self._core.call("Things_Put", thing)


class Others(Base):
    _kind = "Others"
""",
    "wire.py": 'NAMES = ("size", "inner/deep")\n',
    "_sync/things.py": 'class Things:\n    def twin(self):\n        return "Things_Put"\n',
}


@pytest.fixture
def facade(tmp_path: Path) -> Path:
    for name, text in FACADE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_methods_are_read_from_the_source(facade: Path) -> None:
    assert usage(facade).methods == {
        "Things.get": {"Things_List"},
        "Things.create": {"Things_Put"},
        "Others.get": {"Others_List"},
    }


@pytest.mark.parametrize(
    ("edit", "methods"),
    [
        (lambda d: d["paths"]["/things"].pop("get"), ("Things.get",)),
        (lambda d: schema(d, "Thing")["required"].clear(), ("Things.create", "Things.get")),
        (lambda d: fields(d, "Thing").pop("count"), ()),
        (lambda d: fields(d, "Answer").pop("text"), ()),
        (
            lambda d: fields(d, "Thing")["inner"]["properties"].pop("deep"),
            ("Things.create", "Things.get"),
        ),
        (
            lambda d: (
                fields(d, "Thing").update(new={}),
                schema(d, "Thing")["required"].append("new"),
            ),
            ("Things.create", "Things.get"),
        ),
    ],
)
def test_a_change_names_the_methods_it_affects(
    edit: Edit, methods: tuple[str, ...], facade: Path
) -> None:
    new = copy.deepcopy(pinned())
    edit(new)
    found = diff(pinned(), new, usage(facade).affected)
    assert [one.methods for one in found] == [methods]


def test_every_operation_the_facade_names_is_one() -> None:
    document = json.loads((ROOT / "spec" / API_VERSION / "openapi.json").read_text())
    known = {one["operationId"] for item in document["paths"].values() for one in item.values()}
    methods = usage(ROOT / "facade" / "amlrest").methods
    assert methods
    assert {method: names - known for method, names in methods.items() if names - known} == {}
