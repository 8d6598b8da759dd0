"""The official examples: their URLs exactly, their payloads without loss."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.conformance.reading import Comparison, same_json, use_everything
from tests.official import Example

pytestmark = pytest.mark.slow

# Parameters that example files pass although no operation of the version declares them
UNDECLARED = {
    "$skipToken": "the operations declare $skip",
    "monitor": "only the address of a running operation has it, which the service gives",
}
ELSEWHERE = "only other operations of the version declare it"


def reason(client: Any, name: str) -> str | None:
    """Why an example may pass a parameter that its operation does not declare."""
    declared = {name for entry in client.official.operations.values() for name in entry.parameters}
    return ELSEWHERE if name in declared else UNDECLARED.get(name)


def undeclared(example: Example, operation: Any) -> set[str]:
    body = {operation.body[0]} if operation.body else set()
    left: set[str] = example.content["parameters"].keys() - operation.parameters.keys() - body
    return left


def known(example: Example, operation: Any) -> dict[str, Any]:
    given = example.content["parameters"]
    return {name: value for name, value in given.items() if name in operation.parameters}


def test_every_example_gives_the_documented_request(client: Any, tell: Any) -> None:
    build_request = client.module("runtime").build_request
    odd: Counter[str] = Counter()
    for example in client.official.examples:
        operation = client.official.operations[example.operation]
        body_name = operation.body[0] if operation.body else None
        body = example.content["parameters"].get(body_name)
        values = known(example, operation)
        odd.update(undeclared(example, operation))

        request = build_request(client.operations[example.operation], values, body)

        path, query = operation.url(values)
        url = urlsplit(request.url)
        assert request.method == operation.method, example.name
        assert url.path == path, example.name
        assert dict(parse_qsl(url.query, strict_parsing=True)) == query, example.name
        assert dict(request.query) == query, example.name
        assert request.content is None or same_json(json.loads(request.content), body)
    tell(f"{client.official.version}: {len(client.official.examples)} example requests")
    for name, count in odd.items():
        tell(f"{client.official.version}: {count} pass {name}: {reason(client, name)}")
        assert reason(client, name), name


def test_an_undeclared_parameter_is_refused_by_name(client: Any) -> None:
    build_request = client.module("runtime").build_request
    for example in client.official.examples:
        operation = client.official.operations[example.operation]
        for name in undeclared(example, operation):
            values = {**known(example, operation), name: "x"}
            with pytest.raises(ValueError, match=re.escape(repr(name))):
                build_request(client.operations[example.operation], values)


def _bodies(client: Any) -> Any:
    for example in client.official.examples:
        operation = client.official.operations[example.operation]
        table = client.operations[example.operation]
        if operation.body and operation.body[0] in example.content["parameters"]:
            name, schema = operation.body
            model = getattr(client.models, table.body)
            payload = example.content["parameters"][name]
            yield (
                f"{example.name} request",
                schema,
                payload,
                model.from_dict(copy.deepcopy(payload)),
            )
        for status, response in example.content["responses"].items():
            schema = operation.response(status)
            if schema is not None and response.get("body") is not None:
                read = client.module("runtime").parse_response(
                    table, int(status), {}, json.dumps(response["body"]).encode()
                )
                yield f"{example.name} {status}", schema, response["body"], read


def test_every_payload_survives_untouched_and_used(client: Any, tell: Any) -> None:
    tried = 0
    for where, _, payload, model in _bodies(client):
        assert same_json(model.to_dict(), payload), where
        assert same_json(json.loads(model.to_json()), payload), where
        use_everything(model)
        assert same_json(model.to_dict(), payload), f"{where}, after every field was used"
        assert same_json(json.loads(model.to_json()), payload), where
        for twin in (copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
            assert twin == model, where
            assert same_json(twin.to_dict(), payload), where
        tried += 1
    tell(f"{client.official.version}: {tried} of {len(client.official.payloads)} payloads lossless")
    assert tried == len(client.official.payloads)


def test_every_payload_is_read_as_the_documents_say(client: Any) -> None:
    comparison = Comparison(client.official)
    for where, schema, payload, model in _bodies(client):
        comparison.walk(where, schema, payload, model)
    assert comparison.problems == []


def test_an_example_without_a_body_gives_none(client: Any, tell: Any) -> None:
    parse_response = client.module("runtime").parse_response
    tried = 0
    for example in client.official.examples:
        operation = client.official.operations[example.operation]
        for status, response in example.content["responses"].items():
            table = client.operations[example.operation]
            documented = status.isdigit() and int(status) in table.responses
            if documented and not response.get("body") and not operation.response(status):
                assert parse_response(table, int(status), response.get("headers", {}), b"") is None
                tried += 1
    tell(f"{client.official.version}: {tried} responses without a body")
