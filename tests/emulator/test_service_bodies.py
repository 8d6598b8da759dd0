"""Bodies are rewritten and completed as was recorded from the service."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from amlrest_emulator.conda_files import as_json, same_file
from amlrest_emulator.times import as_service
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, submit
from tests.emulator.two_versions import FIRST, NEWER, Client

CONDA = """\
# the layout and this comment are lost
channels: [conda-forge]
dependencies:
- python=3.8
- pip:
  - mlflow
name: example
"""
BLOB = {"datastoreType": "AzureBlob", "accountName": "a", "containerName": "c"}
NONE = {"credentials": {"credentialsType": "None"}}
IMAGE = {"image": "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"}
FILE = {"dataType": "uri_file", "dataUri": "https://example.org/f"}
CLUSTER = {
    "computeType": "AmlCompute",
    "properties": {"vmSize": "Standard_DS2_v2", "scaleSettings": {"maxNodeCount": 2}},
}
UNSET: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "codes/{}/versions/1",
        {"codeUri": "https://example.org/f"},
        {"description": None, "tags": {}, "properties": {}, "isAnonymous": False},
    ),
    (
        "data/{}/versions/1",
        FILE,
        {"description": None, "tags": {}, "properties": {}, "isArchived": False},
    ),
    (
        "models/{}/versions/1",
        {"modelUri": "https://example.org/f"},
        {"description": None, "tags": {}, "properties": {}, "flavors": {}, "jobName": None},
    ),
    (
        "environments/{}/versions/1",
        IMAGE,
        {"condaFile": "", "description": None, "tags": {}, "properties": {}, "osType": "Linux"},
    ),
    (
        "datastores/{}",
        BLOB | NONE,
        {"description": None, "tags": None, "properties": None, "isDefault": False},
    ),
    (
        "computes/{}",
        CLUSTER,
        {"description": None, "provisioningErrors": None, "resourceId": None},
    ),
]
"""What later versions of the service were recorded to add to what was sent."""
UNSET_AT_FIRST: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "datastores/{}",
        {
            "contents": {
                "contentsType": "AzureBlob",
                "accountName": "a",
                "containerName": "c",
                "endpoint": "core.windows.net",
                "protocol": "https",
                "credentials": {"credentialsType": "None"},
            }
        },
        {"properties": None, "hasBeenValidated": True, "isDefault": False},
    ),
    (
        "computes/{}",
        CLUSTER,
        {"description": None, "disableLocalAuth": False, "resourceId": None},
    ),
    ("onlineEndpoints/{}", {"authMode": "AMLToken"}, {"target": None, "traffic": {}}),
]


def _name() -> str:
    return f"b{uuid.uuid4().hex[:8]}"


@pytest.mark.parametrize(
    ("version", "path", "sent", "added"),
    [*((NEWER, *each) for each in UNSET), *((FIRST, *each) for each in UNSET_AT_FIRST)],
)
def test_what_is_unset_is_null_empty_or_the_default(
    arm: Arm, version: str, path: str, sent: dict[str, Any], added: dict[str, Any]
) -> None:
    body = {"location": "local", "properties": sent}
    shown = Client(arm, version).made(path.format(_name()), body)["properties"]
    assert {key: shown.get(key, "absent") for key in added} == added


@pytest.mark.slow
@pytest.mark.parametrize("version", [FIRST, NEWER])
def test_what_was_read_can_be_put_back(arm: Arm, version: str) -> None:
    client = Client(arm, version)
    job = _name()
    environment = f"environments/{_name()}/versions/1"
    made = Client(arm, NEWER).made(environment, {"properties": IMAGE})
    submit(arm, job, command_job(arm, "true", environmentId=made["id"]))
    for path in (f"jobs/{job}", "computes/cpu-cluster"):
        read = client.read(path)
        answer = client("PUT", path, read)
        assert answer.is_success, answer.text
    for path, sent, _ in UNSET:
        where = path.format(_name())
        Client(arm, NEWER).made(where, {"location": "local", "properties": sent})
        read = client.read(where)
        assert client("PUT", where, read).is_success
        assert _without_times(client.read(where)) == _without_times(read)


def _without_times(body: dict[str, Any]) -> str:
    return re.sub(r'"[^"]*T[\d:]{8}[^"]*"', '""', json.dumps(body, sort_keys=True))


def test_a_conda_file_comes_back_as_json(arm: Arm) -> None:
    where = f"environments/{_name()}/versions/1"
    newer = Client(arm, NEWER)
    shown = newer.made(where, {"properties": IMAGE | {"condaFile": CONDA}})["properties"]
    assert shown["condaFile"].startswith('{\n  "channels": [\n    "conda-forge"\n  ],\n')
    assert json.loads(shown["condaFile"])["dependencies"][1] == {"pip": ["mlflow"]}
    for same in (CONDA, shown["condaFile"]):
        assert newer("PUT", where, {"properties": IMAGE | {"condaFile": same}}).is_success
    other = IMAGE | {"condaFile": CONDA.replace("3.8", "3.9")}
    assert newer("PUT", where, {"properties": other}).status_code == 409


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    "text", ["- a\n- b", "a: [", "1", "x: .nan", "? [a]\n: b", "&a {b: *a}", BOMB]
)
def test_a_conda_file_that_json_cannot_say_stays_as_it_is(text: str) -> None:
    assert as_json(text) == text
    assert same_file(text, text)
    assert not same_file(text, CONDA)


CONTENT = st.dictionaries(
    st.text(max_size=4), st.lists(st.text(max_size=6) | st.integers(), max_size=3), min_size=1
)


@given(CONTENT, CONTENT)
def test_conda_files_are_compared_by_content(one: dict[str, Any], other: dict[str, Any]) -> None:
    text = json.dumps(one)
    assert same_file(text, json.dumps(one, indent=7)) is True
    assert same_file(text, json.dumps(other)) is (one == other)
    assert json.loads(as_json(text)) == one


def test_the_name_of_a_datastore_is_lowered(arm: Arm) -> None:
    """Recorded also in 2021-03-01-preview; the URL of the response keeps what was sent."""
    name = f"Test_{_name()}"
    body = {"properties": UNSET_AT_FIRST[0][1]}
    created = arm("PUT", f"datastores/{name}", body)
    assert created.json()["name"] == name.lower()
    assert created.json()["id"].endswith(f"/datastores/{name.lower()}")
    assert f"/datastores/{name}?" in created.headers["location"]
    assert arm("GET", f"datastores/{name}").json()["name"] == name.lower()


def test_a_size_is_in_capitals(arm: Arm) -> None:
    where = f"computes/{_name()}"
    shown = arm("PUT", where, {"location": "local", "properties": CLUSTER}).json()
    assert shown["properties"]["properties"]["vmSize"] == "STANDARD_DS2_V2"
    assert "systemData" not in shown
    assert re.fullmatch(r"[\d-]+T[\d:]+(\.\d{1,7})?\+00:00", shown["properties"]["createdOn"])


def test_an_online_endpoint_is_managed_and_drops_traffic_to_nowhere(arm: Arm) -> None:
    """Recorded in 2021-03-01-preview."""
    where = f"onlineEndpoints/{_name()}"
    properties = {"authMode": "AMLToken", "traffic": {"deployment1": 100}}
    body = {"location": "local", "kind": "SampleKind", "properties": properties}
    assert arm("PUT", where, body).status_code == 201
    shown = arm("GET", where).json()
    assert (shown["kind"], shown["properties"]["traffic"]) == ("Managed", {})
    assert "lastModifiedBy" not in shown["systemData"]
    body["properties"] = {**properties, "traffic": {"blue": 100}}
    managed = {"endpointComputeType": "Managed"}
    made = arm("PUT", f"{where}/deployments/blue", {"location": "local", "properties": managed})
    assert made.status_code == 201, made.text
    assert arm("PUT", where, body).json()["properties"]["traffic"] == {"blue": 100}


def test_code_and_data_are_never_anonymous(arm: Arm) -> None:
    newer = Client(arm, NEWER)
    for path, sent in (("codes", {"codeUri": "https://example.org/f"}), ("data", FILE)):
        where = f"{path}/{_name()}/versions/1"
        body = {"properties": {**sent, "isAnonymous": True}}
        assert newer.made(where, body)["properties"]["isAnonymous"] is False
        assert newer("PUT", where, body).status_code == 200
    where = f"environments/{_name()}/versions/1"
    shown = newer.made(where, {"properties": IMAGE | {"isAnonymous": True}})["properties"]
    assert shown["isAnonymous"] is True


def test_a_connection_hides_its_credentials(arm: Arm) -> None:
    newer = Client(arm, NEWER)
    properties = {
        "authType": "PAT",
        "category": "Git",
        "target": "https://example.org",
        "credentials": {"pat": "hush"},
    }
    made = newer.made(f"connections/{_name()}", {"properties": properties})
    assert made["properties"]["credentials"] is None
    assert made["systemData"] is None


SYSTEM: list[tuple[str, dict[str, Any], set[str]]] = [
    ("data/{}/versions/1", FILE, {"createdAt", "createdBy", "createdByType", "lastModifiedAt"}),
    (
        "codes/{}/versions/1",
        {"codeUri": "https://example.org/f"},
        {
            *("createdAt", "createdBy", "createdByType"),
            *("lastModifiedAt", "lastModifiedBy", "lastModifiedByType"),
        },
    ),
    ("onlineEndpoints/{}", {"authMode": "Key"}, {"createdAt", "createdBy", "lastModifiedAt"}),
]


@pytest.mark.parametrize(("path", "sent", "fields"), SYSTEM)
def test_system_data_has_the_fields_of_its_kind(
    arm: Arm, path: str, sent: dict[str, Any], fields: set[str]
) -> None:
    body = {"location": "local", "properties": sent}
    made = Client(arm, NEWER).made(path.format(_name()), body)
    assert made["systemData"].keys() == fields
    assert made["systemData"]["createdAt"].endswith("+00:00")


@given(st.datetimes())
def test_a_time_has_at_most_seven_digits_and_none_too_many(moment: Any) -> None:
    stored = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    shown = as_service(stored)
    match = re.fullmatch(r"(.+T[\d:]{8})(?:\.(\d{1,7}))?\+00:00", shown)
    assert match
    assert not (match[2] or "1").endswith("0")
    assert (match[2] or "").ljust(7, "0")[:6] == stored[-7:-1]
