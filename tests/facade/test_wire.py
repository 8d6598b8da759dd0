"""Resources and the service's JSON, against the official documents and examples."""

import copy
from typing import Any

import amlrest
import pytest
from amlrest import (
    AccountKey,
    AmlCompute,
    AmlToken,
    AutoScale,
    AzureDataLakeGen1Datastore,
    AzureFileDatastore,
    AzureSqlDatabaseDatastore,
    BatchDeployment,
    BatchEndpoint,
    Code,
    CommandJob,
    Compute,
    ComputeInstance,
    ContainerResources,
    DataAsset,
    Environment,
    Input,
    Job,
    K8sOnlineDeployment,
    Model,
    OnlineEndpoint,
    Output,
    Probe,
    PyTorch,
    RequestSettings,
    ServicePrincipal,
    SqlAdmin,
    SweepJob,
    WorkspaceInfo,
    choice,
    uniform,
)
from amlrest._wire import Scope, from_wire, request_body, same_as_sent, to_wire
from amlrest._wire.fields import resolve, wire_fields
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.resources import datastores, deployments
from hypothesis import given
from hypothesis import strategies as st

from tests import official

WS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
FOLDERS = {
    "BatchDeployment": BatchDeployment,
    "BatchEndpoint": BatchEndpoint,
    "CodeVersion": Code,
    "DataVersion": DataAsset,
    "EnvironmentSpecificationVersion": Environment,
    "Job/CommandJob": CommandJob,
    "Job/SweepJob": SweepJob,
    "ModelVersion": Model,
    "OnlineEndpoint": OnlineEndpoint,
    "Workspace": WorkspaceInfo,
}
EXAMPLES = [(where, cls, raw) for f, cls in FOLDERS.items() for where, raw in official.resources(f)]
COMPUTES = {"AmlCompute": AmlCompute, "ComputeInstance": ComputeInstance}
EXAMPLES += [
    (where, COMPUTES.get(raw["properties"].get("computeType"), Compute), raw)
    for where, raw in official.resources("Compute")
]
EXAMPLES += [
    (where, datastores.class_for(raw), raw) for where, raw in official.resources("Datastore")
]
EXAMPLES += [
    (where, deployments.online_deployment_class(raw), raw)
    for where, raw in official.resources("OnlineDeployment")
]


@pytest.mark.parametrize(
    ("cls", "raw"), [e[1:] for e in EXAMPLES], ids=[f"{e[0]}-{i}" for i, e in enumerate(EXAMPLES)]
)
def test_an_official_example_comes_back_without_loss(
    cls: type[WireObject], raw: dict[str, Any]
) -> None:
    before = copy.deepcopy(raw)
    assert to_wire(from_wire(cls, raw)) == before


@official.needed
def test_the_official_examples_were_found() -> None:
    assert len(EXAMPLES) > 50


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


@official.needed
@given(st.data())
def test_whatever_the_service_sends_instead_is_kept(data: st.DataObject) -> None:
    _, cls, raw = data.draw(st.sampled_from(EXAMPLES))
    changed = copy.deepcopy(raw)
    place: Any = changed
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [value for value in place.values() if isinstance(value, dict)]
        place = data.draw(st.sampled_from(inner)) if inner else place
    key = data.draw(st.sampled_from([*place, "newer"]))
    place[key] = data.draw(ANY_JSON)
    resource = from_wire(cls, changed)
    assert to_wire(resource) == changed
    assert isinstance(repr(resource), str)


def every_class() -> list[type[WireObject]]:
    found = [getattr(amlrest, name) for name in amlrest.__all__]
    wire = [each for each in found if isinstance(each, type) and issubclass(each, WireObject)]
    return [cls for cls in wire if cls.WIRE_MODEL and not cls.SINCE]


def follow(schema: dict[str, Any], path: tuple[str, ...], constants: dict[str, str]) -> Any:
    """Walk a schema of the official documents; constants choose among subtypes."""
    definitions = official.definitions()
    if "$ref" in schema:
        return follow(definitions[schema["$ref"].rpartition("/")[2]], path, constants)
    if not path:
        return schema
    properties = all_properties(schema)
    if path[0] in properties:
        inner = properties[path[0]]
        found = follow(inner, path[1:], constants)
        return found if found is not None else follow_subtypes(inner, path[1:], constants)
    return None


def follow_subtypes(
    schema: dict[str, Any], path: tuple[str, ...], constants: dict[str, str]
) -> Any:
    definitions = official.definitions()
    name = schema.get("$ref", "").rpartition("/")[2]
    for subtype in definitions.values():
        parents = [each.get("$ref", "").rpartition("/")[2] for each in subtype.get("allOf", [])]
        value = subtype.get("x-ms-discriminator-value")
        if name in parents and (value in constants.values() or not constants):
            found = follow(subtype, path, constants)
            if found is not None:
                return found
    return None


def all_properties(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = official.definitions()
    found = dict(schema.get("properties", {}))
    for parent in schema.get("allOf", []):
        name = parent.get("$ref", "").rpartition("/")[2]
        found |= all_properties(definitions.get(name, {}) if name else parent)
    return found


@pytest.mark.parametrize("cls", every_class(), ids=lambda cls: cls.__name__)
def test_every_attribute_stands_where_the_official_document_says(cls: type[WireObject]) -> None:
    """Envelope keys (with a slash) are those every tracked Azure resource has."""
    schema = official.definitions()[cls.WIRE_MODEL]
    constants = dict([cls.WIRE_TYPE]) if cls.WIRE_TYPE else {}
    if issubclass(cls, amlrest.resources.credentials._Credentials) and cls.WIRE_TYPE:
        constants["secrets.secretsType"] = cls.WIRE_TYPE[1]
    wrong = []
    for name, field in wire_fields(cls):
        if field.since is not None:
            continue  # its place is in later documents: test_dialects.py
        if field.path.startswith("/"):
            assert field.path in {"/location", "/tags", "/identity", "/kind", "/sku"}
        elif (cls, name) == (Compute, "settings"):
            assert "properties" in all_properties(official.definitions()["AmlCompute"])
        elif follow(schema, resolve("", field.path), constants) is None:
            wrong.append((name, field.path))
    assert wrong == []


def writable(schema: dict[str, Any], above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Paths of what a request may set; what has subtypes of its own counts as one."""
    definitions, found = official.definitions(), set()
    parents = {
        parent.get("$ref", "").rpartition("/")[2]
        for each in definitions.values()
        for parent in each.get("allOf", [])
    }
    for key, inner in all_properties(schema).items():
        name = inner.get("$ref", "").rpartition("/")[2]
        target, path = definitions.get(name, inner), (*above, key)
        if inner.get("readOnly"):
            continue
        if all_properties(target) and name not in parents:
            found |= writable(target, path)
        else:
            found.add(path)
    return found


WRITTEN = [cls for cls in every_class() if cls is not WorkspaceInfo]


@pytest.mark.parametrize("cls", WRITTEN, ids=lambda cls: cls.__name__)
def test_everything_a_request_may_set_has_an_attribute(cls: type[WireObject]) -> None:
    schema = official.definitions()[cls.WIRE_MODEL]
    reached = [resolve("", field.path) for _, field in wire_fields(cls)]
    discriminator = cls.WIRE_TYPE[0].rpartition(".")[2] if cls.WIRE_TYPE else ""
    named = {discriminator, "jobType", "endpointComputeType", "secretsType"}
    missing = {
        path
        for path in writable(schema)
        if path[-1] not in named and not any(path[: len(r)] == r[: len(path)] for r in reached)
    }
    assert missing == set()


DATASTORES = [cls for cls in datastores.DATASTORES if not cls.SINCE]


@pytest.mark.parametrize("cls", DATASTORES, ids=lambda cls: cls.__name__)
def test_a_new_datastore_needs_what_the_official_document_requires(cls: type[Any]) -> None:
    contents = official.definitions()[f"{cls.WIRE_TYPE[1]}Contents"]
    places = {resolve("", field.path)[-1]: name for name, field in wire_fields(cls)}
    # The endpoint of a storage account is that of the cloud.
    filled = {"protocol"} | ({"endpoint"} if "account_name" in places.values() else set())
    assert {places[name] for name in contents["required"]} - filled == set(cls.REQUIRED)
    with pytest.raises(ValidationError, match=rf"{cls.__name__}\.\w+ is missing"):
        to_wire(cls("d"))


@pytest.mark.parametrize("cls", every_class(), ids=lambda cls: cls.__name__)
def test_every_discriminator_value_is_the_official_one(cls: type[WireObject]) -> None:
    schema = official.definitions()[cls.WIRE_MODEL]
    value = schema.get("x-ms-discriminator-value")
    if value is not None and "allOf" in schema:
        assert cls.WIRE_TYPE is not None
        assert cls.WIRE_TYPE[1] == value


def envelope(body: dict[str, Any]) -> dict[str, Any]:
    return {key: body[key] for key in ("tags", "location", "kind", "identity") if key in body}


THREE = {f"additionalProp{n}": "string" for n in (1, 2, 3)}
RG = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/resourceGroup-1234"
OTHER = f"{RG}/providers/Microsoft.MachineLearningServices/workspaces/testworkspace"


@official.needed
def test_a_command_job_says_everything_the_official_answer_has() -> None:
    """The request example is not among the documents here; the answer has what only it adds."""
    answer = dict(official.resources("Job/CommandJob"))["Job/CommandJob/get.json#0"]
    job = CommandJob(
        command="python file.py test",
        code=f"{OTHER}/codes/mycode/versions/1",
        environment=f"{OTHER}/environments/AzureML-Tutorial/versions/1",
        compute=f"{OTHER}/computes/mycompute",
        timeout=60,
        experiment_name="myExperiment",
        inputs={
            "test": Input(f"{OTHER}/data/mydataset/versions/1", path_on_compute="path/on/compute")
        },
        outputs={
            "test": Output(
                OTHER + "/datastore/mydatastore",
                path_on_compute="path/on/compute",
            )
        },
        identity=AmlToken(),
        distribution=PyTorch(2),
        environment_variables={"MY_ENV_VAR1": "string", "MY_ENV_VAR2": "string"},
        description="string",
        tags=THREE,
        properties=THREE,
    )
    by_service = {"status", "provisioningState", "interactionEndpoints", "output"}
    expected = {k: v for k, v in answer["properties"].items() if k not in by_service}
    assert request_body(job) == {"properties": expected}


def test_a_cluster_is_written_as_in_the_official_request() -> None:
    image = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/"
    image += "providers/Microsoft.Compute/galleries/myImageGallery/images/myImageDefinition/"
    cluster = AmlCompute(
        "compute123",
        "STANDARD_NC6",
        location="eastus",
        priority="dedicated",
        os_type="windows",
        image_id=f"{image}versions/0.0.1",
        isolated_network=False,
        min_instances=0,
        max_instances=1,
        idle_time_before_scale_down=300,
        ssh_public_access="not_specified",
        enable_public_ip=True,
    )
    assert request_body(cluster) == official.request_body(
        official.example("Compute/createOrUpdate/BasicAmlCompute.json")
    )


@pytest.mark.parametrize(
    ("path", "cls", "credentials"),
    [
        (
            "AzureDataLakeGen1WServicePrincipal",
            AzureDataLakeGen1Datastore,
            lambda raw: ServicePrincipal(
                tenant_id=raw["tenantId"],
                client_id=raw["clientId"],
                client_secret=raw["secrets"]["clientSecret"],
                authority_url=raw.get("authorityUrl"),
                resource_uri=raw.get("resourceUri"),
            ),
        ),
        (
            "AzureFileWAccountKey",
            AzureFileDatastore,
            lambda raw: AccountKey(raw["secrets"]["key"]),
        ),
        (
            "AzureSqlDatabaseWSqlAdmin",
            AzureSqlDatabaseDatastore,
            lambda raw: SqlAdmin(user_id=raw["userId"], password=raw["secrets"]["password"]),
        ),
    ],
)
def test_datastores_are_written_as_in_the_official_requests(
    path: str, cls: type, credentials: Any
) -> None:
    body = official.request_body(official.example(f"Datastore/{path}/createOrUpdate.json"))[
        "properties"
    ]
    contents = body["contents"]
    names = {
        "accountName": "account_name",
        "containerName": "container_name",
        "endpoint": "endpoint",
        "protocol": "protocol",
        "storeName": "store_name",
        "serverName": "server_name",
        "databaseName": "database_name",
        "portNumber": "port_number",
    }
    store = cls(
        name="d1",
        credentials=credentials(contents["credentials"]),
        is_default=body.get("isDefault"),
        description=body.get("description"),
        tags=body.get("tags"),
        properties=body.get("properties"),
        linked_info=body.get("linkedInfo"),
        **{names[key]: value for key, value in contents.items() if key in names},
    )
    assert request_body(store) == {"properties": body}


def test_a_kubernetes_deployment_is_written_as_in_the_official_request() -> None:
    body = official.request_body(
        official.example("OnlineDeployment/K8sOnlineDeployment/createOrUpdate.json")
    )
    deployment = K8sOnlineDeployment(
        name="testDeployment",
        endpoint="testEndpoint",
        model=f"{OTHER}/models/model123",
        code=f"{OTHER}/codes/code123/versions/1",
        scoring_script="string",
        environment=f"{OTHER}/environments/env123",
        app_insights_enabled=True,
        scale_settings=AutoScale(polling_interval=60, target_utilization_percentage=50),
        container_resources=ContainerResources(
            cpu=4, cpu_limit=4, memory_gb=64, memory_limit_gb=64
        ),
        request_settings=RequestSettings(
            max_queue_wait=60, request_timeout="PT1M", max_concurrent_requests_per_instance=5
        ),
        liveness_probe=Probe(
            failure_threshold=50,
            success_threshold=50,
            timeout=60,
            period=60,
            initial_delay=60,
        ),
        description="string",
        properties=THREE,
        **envelope(body),
    )
    expected = copy.deepcopy(body)
    del expected["properties"]["provisioningState"]
    assert request_body(deployment) == expected


def test_the_documented_sweep_is_written_as_the_article_has_it() -> None:
    sweep = SweepJob(
        compute="cpu-cluster",
        search_space={"--learning_rate": uniform(0.01, 0.9), "--boosting": choice("gbdt", "dart")},
        objective=amlrest.minimize("test-multi_logloss"),
        max_total_trials=20,
        max_concurrent_trials=10,
        timeout="PT120M",
    )
    assert request_body(sweep, Scope(WS)) == {
        "properties": {
            "jobType": "Sweep",
            "algorithm": "Random",
            "compute": {"target": f"{WS}/computes/cpu-cluster", "instanceCount": 1},
            "objective": {"primaryMetric": "test-multi_logloss", "goal": "Minimize"},
            "searchSpace": {
                "--learning_rate": ["uniform", [0.01, 0.9]],
                "--boosting": ["choice", [["gbdt", "dart"]]],
            },
            "maxTotalTrials": 20,
            "maxConcurrentTrials": 10,
            "timeout": "PT120M",
        }
    }


def test_a_change_is_written_and_the_rest_stays() -> None:
    raw: dict[str, Any] = {
        "id": f"{WS}/jobs/j1",
        "name": "j1",
        "systemData": {"createdAt": "2021-04-01T22:00:00.0000000+00:00"},
        "properties": {
            "jobType": "Command",
            "command": "x",
            "newer": {"kept": [1, None]},
            "distribution": {"distributionType": "Pytorch", "processCount": 2, "newer": 1},
            "compute": {"target": "/c", "newer": True},
            "timeout": "PT90S",
        },
    }
    job = from_wire(CommandJob, raw)
    job.tags = {"a": "b"}
    assert isinstance(job.distribution, PyTorch)
    job.distribution.process_count = 3
    assert job.created_at is not None
    assert request_body(job) == {
        "properties": raw["properties"]
        | {
            "tags": {"a": "b"},
            "distribution": {"distributionType": "Pytorch", "processCount": 3, "newer": 1},
        }
    }


def test_adding_an_entry_leaves_the_others_as_they_were() -> None:
    """Also those that nobody here could have written."""
    raw: dict[str, Any] = {
        "properties": {
            "jobType": "Sweep",
            "tags": {"flag": True, "none": None, "deep": {"a": 1}},
            "searchSpace": {"x": ["beta", [1, 2]], "y": ["uniform", ["0", "1"]]},
        }
    }
    sweep = from_wire(SweepJob, raw)
    assert sweep.tags is not None
    sweep.tags["team"] = "a"
    sweep.search_space["z"] = amlrest.choice(1)
    written = to_wire(sweep)["properties"]
    assert written["tags"] == raw["properties"]["tags"] | {"team": "a"}
    assert written["searchSpace"] == raw["properties"]["searchSpace"] | {"z": ["choice", [[1]]]}
    flavors = {"sklearn": {"data": {"v": "1"}, "newer": 1}, "none": {"data": None}, "null": None}
    model = from_wire(Model, {"properties": {"flavors": flavors}})
    assert model.flavors is not None
    model.flavors["onnx"] = {"v": "2"}
    assert to_wire(model)["properties"]["flavors"] == flavors | {"onnx": {"data": {"v": "2"}}}
    endpoint = from_wire(OnlineEndpoint, {"properties": {"authMode": "Key", "traffic": {"a": "9"}}})
    assert endpoint.traffic is not None
    endpoint.traffic["b"] = 91
    assert to_wire(endpoint)["properties"]["traffic"] == {"a": "9", "b": 91}


def test_a_change_inside_an_object_keeps_what_else_is_in_it() -> None:
    raw = {
        "properties": {"computeType": "AmlCompute", "properties": {"subnet": {"id": "/a", "n": 1}}}
    }
    cluster = from_wire(AmlCompute, raw)
    cluster.subnet = "/b"
    assert to_wire(cluster)["properties"]["properties"]["subnet"] == {"id": "/b", "n": 1}
    cluster.subnet = 5  # type: ignore[assignment]
    with pytest.raises(ValidationError, match=r"AmlCompute.subnet: 5 is int"):
        to_wire(cluster)


def test_taking_a_value_away_takes_it_off_the_wire() -> None:
    raw = {"properties": {"docker": {"dockerSpecificationType": "image", "dockerImageUri": "a"}}}
    environment = from_wire(Environment, raw)
    environment.image, environment.dockerfile = None, "FROM b"
    assert to_wire(environment) == {
        "properties": {"docker": {"dockerSpecificationType": "Build", "dockerfile": "FROM b"}}
    }


def test_unknown_subtypes_keep_everything() -> None:
    raw: dict[str, Any] = {
        "properties": {"jobType": "Pipeline", "status": "Running", "stages": [1]}
    }
    job = from_wire(Job, raw)
    assert (job.job_type, job.status, to_wire(job)) == ("Pipeline", "Running", raw)
    raw = {"properties": {"contents": {"contentsType": "AzureMySql", "serverName": "x"}}}
    assert datastores.class_for(raw) is datastores.Datastore
    assert to_wire(from_wire(datastores.Datastore, raw)) == raw


def unchecked(**fields: Any) -> CommandJob:
    """A job with fields that a type checker would refuse."""
    return CommandJob(**fields)


def registered(collection: str) -> Environment:
    return from_wire(Environment, {"id": f"{WS}/{collection}/e/versions/1"})


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (unchecked(command=5), r"CommandJob.command: 5 is int; use a string"),
        (unchecked(command="x", timeout="soon"), r"CommandJob.timeout: 'soon' is not a duration"),
        (unchecked(command="x", timeout=0), "is not positive"),
        (unchecked(command="x", instance_count="2"), "instance_count: '2' is str"),
        (
            unchecked(command="x", inputs={"a": Input("d:1", mode="mnt")}),
            r"\['a'\].mode: unknown value 'mnt'",
        ),
        (unchecked(command="x", environment=Environment("e", "i")), "not in the workspace yet"),
        (unchecked(command="x", compute="a/b"), r"CommandJob.compute: .*it has '/'"),
        (unchecked(command="x", code=registered("environments")), "CommandJob.code: .*environment"),
        (unchecked(command="x", compute=registered("codes")), "CommandJob.compute: .*another kind"),
        (unchecked(command="x", distribution="mpi"), r"use one of Mpi\(…\)"),
        (unchecked(command="x", tags={"a": None, "b": []}), r"tags\['b'\]"),
        (unchecked(command="x", environment_variables=["A=1"]), "use a dict"),
    ],
)
def test_a_wrong_value_is_refused_by_name(job: CommandJob, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        to_wire(job, Scope(WS))


def test_no_secret_shows() -> None:
    secret = "s3cr3t"
    shown = [
        AccountKey(secret),
        SqlAdmin(user_id="u", password=secret),
        AmlCompute("c", admin_password=secret),
        from_wire(AzureFileDatastore, {"properties": {"contents": {"credentials": {"x": secret}}}}),
        amlrest.EndpointKeys(secret, secret),
        amlrest.EndpointToken(access_token=secret),
    ]
    assert [repr(each) for each in shown if secret in repr(each)] == []


def test_what_the_service_adds_makes_no_difference_to_what_was_sent() -> None:
    sent = {"properties": {"codeId": "/A/b", "n": 1, "tags": {}}}
    assert same_as_sent(sent, {"properties": {"codeId": "/a/B", "n": 1, "status": "x"}})
    assert not same_as_sent(sent, {"properties": {"codeId": "/a/c", "n": 1}})
    assert not same_as_sent(sent, {"properties": {"codeId": "/a/b"}})
    assert same_as_sent({"timeout": "PT120M"}, {"timeout": "PT2H"})
    assert not same_as_sent({"timeout": "PT120M"}, {"timeout": "PT2M"})
    assert not same_as_sent({"command": "Pt"}, {"command": "pT"})
