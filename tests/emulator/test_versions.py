"""API versions: resources made in one are read, listed and made again in the other."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from amlrest_emulator import handlers
from amlrest_emulator.engine.call import HANDLERS

from tests.emulator import job_requests
from tests.emulator.arm import Arm, reduced, refusal
from tests.emulator.two_versions import BOTH, FIRST, NEWER, Client, document

IMAGE = "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04"


@pytest.fixture
def first(arm: Arm) -> Client:
    """Requests of the first wire shape."""
    return Client(arm, FIRST)


@pytest.fixture
def newer(arm: Arm) -> Client:
    """Requests of the newer wire shape."""
    return Client(arm, NEWER)


def name(prefix: str) -> str:
    return f"{prefix}{uuid.uuid4().hex[:10]}"


def version_of(kind: str) -> str:
    return f"{kind}/{name('a')}/versions/1"


@pytest.mark.parametrize(
    ("asked", "has_jobs_of"),
    [
        ("2021-03-01-preview", "compute"),
        ("2021-10-01", "compute"),
        ("2022-02-01-preview", "computeId"),
        ("2022-05-01", "computeId"),
        ("2024-10-01", "computeId"),
        ("2031-01-01-preview", "computeId"),
    ],
)
def test_a_version_is_served_in_the_shape_of_its_date(
    arm: Arm, first: Client, asked: str, has_jobs_of: str
) -> None:
    job = name("job")
    first.made(f"jobs/{job}", job_requests.command_job(arm, "true"))
    read = arm("GET", f"jobs/{job}", **{"api-version": asked}).json()["properties"]
    assert has_jobs_of in read
    assert len({"compute", "computeId"} & read.keys()) == 1


@pytest.mark.parametrize("asked", ["2020-12-01", "1999-01-01", "latest", "2024-13", "v1"])
def test_an_unknown_version_is_refused_with_those_that_are_served(arm: Arm, asked: str) -> None:
    answer = arm("GET", "jobs", **{"api-version": asked})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, "InvalidApiVersionParameter")
    assert all(version in error["message"] for version in (*BOTH, repr(asked)))


def test_an_environment_with_an_image(first: Client, newer: Client) -> None:
    where = version_of("environments")
    route = {"path": "/score", "port": 8000}
    old = {
        "docker": {
            "dockerSpecificationType": "Image",
            "dockerImageUri": IMAGE,
            "platform": {"operatingSystemType": "Linux"},
        },
        "condaFile": json.dumps({"dependencies": ["python=3.11"]}, indent=2),
        "inferenceContainerProperties": {"scoringRoute": route},
    }
    new = {
        "image": IMAGE,
        "osType": "Linux",
        "condaFile": json.dumps({"dependencies": ["python=3.11"]}, indent=2),
        "inferenceConfig": {"scoringRoute": route},
    }
    made = first.made(where, {"properties": old})["properties"]
    assert reduced(made, old) == old
    read = newer.read(where)["properties"]
    wanted = {**new, "environmentType": "UserCreated"}
    assert reduced(read, wanted) == wanted
    assert newer("PUT", where, {"properties": new}).status_code == 201
    assert first.read(where)["properties"] == made
    other = {"properties": {**new, "image": "other"}}
    assert refusal(newer("PUT", where, other)) == (409, "VersionImmutable")


def test_a_dockerfile_is_a_text_in_one_and_a_folder_in_the_other(
    arm: Arm, first: Client, newer: Client
) -> None:
    text = f"FROM {IMAGE}\n"
    job_requests.upload(arm, "contexts/one/docker/Dockerfile", text.encode())
    url = f"{arm.endpoint}/amlrestlocal/azureml-blobstore/contexts/one"
    build = {"contextUri": url, "dockerfilePath": "docker/Dockerfile"}
    where = version_of("environments")
    assert newer.made(where, {"properties": {"build": build}})["properties"]["build"] == build
    docker = first.read(where)["properties"]["docker"]
    wanted = {"dockerSpecificationType": "Build", "dockerfile": text}
    assert reduced(docker, wanted) == wanted
    assert first("PUT", where, {"properties": {"docker": docker}}).status_code == 201
    assert newer.read(where)["properties"]["build"] == build

    where = version_of("environments")
    made = first.made(where, {"properties": {"docker": docker}})["properties"]["docker"]
    assert reduced(made, docker) == docker
    stored = newer.read(where)["properties"]["build"]
    assert stored["dockerfilePath"] == "Dockerfile"
    path = stored["contextUri"].partition("/paths/")[2]
    blob = arm.http.get(f"/amlrestlocal/azureml-blobstore/{path}Dockerfile")
    assert blob.text == text
    assert newer("PUT", where, {"properties": {"build": build}}).status_code == 201


def test_a_build_context_without_a_dockerfile_is_refused(newer: Client) -> None:
    uri = "azureml://datastores/workspaceblobstore/paths/nothing-here/"
    body = {"properties": {"build": {"contextUri": uri}}}
    answer = newer("PUT", version_of("environments"), body)
    assert answer.status_code == 400
    assert answer.json()["error"]["target"] == "properties.build.contextUri"


@pytest.mark.parametrize("data_type", ["uri_file", "uri_folder", "mltable"])
def test_data_has_a_uri_in_one_and_a_path_in_the_other(
    arm: Arm, first: Client, newer: Client, data_type: str
) -> None:
    where = version_of("data")
    scope = arm.id.replace("/providers/Microsoft.MachineLearningServices", "").strip("/")
    long_uri = f"azureml://{scope}/datastores/workspaceblobstore/paths/data/x.csv"
    long_uri = long_uri.replace("resourceGroups", "resourcegroups")
    new = {"dataType": data_type, "dataUri": long_uri, "tags": {"a": "b"}}
    assert reduced(newer.made(where, {"properties": new})["properties"], new) == new
    read = first.read(where)["properties"]
    store = f"{arm.id}/datastores/workspaceblobstore"
    assert (read["datastoreId"], read["path"], read["tags"]) == (store, "data/x.csv", {"a": "b"})
    assert not {"dataUri", "dataType"} & read.keys()
    old = {"properties": {"datastoreId": store, "path": "data/x.csv"}}
    assert first("PUT", where, old).status_code == 200
    short = "azureml://datastores/workspaceblobstore/paths/data/x.csv"
    assert newer("PUT", where, {"properties": {**new, "dataUri": short}}).status_code == 200
    assert newer.read(where)["properties"]["dataType"] == data_type
    assert [item["name"] for item in newer.listed(where.rpartition("/")[0])] == ["1"]


def test_the_type_of_data_made_in_the_first_shape_is_that_of_its_files(
    arm: Arm, first: Client, newer: Client
) -> None:
    job_requests.upload(arm, "typed/one.csv", b"1\n")
    found = {}
    for path in ("typed/one.csv", "typed", "https://example.org/one.csv"):
        where = version_of("data")
        first.made(where, {"properties": {"path": path}})
        found[path] = newer.read(where)["properties"]["dataType"]
    assert list(found.values()) == ["uri_file", "uri_folder", "uri_file"]


def test_code_has_a_blob_url_in_one_and_a_path_in_the_other(
    arm: Arm, first: Client, newer: Client
) -> None:
    where = version_of("codes")
    url = f"{arm.endpoint}/amlrestlocal/azureml-blobstore/code/one"
    assert newer.made(where, {"properties": {"codeUri": url}})["properties"]["codeUri"] == url
    read = first.read(where)["properties"]
    store = f"{arm.id}/datastores/workspaceblobstore"
    assert (read["datastoreId"], read["path"]) == (store, "code/one")
    body = {"properties": {"datastoreId": store, "path": "code/one"}}
    assert first("PUT", where, body).status_code == 200
    assert first("PUT", where, {"properties": {"path": "other"}}).status_code == 409
    properties = {"hash_sha256": "abc", "hash_version": "202208"}
    newer.made(where, {"properties": {"codeUri": url, "properties": properties}})
    versions = where.rpartition("/")[0]
    assert len(newer.listed(versions, hash="abc", hashVersion="202208")) == 1
    assert newer.listed(versions, hash="other") == []


def test_a_model_keeps_what_only_the_newer_shape_has(first: Client, newer: Client) -> None:
    where = version_of("models")
    new = {"modelUri": "https://example.org/m", "modelType": "mlflow_model", "stage": "dev"}
    newer.made(where, {"properties": new})
    read = first.read(where)["properties"]
    assert read["path"] == "https://example.org/m"
    assert not {"modelType", "stage", "modelUri"} & read.keys()
    body = {"properties": {"path": read["path"], "description": "changed"}}
    assert first("PUT", where, body).status_code == 200
    changed = {**new, "description": "changed"}
    assert reduced(newer.read(where)["properties"], changed) == changed


def test_archived_versions_are_listed_when_asked_for(first: Client, newer: Client) -> None:
    where = version_of("models")
    body: dict[str, Any] = {"properties": {"modelUri": "https://example.org/m"}}
    newer.made(where, body)
    body["properties"]["isArchived"] = True
    assert newer("PUT", where, body).status_code == 200
    versions = where.rpartition("/")[0]
    assert newer.listed(versions) == []
    assert len(newer.listed(versions, listViewType="All")) == 1
    assert len(newer.listed(versions, listViewType="ArchivedOnly")) == 1
    assert len(first.listed(versions)) == 1


STORES = [
    (
        {"contentsType": "AzureBlob", "containerName": "c", "accountName": "acc"},
        {"datastoreType": "AzureBlob", "containerName": "c", "accountName": "acc"},
    ),
    (
        {"contentsType": "AzureFile", "containerName": "c", "accountName": "acc"},
        {"datastoreType": "AzureFile", "fileShareName": "c", "accountName": "acc"},
    ),
    (
        {"contentsType": "AzureDataLakeGen2", "containerName": "c", "accountName": "acc"},
        {"datastoreType": "AzureDataLakeGen2", "filesystem": "c", "accountName": "acc"},
    ),
]
ADDRESS = {"protocol": "https", "endpoint": "core.windows.net"}
PRINCIPAL = {"clientId": str(uuid.UUID(int=1)), "tenantId": str(uuid.UUID(int=2))}


@pytest.mark.parametrize(("old", "new"), STORES, ids=["blob", "file", "gen2"])
def test_a_datastore_has_contents_in_one_and_none_in_the_other(
    first: Client, newer: Client, old: dict[str, Any], new: dict[str, Any]
) -> None:
    where = f"datastores/{name('d')}"
    kind = {"credentialsType": "ServicePrincipal", **PRINCIPAL}
    secret = {"secrets": {"secretsType": "ServicePrincipal", "clientSecret": "hidden"}}
    sent = {**new, **ADDRESS, "credentials": {**kind, **secret, "resourceUrl": "https://r"}}
    made = newer.made(where, {"properties": {**sent, "description": "d"}})["properties"]
    shown = {**new, **ADDRESS, "credentials": {**kind, "resourceUrl": "https://r"}}
    shown |= {"description": "d", "isDefault": False}
    assert reduced(made, shown) == shown
    assert "secrets" not in made["credentials"]
    read = first.read(where)["properties"]
    contents = {**old, **ADDRESS, "credentials": {**kind, "resourceUri": "https://r"}}
    assert reduced(read["contents"], contents) == contents
    assert "secrets" not in read["contents"]["credentials"]
    for client in (first, newer):
        answer = client("POST", f"{where}/listSecrets")
        assert answer.json() == {"secretsType": "ServicePrincipal", "clientSecret": "hidden"}
    contents["credentials"] |= {"secrets": {"secretsType": "ServicePrincipal", "clientSecret": "2"}}
    again = first("PUT", where, {"properties": {"contents": contents}})
    assert again.status_code == 200, again.text
    assert newer("POST", f"{where}/listSecrets").json()["clientSecret"] == "2"


def test_the_default_datastore_stays_the_default_when_the_newer_shape_writes_it(
    first: Client, newer: Client
) -> None:
    where = "datastores/workspaceblobstore"
    read = newer.read(where)["properties"]
    assert (read["datastoreType"], read["isDefault"]) == ("AzureBlob", True)
    secrets = newer("POST", f"{where}/listSecrets").json()
    read["credentials"]["secrets"] = secrets
    assert newer("PUT", where, {"properties": read}).status_code == 200
    assert first.read(where)["properties"]["isDefault"] is True


def test_a_kind_that_a_version_does_not_have_is_not_shown_in_it(
    first: Client, newer: Client
) -> None:
    where = f"datastores/{name('d')}"
    contents = {
        "contentsType": "GlusterFs",
        "serverAddress": "server",
        "volumeName": "volume",
        "credentials": {"credentialsType": "None"},
    }
    first.made(where, {"properties": {"contents": contents}})
    answer = newer("GET", where)
    assert answer.status_code == 404
    assert NEWER in answer.json()["error"]["message"]
    names = {item["name"] for item in newer.listed("datastores", count=1000)}
    assert where.rpartition("/")[2] not in names
    assert "workspaceblobstore" in names
    assert where.rpartition("/")[2] in {item["name"] for item in first.listed("datastores")}


def test_problems_name_the_fields_of_the_version(first: Client, newer: Client) -> None:
    credentials = {
        "credentialsType": "Sas",
        "secrets": {"secretsType": "AccountKey", "key": "k"},
    }
    body = {"datastoreType": "AzureBlob", "credentials": credentials}
    answer = newer("PUT", f"datastores/{name('d')}", {"properties": body})
    secrets_type = "credentials.secrets.secretsType"
    assert answer.json()["error"]["target"] == f"properties.{secrets_type}"
    contents = {
        "contentsType": "AzureBlob",
        "accountName": "a",
        "containerName": "c",
        **ADDRESS,
        "credentials": credentials,
    }
    answer = first("PUT", f"datastores/{name('d')}", {"properties": {"contents": contents}})
    assert answer.json()["error"]["target"] == f"properties.contents.{secrets_type}"
    missing = "azureml://datastores/missing/paths/x"
    for kind, field in (("codes", "codeUri"), ("models", "modelUri"), ("data", "dataUri")):
        body = {field: missing, "dataType": "uri_file"} if kind == "data" else {field: missing}
        answer = newer("PUT", version_of(kind), {"properties": body})
        assert answer.json()["error"]["target"] == f"properties.{field}"


def test_an_online_endpoint_and_its_deployment(first: Client, newer: Client, arm: Arm) -> None:
    endpoint = f"onlineEndpoints/{name('e')}"
    compute = f"{arm.id}/computes/cpu-cluster"
    body = {"location": "x", "properties": {"authMode": "Key", "compute": compute}}
    assert newer.made(endpoint, body)["properties"]["compute"] == compute
    assert first.read(endpoint)["properties"]["target"] == compute
    where = f"{endpoint}/deployments/blue"
    new = {
        "endpointComputeType": "Kubernetes",
        "scaleSettings": {"scaleType": "Default"},
        "containerResourceRequirements": {
            "containerResourceRequests": {"cpu": "1", "memory": "2Gi", "gpu": "1"},
            "containerResourceLimits": {"cpu": "2500m", "memory": "512Mi", "gpu": "1"},
        },
    }
    sent = {"location": "x", "properties": new, "sku": {"name": "Default", "capacity": 2}}
    made = newer.made(where, sent)
    assert made["sku"] == sent["sku"]
    assert reduced(made["properties"], new) == new
    read = first.read(where)
    assert "sku" not in read
    assert read["properties"]["endpointComputeType"] == "K8S"
    scale = read["properties"]["scaleSettings"]
    assert (scale["scaleType"], scale["instanceCount"]) == ("Manual", 2)
    wanted = {
        "cpu": 1,
        "memoryInGB": 2,
        "gpu": 1,
        "cpuLimit": 2.5,
        "memoryInGBLimit": 0.5,
    }
    found = read["properties"]["containerResourceRequirements"]
    assert reduced(found, wanted) == wanted
    assert newer("PATCH", where, {"sku": {"capacity": 3}}).status_code == 202
    assert first.read(where)["properties"]["scaleSettings"]["instanceCount"] == 3
    traffic = {"properties": {"traffic": {"blue": 100}}}
    assert first("PATCH", endpoint, traffic).is_success
    assert newer.read(endpoint)["properties"]["traffic"] == {"blue": 100}


def test_a_deployment_refers_to_assets_by_id_name_or_registry(first: Client, newer: Client) -> None:
    model, environment = version_of("models"), version_of("environments")
    model_id = newer.made(model, {"properties": {"modelUri": "https://example.org/m"}})["id"]
    newer.made(environment, {"properties": {"image": IMAGE}})
    endpoint = f"onlineEndpoints/{name('e')}"
    newer.made(endpoint, {"location": "x", "properties": {"authMode": "Key"}})
    properties = {
        "endpointComputeType": "Managed",
        "model": f"azureml:{model.split('/')[1]}:1",
        "environmentId": "azureml://registries/azureml/environments/any/versions/1",
    }
    where = f"{endpoint}/deployments/blue"
    made = newer.made(where, {"location": "x", "properties": properties})["properties"]
    assert (made["model"], made["environmentId"]) == (model_id, properties["environmentId"])
    reference = {"referenceType": "Id", "assetId": model_id}
    assert first.read(where)["properties"]["model"] == reference
    properties["model"] = "azureml:none:1"
    answer = newer("PUT", where, {"location": "x", "properties": properties})
    assert answer.json()["error"]["target"] == "properties.model"


def test_a_batch_endpoint_and_its_deployment(first: Client, newer: Client, arm: Arm) -> None:
    endpoint = f"batchEndpoints/{name('b')}"
    created = newer("PUT", endpoint, {"location": "x", "properties": {"authMode": "AADToken"}})
    assert created.status_code == 201
    assert "azure-asyncoperation" in created.headers
    where = f"{endpoint}/deployments/one"
    compute = f"{arm.id}/computes/cpu-cluster"
    new = {
        "compute": compute,
        "resources": {"instanceCount": 2},
        "outputAction": "AppendRow",
        "outputFileName": "rows.txt",
        "maxConcurrencyPerInstance": 3,
    }
    made = newer.made(where, {"location": "x", "properties": new})["properties"]
    assert reduced(made, new) == new
    read = first.read(where)["properties"]
    assert (read["compute"]["target"], read["compute"]["instanceCount"]) == (compute, 2)
    wanted = {"outputAction": "AppendRow", "appendRowFileName": "rows.txt"}
    assert reduced(read["outputConfiguration"], wanted) == wanted
    assert "maxConcurrencyPerInstance" not in read
    default = {"authMode": "AADToken", "defaults": {"deploymentName": "one"}}
    assert newer("PUT", endpoint, {"location": "x", "properties": default}).is_success
    assert first.read(endpoint)["properties"]["traffic"] == {"one": 100}
    assert newer.read(endpoint)["properties"]["defaults"] == {"deploymentName": "one"}
    assert newer("DELETE", endpoint).status_code == 202
    assert newer("GET", endpoint).status_code == 404


@pytest.mark.parametrize("version", BOTH)
def test_every_collection_of_the_workspace_is_valid(arm: Arm, version: str) -> None:
    client = Client(arm, version)
    for kind in ("computes", "datastores", "data", "codes", "models", "environments"):
        client.listed(kind)
    client.listed("onlineEndpoints")
    client.listed("batchEndpoints")
    client.read("computes/cpu-cluster")
    client.read("")


def test_a_restart_of_a_compute_instance_is_accepted_in_the_newer_shape(
    first: Client, newer: Client
) -> None:
    where = f"computes/{name('c')}"
    body = {"location": "x", "properties": {"computeType": "ComputeInstance", "properties": {}}}
    newer.made(where, body)
    assert first("POST", f"{where}/restart").status_code == 200
    accepted = newer("POST", f"{where}/restart")
    assert accepted.status_code == 202
    status = newer.arm.follow(accepted.headers["azure-asyncoperation"])
    assert status.json()["status"] == "Succeeded"
    assert f"api-version={NEWER}" in accepted.headers["azure-asyncoperation"]


def test_strict_mode_refuses_fields_that_the_document_does_not_have(
    arm: Arm, newer: Client
) -> None:
    body = {"properties": {"image": IMAGE, "docker": {}, "tags": {"any": "thing"}}}
    assert newer("PUT", version_of("environments"), body).is_success
    try:
        assert arm.http.put("/_local/settings", json={"strict": True}).is_success
        answer = newer("PUT", version_of("environments"), body)
    finally:
        arm.http.put("/_local/settings", json={"strict": False})
    assert answer.status_code == 400
    (problem,) = answer.json()["error"]["details"]
    assert (problem["code"], problem["target"]) == ("UnknownProperty", "properties.docker")


def test_every_handler_has_an_operation_and_the_same_one_in_both_versions() -> None:
    handlers.load()
    operations = {
        version: {
            item["operationId"]: (method, path)
            for path, methods in document(version)["paths"].items()
            for method, item in methods.items()
        }
        for version in BOTH
    }
    known = operations[FIRST] | operations[NEWER]
    assert HANDLERS.keys() <= known.keys()
    handled = {known[operation]: handler for operation, handler in HANDLERS.items()}
    for ids in operations.values():
        for operation, place in ids.items():
            assert HANDLERS.get(operation) is handled.get(place), operation
