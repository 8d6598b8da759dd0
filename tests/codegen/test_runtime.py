"""Requests and responses as pure functions."""

from __future__ import annotations

import pickle
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(scope="session")
def build(small: Any) -> Any:
    operations, runtime = small("operations").OPERATIONS, small("runtime")

    def call(name: str, parameters: dict[str, Any] | None = None, body: Any = None) -> Any:
        return runtime.build_request(operations[name], parameters, body)

    return call


@pytest.fixture
def parse(small: Any) -> Any:
    operations, runtime = small("operations").OPERATIONS, small("runtime")
    return lambda name, status, content, headers=(): runtime.parse_response(
        operations[name], status, dict(headers), content
    )


def test_names_on_the_wire_and_in_python_are_both_taken(build: Any) -> None:
    wire = build("Drawings_Get", {"name": "a", "$skip": 1, "skip": "x", "client": "c"})
    python = build("Drawings_Get", {"name": "a", "skip_2": 1, "skip": "x", "client_": "c"})
    assert wire == python
    assert dict(wire.query) == {
        "api-version": "2000-01-01",
        "$skip": "1",
        "skip": "x",
        "client": "c",
    }


def test_the_api_version_is_filled_in_and_can_be_changed(build: Any) -> None:
    assert build("Drawings_Get", {"name": "a"}).query == (("api-version", "2000-01-01"),)
    assert build("Drawings_Get", {"name": "a", "api-version": "v2"}).query == (
        ("api-version", "v2"),
    )


def test_lists_are_sent_as_the_document_says(build: Any) -> None:
    query = build(
        "Drawings_Get",
        {"name": "a", "csv": ["x", "y"], "many": ["x", "y"], "pipes": ["x", "y"], "all": True},
    ).query
    assert query[1:] == (
        ("all", "true"),
        ("csv", "x,y"),
        ("many", "x"),
        ("many", "y"),
        ("pipes", "x|y"),
    )


def test_headers_are_headers(build: Any) -> None:
    assert build("Drawings_Get", {"name": "a", "If-Match": "*"}).headers["If-Match"] == "*"
    with pytest.raises(ValueError, match="header"):
        build("Drawings_Get", {"name": "a", "if_match": "x\r\nAuthorization: y"})


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_values_that_would_change_the_path_are_refused(build: Any, value: str) -> None:
    with pytest.raises(ValueError, match="name"):
        build("Drawings_Get", {"name": value})


@pytest.mark.parametrize("value", ["a//b", "../b", "a/./b", ""])
def test_unescaped_values_keep_their_slashes_but_not_more(build: Any, value: str) -> None:
    assert build("Locks_List", {"scope": "/subscriptions/a b"}).path == "/subscriptions/a%20b/locks"
    with pytest.raises(ValueError, match="scope"):
        build("Locks_List", {"scope": value})


@given(
    value=st.text(st.characters(exclude_categories=["Cs"])).filter(
        lambda t: t not in {"", ".", ".."}
    )
)
def test_any_other_value_stays_one_segment(build: Any, value: str) -> None:
    path = build("Drawings_Get", {"name": value}).path
    _, drawings, segment = urlsplit("https://host" + path).path.split("/")
    assert (drawings, unquote(segment)) == ("drawings", value)


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_query_value_arrives(build: Any, value: str) -> None:
    url = build("Drawings_Get", {"name": "a", "client": value}).url
    assert dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))["client"] == value


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({}, ValueError, "needs the parameter 'name'"),
        ({"name": None}, ValueError, "needs the parameter 'name'"),
        ({"name": "a", "nmae": "b"}, ValueError, "no parameter 'nmae'"),
        ({"name": 7}, TypeError, "name must be a str"),
        ({"name": "a", "$skip": "1"}, TypeError, "must be an int"),
        ({"name": "a", "$skip": True}, TypeError, "must be an int, not bool"),
        ({"name": "a", "csv": "x"}, TypeError, "csv must be a list"),
        ({"name": "a", "mode": "other"}, ValueError, "mode must be one of fast, slow"),
    ],
)
def test_bad_parameters_are_refused_by_name(
    build: Any, parameters: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        build("Drawings_Get", parameters)


def test_bodies(build: Any, small: Any) -> None:
    models = small("models")
    model = models.Drawing(shape=models.Circle(radius=1), note="ü")
    request = build("Drawings_CreateOrUpdate", {"name": "a"}, model)
    assert request.headers["Content-Type"] == "application/json"
    assert request.content == model.to_json()
    as_json = build("Drawings_CreateOrUpdate", {"name": "a"}, model.to_dict())
    assert as_json.content == request.content
    with pytest.raises(ValueError, match="needs a body"):
        build("Drawings_CreateOrUpdate", {"name": "a"})
    with pytest.raises(TypeError, match="body must be Drawing, not Circle"):
        build("Drawings_CreateOrUpdate", {"name": "a"}, models.Circle(radius=1))
    with pytest.raises(ValueError, match="takes no body"):
        build("Drawings_Get", {"name": "a"}, {})


def test_success(parse: Any, small: Any) -> None:
    models = small("models")
    assert isinstance(parse("Drawings_Get", 200, b'{"note": null}'), models.Drawing)
    assert parse("Drawings_Get", 202, b"") is None
    assert parse("Drawings_Get", 204, b"") is None
    assert isinstance(parse("Drawings_List", 200, b'[{"note": "x"}]')[0], models.Drawing)
    assert parse("Locks_List", 200, b'{"any": "JSON"}') == {"any": "JSON"}
    assert parse("Locks_List", 200, b"") is None
    assert parse("Locks_List", 200, b"<html>") is None


@pytest.mark.parametrize(
    ("status", "content", "said"),
    [
        (404, b'{"error": {"code": "NotFound", "message": "gone"}}', "404: NotFound: gone"),
        (400, b'{"code": "Bad", "message": "no"}', "400: Bad: no"),
        (401, b'{"error": "invalid_token", "error_description": "old"}', "401: invalid_token: old"),
        (502, b"<html><h1>Bad  Gateway</h1></html>", "502: <html><h1>Bad Gateway</h1></html>"),
        (429, b"", "429: the body is empty"),
        (500, b'{"error": {"code": "Inter', "500: the body is not an error object"),
        (500, b"\xff\xfe\x00", "500"),
        (500, b"[" * 100_000, "500: the body is not an error object"),
        (499, b"{}", "499"),
        (302, b"", "302: this status is not documented"),
        (201, b'{"note": null}', "201: this status is not documented"),
        (200, b"", "200: a body is documented"),
        (200, b'{"note": ', "200: the body is not valid JSON"),
        (200, b"<html>", "200: the body is not valid JSON"),
        (200, b"[]", "200: the body is not the documented Drawing"),
        (200, b'"text"', "200: the body is not the documented Drawing"),
    ],
)
def test_everything_else_is_one_typed_error(
    parse: Any, small: Any, status: int, content: bytes, said: str
) -> None:
    with pytest.raises(small("errors").ServiceError) as caught:
        parse("Drawings_Get", status, content, {"X-MS-Request-Id": "id-1"}.items())
    error = caught.value
    assert said in str(error)
    assert str(error).endswith("(request id id-1)")
    assert (error.operation, error.status, error.content) == ("Drawings_Get", status, content)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_an_arm_error_is_taken_apart(parse: Any, small: Any) -> None:
    content = b"""{"error": {"code": "Conflict", "message": "busy", "target": "job",
        "details": [{"code": "Inner", "message": "why"}],
        "additionalInfo": [{"type": "Policy", "info": {"name": "p"}}]}}"""
    headers = {"x-ms-correlation-request-id": "c", "X-Ms-Client-Request-Id": "u"}
    with pytest.raises(small("errors").ServiceError) as caught:
        parse("Drawings_Get", 409, content, headers.items())
    error = caught.value
    assert (error.code, error.message, error.target) == ("Conflict", "busy", "job")
    assert error.details == [{"code": "Inner", "message": "why"}]
    assert error.additional_info == [{"type": "Policy", "info": {"name": "p"}}]
    assert (error.request_id, error.correlation_id, error.client_request_id) == (None, "c", "u")


def test_an_error_never_shows_a_body_that_may_hold_secrets(parse: Any, small: Any) -> None:
    with pytest.raises(small("errors").ServiceError) as caught:
        parse("Drawings_Get", 201, b'{"accessKey": "s3cret"}')
    assert "s3cret" not in f"{caught.value} {caught.value!r}"


def test_facts_of_operations(small: Any) -> None:
    operations = small("operations").OPERATIONS
    get, listing = operations["Drawings_Get"], operations["Drawings_List"]
    assert get.long_running.final_state_via == "location"
    assert get.responses == {200: "Drawing", 202: "Drawing", 204: None}
    assert get.error == "Error"
    assert listing.pageable == ("drawings", None)
    assert listing.responses == {200: "list[Drawing]"}
    with pytest.raises(TypeError):
        operations["x"] = get
