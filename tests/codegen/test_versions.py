"""Other API versions: what a pinned and generated client of them does."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV30SpecValidator

from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from codegen_steps.pin.convert import Pinned, Selection, convert
from codegen_steps.verify.check import _unpacked
from codegen_steps.verify.coverage import take_inventory, uncovered
from codegen_steps.verify.fidelity import compare
from tests.codegen.other_versions import COMMON, MFE, NAMES, SERVICES
from tests.codegen.swagger import VERSION, write_tree

pytestmark = pytest.mark.slow

PACKAGE = "other_client"
FOLDER = {
    "jobType": "AutoML",
    "inputs": {"a": {"jobInputType": "URI_folder", "uri": "u"}, "b": None},
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Pinned:
    root = write_tree(tmp_path_factory.mktemp("tree"), machineLearningServices=SERVICES, mfe=MFE)
    common = root / "specification" / "common-types" / "v5" / "types.json"
    common.parent.mkdir(parents=True)
    common.write_text(json.dumps(COMMON), encoding="utf-8")
    return convert(Selection(root, VERSION), root / "patches.toml")


@pytest.fixture(scope="module")
def written(other: Pinned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other") / "amlrest_client"
    emit(lower(other.document), other.document, folder)
    return folder


@pytest.fixture(scope="module")
def client(written: Path) -> Any:
    """``client("models")`` is the module ``models`` under a name of its own."""
    shutil.copytree(written, written.parent / PACKAGE)
    sys.path.insert(0, str(written.parent))
    return lambda name: importlib.import_module(f"{PACKAGE}.{name}")


def used(value: Any) -> Any:
    """Reads every field of everything below a value."""
    if hasattr(value, "to_dict"):
        for name in value._fields:
            used(getattr(value, name))
        used(value.additional_properties)
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            used(item)
    return value


def test_the_document_is_valid_and_nothing_is_lost(other: Pinned, written: Path) -> None:
    assert list(OpenAPIV30SpecValidator(other.document).iter_errors()) == []
    assert uncovered(other.document, take_inventory(written)) == []
    with tempfile.TemporaryDirectory() as folder:
        files = _unpacked(other.sources, Path(folder))
        assert compare(files, other.document, []).problems == []


@pytest.mark.parametrize(
    "part", ["uri_folder", "Childless", "no operationId", "x-pattern", "mfe.json", "'7'"]
)
def test_what_had_to_be_decided_is_reported(part: str, other: Pinned) -> None:
    assert [line for line in other.decisions if part in line]


def test_a_strict_type_checker_accepts_the_package(written: Path) -> None:
    script = written.parent / "sample.py"
    script.write_text(
        "from amlrest_client.models import AutoMLJob, Color, Everything, Forecasting, StrictStore\n"
        "from amlrest_client.api.jobs import get, put\n"
        "job = AutoMLJob(task=Forecasting(folds=[[1]]), note=None)\n"
        "whole = Everything(color=Color.RED, tint='blue', caption='x', tree={'a': {}}, level=1)\n"
        "store = StrictStore(path='p')\n"
        "reveal_type(whole.caption)\n",
        encoding="utf-8",
    )
    options = ["--strict", "--config-file=", "--cache-dir", str(written.parent / "cache")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "sample.py", "amlrest_client/models"],
        cwd=written.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert '"str | None | amlrest_client.types.Unset"' in done.stdout


@pytest.mark.parametrize(
    ("base", "payload", "expected"),
    [
        ("JobBase", FOLDER, "AutoMLJob"),
        ("AutoMLVertical", {"taskType": "forecasting", "horizon": {"mode": "Auto"}}, "Forecasting"),
        ("AutoMLVertical", {"taskType": "Classification", "folds": [[1]]}, "Classification"),
        ("JobInput", {"jobInputType": "uri_folder", "origin": "kept"}, "FolderInput"),
        ("JobInput", {"jobInputType": "uri_file", "uri": "x"}, "FileInput"),
        ("JobInput", {"jobInputType": "mltable"}, "JobInput"),
        ("ImportedFolder", {"jobInputType": "uri_folder", "origin": "x"}, "ImportedFolder"),
        ("Endpoint", {"kind": "Online", "region": "w", "scale": 1}, "Online"),
        ("Regional", {"kind": "Batch"}, "Batch"),
        ("Regional", {"kind": "Unheard"}, "Regional"),
        ("Auth", {"odata.type": "Key"}, "AuthKey"),
        ("Auth", {"odata.type": "KEY"}, "AuthKEY"),
        ("Auth", {"odata.type": "#microsoft.AUTH"}, "AuthHash"),
        ("Auth", {"odata.type": '"""'}, "AuthQuoted"),
        ("Auth", {"odata.type": True}, "Auth"),
        ("Store", {"storeType": "Strict"}, "StrictStore"),
        ("Childless", {"which": "any", "size": None}, "Childless"),
    ],
)
def test_unions_give_the_right_subtype(base: str, payload: Any, expected: str, client: Any) -> None:
    read = getattr(client("models"), base).from_dict(payload)
    assert type(read).__name__ == expected
    assert used(read).to_dict() == payload


def test_unions_below_maps_and_lists_are_read(client: Any) -> None:
    models = client("models")
    folder = {"jobInputType": "uri_folder"}
    read = models.Everything.from_dict(
        {
            "unions": {"x": [folder]},
            "deep": {"a": [{"b": {"leaf": {"mode": "Custom", "value": 1}}}]},
        }
    )
    assert type(read.unions["x"][0]) is models.FolderInput
    assert type(read.deep["a"][0]["b"].leaf) is models.CustomHorizon
    assert type(models.JobBase.from_dict(FOLDER).inputs["a"]) is models.FolderInput


def test_definitions_of_one_name_keep_their_own_fields(client: Any, other: Pinned) -> None:
    models = client("models")
    fields = {
        wire
        for name in models.__all__
        if name.casefold().startswith("compute")
        for wire in (field.wire for field in getattr(models, name)._fields.values())
    }
    assert fields == {"lower", "title", "upper", "other"}
    assert models.Holder.from_dict({"compute": {"other": 3}}).compute.other == 3


def test_awkward_fields_are_set_and_read_by_their_python_name(client: Any) -> None:
    model = client("models").Awkward
    names = {field.wire: name for name, field in model._fields.items()}
    assert names.keys() == set(NAMES)
    payload = {wire: f"value {at}" for at, wire in enumerate(NAMES)}
    assert model(**{names[wire]: text for wire, text in payload.items()}).to_dict() == payload
    read = model.from_dict(payload)
    assert {wire: getattr(read, name) for wire, name in names.items()} == payload


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("StrictStore", {}, "path"),
        ("FileInput", {}, "uri"),
        ("FileInput", {"uri": 1}, "FileInput.uri"),
        ("Needy", {"additional_properties_": {}}, "self_"),
        ("Needy", {"additional_properties_": {"a": 1}, "self_": "x"}, "additional_properties_"),
        ("NarrowStore", {"facts": {"uri": "u"}}, "NarrowStore.facts"),
        ("Everything", {"free": []}, "Everything.free"),
        ("Everything", {"level": "one"}, "Everything.level"),
        ("Everything", {"tint": 1}, "Everything.tint"),
    ],
)
def test_writing_refuses_what_does_not_fit(
    name: str, arguments: Any, problem: str, client: Any
) -> None:
    with pytest.raises((TypeError, ValueError), match=problem):
        getattr(client("models"), name)(**arguments)


def test_what_an_alias_stands_for_can_be_written(client: Any) -> None:
    models = client("models")
    values = {"tint": "blue", "caption": "c", "color": "", "tree": {"a": {"b": {}}}, "nest": [[]]}
    assert models.Everything(**values).to_dict() == values
    needy = models.Needy(additional_properties_={"a": "b"}, self_="x")
    assert needy.to_dict() == {"additionalProperties": {"a": "b"}, "self": "x"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_comes_is_kept(data: st.DataObject, client: Any) -> None:
    models = client("models")
    classes = [getattr(models, name) for name in models.__all__]
    model = data.draw(st.sampled_from([one for one in classes if hasattr(one, "from_dict")]))
    wires = sorted(field.wire for field in model._fields.values())
    known = st.dictionaries(st.sampled_from(wires), JSON) if wires else st.just({})
    payload = data.draw(known) | data.draw(st.dictionaries(st.text(max_size=5), JSON, max_size=2))
    before = json.dumps(payload)
    read = used(model.from_dict(payload))
    assert json.dumps(read.to_dict(), sort_keys=True) == json.dumps(payload, sort_keys=True)
    assert json.loads(read.to_json()) == json.loads(before)
    assert repr(read)


def test_operations_that_differ_in_case_are_two(client: Any) -> None:
    table = client("operations").OPERATIONS
    modules = {table[name].function for name in ("Jobs_Get", "jobs_get")}
    assert len(modules) == 2
    for module in modules:
        assert client(f"api.{module}").sync


def test_one_name_in_path_query_and_header(client: Any) -> None:
    operation = client("operations").OPERATIONS["Names_"]
    places = {(one.location, one.name): one.python_name for one in operation.parameters}
    given = {("path", "id"): "i", ("path", "client"): "c", ("path", "n"): 7, ("query", "id"): "q"}
    given |= {("header", "n"): "h", ("query", "$filter"): "f", ("query", "flag"): True}
    given |= {("query", kind): ["a", "b"] for kind in ("csv", "multi", "ssv", "pipes")}
    values = {places[place]: value for place, value in given.items()}
    request = client("runtime").build_request(operation, values)
    assert request.path == "/names/i/c/7"
    assert request.headers["n"] == "h"
    assert request.url.partition("?")[2] == (
        "id=q&$filter=f&flag=true&csv=a%2Cb&multi=a&multi=b&ssv=a%20b&pipes=a%7Cb"
    )


def test_bodies_that_are_no_json(client: Any) -> None:
    table, runtime = client("operations").OPERATIONS, client("runtime")
    log = b"\xff{ not json"
    assert runtime.parse_response(table["Jobs_Log"], 200, {}, log) == log
    assert runtime.parse_response(table["Jobs_Log"], 200, {}, b"") == b""
    assert runtime.parse_response(table["Jobs_Note"], 200, {}, "né".encode()) == "né"
    request = runtime.build_request(table["Jobs_Note"], {"id": "j"}, "text")
    assert (request.content, request.headers["Content-Type"]) == (b"text", "text/plain")
    with pytest.raises(TypeError, match="Jobs_Note: body"):
        runtime.build_request(table["Jobs_Note"], {"id": "j"}, {"no": "text"})


def test_json_is_spoken_where_the_document_allows_it(client: Any) -> None:
    operation = client("operations").OPERATIONS["Plain_Patch"]
    body = client("models").Compute(title="t")
    request = client("runtime").build_request(operation, {}, body)
    assert request.headers["Content-Type"] == "application/merge-patch+json"
    assert request.content == b'{"title":"t"}'
    assert operation.long_running.final_state_via == "operation-location"
    assert operation.pageable.next_link_name is None


def test_a_document_without_definitions(tmp_path: Path) -> None:
    document = {**SERVICES, "definitions": {}, "paths": {"/unnamed": SERVICES["paths"]["/unnamed"]}}
    root = write_tree(tmp_path, things=document)
    found = convert(Selection(root, VERSION), root / "patches.toml").document
    emit(lower(found), found, tmp_path / "empty_client")
    assert (tmp_path / "empty_client" / "models" / "__init__.py").exists()
