"""Every recorded answer is read with the right values, and written back as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from amlrest._wire import Scope, from_wire, to_wire
from amlrest.dialects import dialect_for

from tests import official
from tests.recordings.classes import class_of
from tests.recordings.exchanges import Resource, answers

pytestmark = official.recordings_needed

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_DATASTORE_URI = re.compile(
    r"azureml://(?:subscriptions/.+/)?datastores/([^/]+)/paths/(.*)", re.DOTALL
)


@pytest.fixture(scope="module")
def resources() -> list[Resource]:
    return list(answers())


def scope_of(resource: Resource) -> Scope:
    workspace_id = resource.exchange.path.rpartition("/workspaces/")[0] + "/workspaces/w"
    return Scope(workspace_id, dialect_for(resource.exchange.api_version))


def read(resource: Resource) -> Any:
    return from_wire(class_of(resource), resource.body, scope_of(resource).dialect)


def test_every_kind_of_the_library_is_among_them(resources: list[Resource]) -> None:
    counts = Counter(each.kind for each in resources)
    wanted = {"codes", "computes", "data", "datastores", "environments", "jobs", "models"}
    assert wanted <= counts.keys()
    assert sum(counts.values()) >= 250


def test_they_are_written_back_as_they_were(resources: list[Resource]) -> None:
    for each in resources:
        assert to_wire(read(each), scope_of(each)) == each.body, each.exchange.source


def same(found: Any) -> Any:
    """Return nothing for an empty value; null, {} and "" are what was not set."""
    return found or None


def seconds(text: str | None) -> int | None:
    """Return the seconds of a duration in hours, minutes and seconds."""
    match = _DURATION.fullmatch(text or "")
    if match is None:
        return None
    hours, minutes, rest = (int(each or 0) for each in match.groups())
    return hours * 3600 + minutes * 60 + rest


def place(uri: str | None) -> tuple[str | None, str | None]:
    """Return datastore and path of a URI."""
    match = _DATASTORE_URI.match(uri or "")
    return (match[1], match[2]) if match else (None, uri)


def named(datastore: str | None) -> str | None:
    return datastore and datastore.rpartition("/")[2]


def first_shape(resource: Resource) -> bool:
    return resource.exchange.api_version.startswith("2021-03")


def expect_any(value: Any, resource: Resource) -> None:
    body = resource.body
    assert value.id == body.get("id")
    assert value.name == resource.name
    created = (body.get("systemData") or {}).get("createdAt")
    assert (value.created_at is None) == (created is None)
    if created is not None:
        assert value.created_at.tzinfo is not None
        assert value.created_at.isoformat()[:19] == created[:19]


def expect_asset(value: Any, resource: Resource) -> None:
    properties = resource.body.get("properties") or {}
    _, is_version, version = resource.body["id"].rpartition("/versions/")
    assert value.version == (version if is_version else None)
    assert value.description == properties.get("description")
    assert value.tags == properties.get("tags")
    assert value.properties == properties.get("properties")
    assert value.is_anonymous == properties.get("isAnonymous")
    assert value.is_archived == properties.get("isArchived")


def expect_files(key: str) -> Callable[[Any, Resource], None]:
    def expect(value: Any, resource: Resource) -> None:
        properties = resource.body.get("properties") or {}
        if first_shape(resource):
            assert value.path == properties.get("path")
        else:
            assert (named(value.datastore), value.path) == place(properties.get(key))

    return expect


def expect_environment(value: Any, resource: Resource) -> None:
    properties = resource.body.get("properties") or {}
    if not first_shape(resource):
        assert value.image == properties.get("image")
        assert (value.os_type or "").lower() == (properties.get("osType") or "").lower()
    assert value.conda_file == properties.get("condaFile")


def expect_job(value: Any, resource: Resource) -> None:
    properties = resource.body.get("properties") or {}
    assert value.job_type in {properties.get("jobType"), str(properties.get("jobType")).title()}
    assert value.status == properties.get("status")
    assert value.is_finished == (properties.get("status") in {"Completed", "Failed", "Canceled"})
    assert value.display_name == properties.get("displayName")
    assert value.description == properties.get("description")
    assert value.tags == properties.get("tags")
    assert value.is_archived == properties.get("isArchived")


def expect_command(value: Any, resource: Resource) -> None:
    properties = resource.body["properties"]
    resources_ = properties.get("resources") or {}
    assert value.compute == properties.get("computeId")
    assert value.experiment_name == properties.get("experimentName")
    assert value.command == properties.get("command")
    assert value.environment == properties.get("environmentId")
    assert value.code == properties.get("codeId")
    assert value.environment_variables == properties.get("environmentVariables")
    assert value.instance_count == resources_.get("instanceCount")
    assert value.instance_type == resources_.get("instanceType")
    expect_bindings(value, properties)
    limits = properties.get("limits") or {}
    timeout = value.timeout and value.timeout.total_seconds()
    assert timeout == seconds(limits.get("timeout"))


def expect_bindings(run: Any, properties: dict[str, Any]) -> None:
    inputs, outputs = properties.get("inputs") or {}, properties.get("outputs") or {}
    assert same(run.inputs) is None or run.inputs.keys() == inputs.keys()
    for name, raw in inputs.items():
        assert run.inputs[name].data == raw.get("uri")
        assert run.inputs[name].value == raw.get("value")
        assert run.inputs[name].type == raw["jobInputType"].lower()
    for name, raw in outputs.items():
        output = run.outputs[name]
        assert (named(output.datastore), output.path) == place(raw.get("uri"))
        assert output.type == raw["jobOutputType"].lower()


def expect_sweep(value: Any, resource: Resource) -> None:
    properties = resource.body["properties"]
    trial, limits = properties["trial"], properties["limits"]
    assert value.compute == properties.get("computeId")
    assert value.trial.command == trial["command"]
    assert value.trial.code == trial.get("codeId")
    assert value.trial.environment == trial.get("environmentId")
    assert value.objective.primary_metric == properties["objective"]["primaryMetric"]
    assert value.objective.goal == properties["objective"]["goal"].lower()
    algorithm = properties["samplingAlgorithm"]["samplingAlgorithmType"]
    assert value.algorithm == algorithm.lower()
    assert value.max_total_trials == limits.get("maxTotalTrials")
    assert value.max_concurrent_trials == limits.get("maxConcurrentTrials")
    timeout = value.timeout and value.timeout.total_seconds()
    assert timeout == seconds(limits.get("timeout"))
    assert value.search_space.keys() == properties["searchSpace"].keys()
    expect_bindings(value.trial, properties)


def expect_compute(value: Any, resource: Resource) -> None:
    properties = resource.body["properties"]
    assert value.location == resource.body.get("location")
    assert value.description == properties.get("description")
    assert value.provisioning_state == properties.get("provisioningState")


def expect_cluster(value: Any, resource: Resource) -> None:
    settings = resource.body["properties"]["properties"]
    scale = settings["scaleSettings"]
    assert value.size == settings["vmSize"]
    assert value.min_instances == scale["minNodeCount"]
    assert value.max_instances == scale["maxNodeCount"]
    idle = value.idle_time_before_scale_down
    assert (idle and idle.total_seconds()) == seconds(scale["nodeIdleTimeBeforeScaleDown"])
    priority = {"Dedicated": "dedicated", "LowPriority": "low_priority"}
    assert value.priority == priority.get(settings["vmPriority"])


def expect_storage(value: Any, resource: Resource) -> None:
    properties = resource.body["properties"]
    if first_shape(resource):
        properties = properties["contents"]
    folder = ("containerName", "fileShareName", "filesystem")
    assert value.account_name == properties.get("accountName")
    assert value.container_name == next((properties[k] for k in folder if k in properties), None)
    assert value.endpoint == properties.get("endpoint")
    assert value.protocol == properties.get("protocol")


def expect_endpoint(value: Any, resource: Resource) -> None:
    properties = resource.body["properties"]
    assert value.location == resource.body["location"]
    assert value.description == properties["description"]
    assert value.auth_mode.replace("_", "").lower() == properties["authMode"].lower()
    assert value.provisioning_state == properties["provisioningState"]
    assert value.tags == resource.body.get("tags")


EXPECTATIONS: dict[str, list[Callable[[Any, Resource], None]]] = {
    "AmlCompute": [expect_compute, expect_cluster],
    "AzureBlobDatastore": [expect_storage],
    "AzureDataLakeGen2Datastore": [expect_storage],
    "AzureFileDatastore": [expect_storage],
    "BatchEndpoint": [expect_endpoint],
    "Code": [expect_asset, expect_files("codeUri")],
    "CommandJob": [expect_job, expect_command],
    "Compute": [expect_compute],
    "ComputeInstance": [expect_compute],
    "DataAsset": [expect_asset, expect_files("dataUri")],
    "Environment": [expect_asset, expect_environment],
    "Job": [expect_job],
    "Model": [expect_asset, expect_files("modelUri")],
    "OnlineEndpoint": [expect_endpoint],
    "SweepJob": [expect_job, expect_sweep],
}


def test_they_are_read_with_the_values_they_have(resources: list[Resource]) -> None:
    wrong = []
    for each in resources:
        value = read(each)
        for expect in [expect_any, *EXPECTATIONS.get(type(value).__name__, [])]:
            try:
                expect(value, each)
            except (AssertionError, KeyError, AttributeError) as error:
                wrong.append(f"{each.exchange.source} {each.kind} {each.name}: {error!r}"[:600])
    assert wrong == []
