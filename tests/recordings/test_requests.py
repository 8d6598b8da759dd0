"""What the library writes is what the official SDK sent, for the same resource."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
import yaml
from amlrest import CommandJob, SweepJob
from amlrest._wire import Scope, from_wire, request_body, same_as_sent
from amlrest._wire.objects import WireObject
from amlrest.dialects import dialect_for

from tests import official
from tests.recordings.classes import class_of
from tests.recordings.exchanges import Resource, requests

pytestmark = official.recordings_needed

WORKSPACE = re.compile(r"(?P<id>.*/workspaces/[^/]+)/")
JOBS = {CommandJob, SweepJob}
NO_DIFFERENCE: dict[str, str] = {
    "properties.limits": "limits with nothing but their kind limit nothing",
    "sku": "the capacity of a deployment without scaleSettings is no attribute, but kept in raw",
    "properties.outputs.*.assetName": "of previews; no pinned version has it in a request",
    "properties.outputs.*.assetVersion": "of previews; no pinned version has it in a request",
    "properties.queueSettings.priority": "of 2023-02-01-preview; no pinned version has it",
    "properties.resources.locations": "of 2023-02-01-preview; no pinned version has it",
}
"""Fields of the SDK's requests that the library does not send, and why."""


def _written() -> Iterator[Resource]:
    for each in requests():
        cls = class_of(each)
        if each.kind != "jobs" or cls in JOBS:
            yield each


@pytest.fixture(scope="module")
def resources() -> list[Resource]:
    return list(_written())


def scope_of(resource: Resource) -> Scope:
    found = WORKSPACE.match(resource.exchange.path)
    assert found is not None
    return Scope(found["id"], dialect_for(resource.exchange.api_version))


def as_made_by_a_user(value: Any) -> Any:
    """Return a copy that has only its attributes left, none of the JSON it was read from."""
    if isinstance(value, WireObject):
        made, kind = copy.copy(value), type(value)
        for attribute in attrs.fields(kind):
            object.__setattr__(
                made, attribute.name, as_made_by_a_user(getattr(value, attribute.name))
            )
        made.raw, made.dialect = {}, None
        return made
    if isinstance(value, dict):
        return {key: as_made_by_a_user(each) for key, each in value.items()}
    return value


def write(resource: Resource) -> Any:
    scope = scope_of(resource)
    value = from_wire(class_of(resource), resource.body, scope.dialect)
    return request_body(as_made_by_a_user(value), scope)


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the fields that are not the same, beyond what means the same to the service."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() | theirs.keys():
            where = f"{path}.{key}".strip(".")
            yield from differences(ours.get(key), theirs.get(key), where)
    elif not (_is_unset(ours) and _is_unset(theirs)) and not _is_same(ours, theirs, path):
        yield path, ours, theirs


def _is_unset(value: Any) -> bool:
    """Whether a value says nothing: null, empty, False, or only the kind of an object."""
    return not value


def _is_same(ours: Any, theirs: Any, path: str) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        # The names and paths of places are compared with case, all else without.
        pair = [_spelt_out(each) for each in (ours, theirs)]
        same_word = path.rpartition(".")[2] in WORDS and ours.lower() == theirs.lower()
        return pair[0] == pair[1] or same_word or _seconds(ours) == _seconds(theirs) != None  # noqa: E711
    return bool(ours == theirs)


WORDS = {"goal", "authMode", "jobType", "vmSize", "samplingAlgorithmType", "dataType", "osType"}
_SHORT_ASSET = re.compile(r"azureml:([^:/]+):([^:/]+)\Z")


def _spelt_out(text: str) -> str:
    """Return a reference without the workspace that it is in."""
    text = re.sub(
        r"^azureml://subscriptions/.*/workspaces/[^/]+/", "azureml://", text, flags=re.IGNORECASE
    )
    asset = re.search(
        r"/workspaces/[^/]+/(environments|data|models|codes)/(.+)/versions/(.+)$", text
    )
    if asset is not None:
        return f"{asset[2]}:{asset[3]}"
    short = _SHORT_ASSET.match(text)
    return f"{short[1]}:{short[2]}" if short else text


def _seconds(text: str) -> int | None:
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text)
    if match is None:
        return None
    hours, minutes, rest = (int(each or 0) for each in match.groups())
    return hours * 3600 + minutes * 60 + rest


def _general(path: str) -> str:
    return re.sub(r"\.(inputs|outputs)\.[^.]+", r".\1.*", path)


def test_requests_of_every_kind_are_among_them(resources: list[Resource]) -> None:
    counts = Counter(class_of(each).__name__ for each in resources)
    assert counts["CommandJob"] >= 5
    assert counts["SweepJob"] >= 5
    assert {"AmlCompute", "Code", "DataAsset", "Environment", "Model"} <= counts.keys()


def test_the_library_writes_what_the_official_sdk_sent(resources: list[Resource]) -> None:
    found = [
        f"{each.exchange.source} {path}: {ours!r}, the SDK {theirs!r}"
        for each in resources
        for path, ours, theirs in differences(write(each), each.body)
        if _general(path) not in NO_DIFFERENCE
    ]
    assert found == []


def test_every_excuse_is_for_a_field_that_is_left_out(resources: list[Resource]) -> None:
    for each in resources:
        for path, ours, theirs in differences(write(each), each.body):
            if _general(path) in NO_DIFFERENCE:
                assert ours is None, path
                assert path != "properties.limits" or theirs.keys() == {"jobLimitsType"}


COMPARED = {"jobs", "environments", "data", "codes", "models"}
MOVED = {"codes": "codeUri", "models": "modelUri"}
"""The service answers with another place where it has the same files already."""


def test_what_was_sent_is_the_same_as_what_the_service_answers(resources: list[Resource]) -> None:
    compared = 0
    for each in resources:
        exchange = each.exchange
        if exchange.status not in {200, 201} or each.kind not in COMPARED:
            continue
        sent = {
            key: value
            for key, value in write(each)["properties"].items()
            if key not in {"isAnonymous", MOVED.get(each.kind)}
        }
        assert same_as_sent(sent, exchange.body["properties"]), exchange.source
        compared += 1
    assert compared >= 50


@pytest.mark.parametrize("key", ["command", "image", "condaFile", "dataUri"])
def test_other_content_is_not_the_same(resources: list[Resource], key: str) -> None:
    compared = 0
    for each in resources:
        properties = each.body.get("properties") or {}
        if each.exchange.status in {200, 201} and properties.get(key):
            changed = {**properties, key: f"{properties[key]}x"}
            if key == "condaFile":
                conda = yaml.safe_load(properties[key])
                conda["dependencies"].append("added")
                changed[key] = yaml.safe_dump(conda)
            assert not same_as_sent(changed, each.exchange.body["properties"])
            compared += 1
    assert compared > 0
