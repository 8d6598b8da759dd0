"""What cannot be stored and sent back is refused: numbers, texts, nulls, tokens, depths."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import httpx
import pytest

from tests.emulator.arm import Arm

DATA = {"properties": {"path": "https://example.org/x"}}


def _name() -> str:
    return f"h{uuid.uuid4().hex[:10]}"


def _refused(answer: httpx.Response, *parts: str) -> None:
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["code"]
    for part in parts:
        assert part in answer.text


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"NaN", "NaN"),
        (b"Infinity", "Infinity"),
        (b"-Infinity", "Infinity"),
        (b"1e999", "too large"),
        (b"-1e999", "too large"),
        (b"1" + b"0" * 400, "too large"),
        (b"1" + b"0" * 5000, "too large"),
        (rb'"\ud800"', "surrogate"),
        (rb'"\uDFFFx"', "surrogate"),
        (rb'{"\ud800": 1}', "surrogate"),
        (rb'[["\ud800"]]', "surrogate"),
        (b'"\xff"', "UTF-8"),
        (b'"\xed\xa0\x80"', "UTF-8"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "64 levels"),
        (b"[" * 90_000 + b"]" * 90_000, "64 levels"),
    ],
    ids=range(15),
)
def test_json_that_cannot_be_sent_back_is_refused_and_not_stored(
    arm: Arm, value: bytes, reason: str
) -> None:
    where = f"data/{_name()}/versions/1"
    body = b'{"properties": {"path": "https://example.org/x", "more": %s}}' % value
    _refused(arm("PUT", where, body), reason)
    assert arm("GET", where).status_code == 404


@pytest.mark.parametrize(
    "text",
    ["\U0001f600", "a\x00b", "\ufffe", "line\nbreak", "\u202e"],
    ids=["pair", "nul", "noncharacter", "newline", "direction"],
)
def test_every_text_that_unicode_has_is_kept(arm: Arm, text: str) -> None:
    where = f"data/{_name()}/versions/1"
    body = {"properties": {**DATA["properties"], "description": text, "tags": {text: text}}}
    assert arm("PUT", where, body).status_code == 201
    found = arm("GET", where).json()["properties"]
    assert (found["description"], found["tags"]) == (text, {text: text})


def test_a_null_where_the_document_has_none_is_unset_or_refused(arm: Arm) -> None:
    where = f"data/{_name()}/versions/1"
    unset = {"properties": {**DATA["properties"], "description": None, "tags": {"a": None}}}
    assert arm("PUT", where, unset).status_code == 201
    found = arm("GET", where).json()["properties"]
    assert found["description"] is None
    assert None not in found.get("tags", {}).values()
    _refused(arm("PUT", where, {"properties": None}), "properties")
    _refused(arm("PUT", where, {"properties": {"path": None}}), "properties.path")
    listed = {"location": "x", "properties": {"sharedPrivateLinkResources": [None]}}
    workspace = f"{arm.id.rpartition('/')[0]}/{_name()}"
    _refused(arm("PUT", workspace, listed), "sharedPrivateLinkResources[0]", "null")


def test_a_patch_removes_neither_what_is_required_nor_what_the_service_set(arm: Arm) -> None:
    workspace = f"{arm.id.rpartition('/')[0]}/{_name()}"
    assert arm("PUT", workspace, {"location": "x"}).is_success
    before = arm("GET", workspace).json()
    for patch in (
        {"properties": None},
        {"properties": {"workspaceId": None}},
        {"properties": {"provisioningState": None}},
    ):
        _refused(arm("PATCH", workspace, patch), "set by the service")
    assert arm("GET", workspace).json() == before
    assert arm("PUT", workspace, {"location": "x"}).is_success

    endpoint = f"onlineEndpoints/{_name()}"
    made = {"location": "x", "properties": {"authMode": "Key", "description": "d"}}
    assert arm("PUT", endpoint, made).is_success
    _refused(arm("PATCH", endpoint, {"properties": None}), "properties")
    cleared = arm("PATCH", endpoint, {"tags": {"a": "b", "c": None}})
    assert cleared.is_success
    assert arm("GET", endpoint).json()["tags"] == {"a": "b"}


@pytest.mark.parametrize(
    "count",
    [
        "",
        "-1",
        "1.5",
        "1e3",
        "1e999",
        "NaN",
        "true",
        "[]",
        "\u0663",
        "²",
        "9" * 5000,
        "0x10",
        "1_0",
    ],
)
def test_an_odd_count_is_refused(arm: Arm, count: str) -> None:
    _refused(arm("GET", "datastores", count=count), "count")


def test_whole_numbers_may_be_written_as_others(arm: Arm) -> None:
    for count in ("1", "1.0", "+1", "01"):
        assert len(arm("GET", "datastores", count=count).json()["value"]) == 1


def _forged(**content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


FORGED = [
    _forged(after=[1, 1], left=None),
    _forged(after=[{}, 1], left=None),
    _forged(after=["x", 10**30], left=-5),
    "x",
    "%%%",
    "é",
    "AAAA",
]


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_token_is_refused(arm: Arm, token: str) -> None:
    _refused(arm("GET", "datastores", **{"$skip": token}), "$skip")


def test_a_token_is_good_for_its_own_list_only(arm: Arm) -> None:
    for _ in range(3):
        contents = {"contentsType": "GlusterFs", "serverAddress": "a", "volumeName": "v"}
        arm("PUT", f"datastores/{_name()}", {"properties": {"contents": contents}})
    first = arm("GET", "datastores", count=1, orderBy="createdtime").json()
    token = httpx.URL(first["nextLink"]).params["$skip"]
    assert arm("GET", "datastores", count=1, orderBy="createdtime", **{"$skip": token}).is_success
    _refused(arm("GET", "datastores", count=1, **{"$skip": token}), "$skip", "order")
    changed = ("A" if token[30] != "A" else "B").join((token[:30], token[31:]))
    _refused(
        arm("GET", "datastores", count=1, orderBy="createdtime", **{"$skip": changed}), "$skip"
    )


@pytest.mark.parametrize("escaped", ["%ff", "%ed%a0%80", "a%00b", "a%0A", "a%2Fb", "%2e%2e"])
def test_a_name_in_the_path_is_text(arm: Arm, escaped: str) -> None:
    answer = arm.http.put(
        f"{arm.id}/data/{escaped}/versions/1?api-version=2021-03-01-preview", json=DATA
    )
    _refused(answer)


@pytest.mark.parametrize("query", ["count=%ff", "%ed%a0%80=1", "api-version=%ff"])
def test_a_query_is_text(arm: Arm, query: str) -> None:
    answer = arm.http.get(f"{arm.id}/datastores?{query}&api-version=2021-03-01-preview")
    _refused(answer)
