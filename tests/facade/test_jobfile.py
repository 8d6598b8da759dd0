"""YAML of the CLI 2.0 preview, against its official examples and schemas."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import amlrest
import pytest
import yaml
from amlrest import (
    AmlCompute,
    AzureBlobDatastore,
    CommandJob,
    Compute,
    ComputeInstance,
    PyTorch,
    SweepJob,
    jobfile,
)
from amlrest._wire import Scope, to_wire
from amlrest._wire.fields import wire_fields
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.jobfile import assets, computes, datastores, endpoints, jobs
from amlrest.jobfile.table import ALWAYS_IGNORED, Table, Tagged
from amlrest.jobfile.values import MapOf

from tests import official

FILES = [
    path
    for path in sorted(official.YAML_EXAMPLES.rglob("*.yml"))
    if "dependencies" not in (yaml.safe_load(path.read_text(encoding="utf-8")) or {})
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(official.YAML_EXAMPLES)))
def test_official_examples_round_trip(path: Path) -> None:
    found = jobfile.load(path)
    assert jobfile.loads(jobfile.dumps(found), "/elsewhere") == found


def test_official_command_job_is_read_with_every_value() -> None:
    path = official.need(official.YAML_EXAMPLES) / "jobs/train/pytorch/cifar-distributed/job.yml"
    job = jobfile.load(path)
    assert isinstance(job, CommandJob)
    assert job.command == "python train.py  --epochs 1 --data-dir {inputs.cifar}"
    assert (job.compute, job.instance_count) == ("azureml:gpu-cluster", 2)
    assert job.distribution == PyTorch(4)
    assert job.code.path == path.parent / "src"
    assert job.inputs is not None
    assert job.inputs["cifar"].data.path == path.parent / "data"
    assert job.inputs["cifar"].mode == "mount"
    assert job.environment.startswith("azureml:AzureML-pytorch")


def test_official_sweep_is_read_with_every_value() -> None:
    path = official.need(official.YAML_EXAMPLES) / "jobs/train/lightgbm/iris/job-sweep.yml"
    sweep = jobfile.load(path)
    assert isinstance(sweep, SweepJob)
    assert sweep.search_space == {
        "learning_rate": amlrest.uniform(0.01, 0.9),
        "boosting": amlrest.choice("gbdt", "dart"),
    }
    assert sweep.objective == amlrest.minimize("test-multi_logloss")
    assert (sweep.max_total_trials, sweep.max_concurrent_trials) == (20, 10)
    assert isinstance(sweep.timeout, timedelta)
    assert sweep.timeout.total_seconds() == 7200
    assert sweep.compute == "azureml:cpu-cluster"
    assert sweep.trial is not None
    assert sweep.trial.environment.conda_file == path.parent / "environment.yml"


TABLES: dict[str, Any] = {
    "commandJob CommandJobSchema": jobs.COMMAND_JOB,
    "sweepJob SweepJobSchema": jobs.SWEEP_JOB,
    "sweepJob ParameterizedCommandSchema": jobs.TRIAL,
    "environment EnvironmentSchema": assets.ENVIRONMENT,
    "dataset AssetSchema": assets.DATA,
    "model ModelSchema": assets.MODEL,
    "managedOnlineEndpoint ManagedOnlineEndpointSchema": endpoints.ONLINE_ENDPOINT,
    "k8sOnlineEndpoint K8sOnlineEndpointSchema": endpoints.ONLINE_ENDPOINT,
    "batchEndpoint BatchEndpointSchema": endpoints.BATCH_ENDPOINT,
    "managedOnlineDeployment ManagedOnlineDeploymentSchema": endpoints.MANAGED_DEPLOYMENT,
    "k8sOnlineDeployment K8sOnlineDeploymentSchema": endpoints.K8S_DEPLOYMENT,
    "batchDeployment BatchDeploymentSchema": endpoints.BATCH_DEPLOYMENT,
    "managedOnlineDeployment RequestSettingsSchema": endpoints.REQUESTS,
    "managedOnlineDeployment LivenessProbeSchema": endpoints.MANAGED_DEPLOYMENT.keys[
        "liveness_probe"
    ].form,
    "k8sOnlineDeployment ResourceRequirementsSchema": endpoints.RESOURCES,
}
READ_BY_OTHER_TABLES = {"deployments", "compute"}


@pytest.mark.parametrize("name", TABLES)
def test_every_key_of_the_official_schemas_is_known(name: str) -> None:
    schema, definition = name.split()
    folder = official.need(official.YAML_SCHEMAS)
    document = yaml.safe_load((folder / f"{schema}.schema.yml").read_text(encoding="utf-8"))
    documented = set(document["definitions"][definition]["properties"])
    table: Table = TABLES[name]
    known = {path.partition(".")[0] for path in (*table.keys, *table.constants)}
    known |= table.ignored | ALWAYS_IGNORED | READ_BY_OTHER_TABLES
    assert documented - known == set()


def every_table(form: Any) -> Iterator[Table]:
    """Yield the tables in a form, those of nested values included."""
    if isinstance(form, Table):
        yield form
        inner: Any = [key.form for key in form.keys.values()]
    elif isinstance(form, dict):
        inner = form.values()
    else:
        inner = vars(form).values() if isinstance(form, Tagged | MapOf) else ()
    for each in inner:
        yield from every_table(each)


WRITABLE = {
    table.cls: table
    for module in (assets, computes, datastores, endpoints, jobs)
    for form in vars(module).values()
    for table in every_table(form)
    if issubclass(table.cls, WireObject)
}
# The target `local` sets is_local; an asset without a name is anonymous; keys are secrets that the
# service generates; a cluster or an instance has no attached resource.
WITHOUT_KEY = {"is_local", "is_anonymous", "keys"}


@pytest.mark.parametrize("cls", WRITABLE, ids=lambda cls: cls.__name__)
def test_every_attribute_has_a_yaml_key(cls: type[WireObject]) -> None:
    table = WRITABLE[cls]
    attributes = {key.attribute for key in table.keys.values()}
    own = {"resource_id"} if issubclass(cls, AmlCompute | ComputeInstance) else set()
    assert {name for name, _ in wire_fields(cls)} - attributes - WITHOUT_KEY - own == set()


def test_every_key_of_the_official_compute_schema_is_known() -> None:
    folder = official.need(official.YAML_SCHEMAS)
    document = yaml.safe_load((folder / "compute.schema.yml").read_text(encoding="utf-8"))
    documented = set(document["definitions"]["ComputeSchema"]["properties"])
    tables = (WRITABLE[cls] for cls in (AmlCompute, ComputeInstance, Compute))
    known = {key for table in tables for key in (*table.keys, *table.ignored)} | {"type"}
    assert documented - known - ALWAYS_IGNORED == {"ssl_configuration"}


BEYOND_THE_SCHEMAS = [
    "type: azure_blob\naccount_name: a\ncontainer_name: c\ncredential: none\nis_default: true",
    (
        "type: azure_postgre_sql\nserver_name: s\ndatabase_name: d\nendpoint: e\nport_number: 1\n"
        "enable_ssl: true\ncredential: none"
    ),
    "type: gluster_fs\nserver_address: s\nvolume_name: v\nproperties: {a: b}",
    "name: c\ntype: amlcompute\nos_type: linux\nimage_id: /i\nisolated_network: true",
    "name: c\ntype: computeinstance\napplication_sharing: personal\nschedules: {a: [{b: 1}]}",
    "name: c\ntype: aks\nresource_id: /x\nsettings: {a: {b: 1}}\ndisable_local_auth: true",
    "name: d\npath: https://x/y\ntype: dataflow\nproperties: {a: b}",
    "name: d\nendpoint_name: e\nmodel: {data_path: p, datastore: azureml:d}\ninstance_type: x",
    "name: d\nendpoint_name: e\ncompute: {target: local}\nmini_batch_size: 5",
    "name: d\nendpoint_name: e\nmodel: {job: azureml:j, path: p}\ninstance_type: x\nkind: k",
    (
        "command: x\nenvironment: {docker: {build: {dockerfile: FROM x, context: c}}}\n"
        "compute: {target: azureml:c, instance_count: 1}\npriority: 3\n"
        "inputs: {a: {data: azureml:d:1, path_on_compute: p}}\n"
        "outputs: {m: {datastore: azureml:d, path: p, mode: upload, path_on_compute: q}}"
    ),
]


@pytest.mark.parametrize("text", BEYOND_THE_SCHEMAS)
def test_keys_that_the_schemas_lack_round_trip(text: str) -> None:
    found = jobfile.loads(text)
    again = yaml.safe_load(jobfile.dumps(found))
    given = yaml.safe_load(text)
    assert {key: again[key] for key in given} == given
    assert jobfile.loads(jobfile.dumps(found)) == found


def test_outputs_are_sent() -> None:
    job = jobfile.loads(BEYOND_THE_SCHEMAS[-1])
    job.environment = "azureml:e:1"
    properties = to_wire(job, Scope("/w"))["properties"]
    assert properties["outputDataBindings"] == {
        "m": {
            "datastoreId": "/w/datastores/d",
            "pathOnDatastore": "p",
            "mode": "Upload",
            "pathOnCompute": "q",
        }
    }
    assert properties["inputDataBindings"]["a"]["pathOnCompute"] == "p"


@pytest.mark.parametrize(
    ("keys", "identity"),
    [
        ("identity: {type: system_assigned}", {"type": "SystemAssigned"}),
        ("identity_type: SystemAssigned", {"type": "SystemAssigned"}),
        (
            "identity_type: user_assigned\nuser_assigned_identities: /a",
            {"type": "UserAssigned", "userAssignedIdentities": {"/a": {}}},
        ),
        (
            (
                "identity:\n  type: SystemAssigned, UserAssigned\n"
                "  user_assigned_identities: [/a, {resource_id: /b}]\n  principal_id: x"
            ),
            {
                "type": "SystemAssigned,UserAssigned",
                "userAssignedIdentities": {"/a": {}, "/b": {}},
            },
        ),
    ],
)
def test_a_compute_has_an_identity(keys: str, identity: dict[str, Any]) -> None:
    found = jobfile.loads(f"name: c\ntype: amlcompute\n{keys}\n")
    assert found.identity == identity
    assert jobfile.loads(jobfile.dumps(found)) == found


def test_text_and_keys_keep_their_source_text() -> None:
    """Also where YAML reads a number, a date or a boolean."""
    job = jobfile.loads(
        GOOD.replace("azureml:e:1", "{name: e, version: 1.10, docker: {image: i}}")
        + "tags: {bad: 2021-99-99, on: 2021-08-01, no: 12:30, 1.10: 010, 0x1F: 1_000, y: 1e3}\n"
    )
    assert job.environment.version == "1.10"
    assert job.tags == {
        "bad": "2021-99-99",
        "on": "2021-08-01",
        "no": "12:30",
        "1.10": "010",
        "0x1F": "1_000",
        "y": "1e3",
    }
    with pytest.raises(ValidationError, match=r"tags\.on: duplicate key"):
        jobfile.loads(GOOD + "tags: {on: a, 'on': b}\n")


def test_numbers_may_have_an_exponent() -> None:
    sweep = jobfile.loads(
        """
        trial: {command: x, environment: azureml:e:1, compute: {target: azureml:c}}
        objective: {goal: minimize, primary_metric: m}
        search_space:
          lr: {type: uniform, min_value: 1e-5, max_value: 1E-1}
          pick: {type: choice, values: [1e-4, "1e-4", 2]}
        """
    )
    assert sweep.search_space == {
        "lr": amlrest.uniform(0.00001, 0.1),
        "pick": amlrest.choice(0.0001, "1e-4", 2),
    }


@pytest.mark.parametrize(
    "resource",
    [
        amlrest.ManagedOnlineDeployment(name="d", endpoint="e", model={"referenceType": "New"}),
        amlrest.ManagedOnlineDeployment(name="d", endpoint="e", scale_settings={"scaleType": "N"}),  # type: ignore[arg-type]
        amlrest.GlusterFsDatastore,
    ],
)
def test_values_without_a_yaml_form_are_refused(resource: Any) -> None:
    with pytest.raises(ValidationError, match="has no YAML form"):
        jobfile.dumps(resource)


def test_a_cluster_and_a_datastore_in_yaml() -> None:
    cluster = jobfile.loads(
        """
        name: cpu
        type: amlcompute
        size: STANDARD_DS3_V2
        min_instances: 0
        max_instances: 4
        idle_time_before_scale_down: 120
        """
    )
    assert isinstance(cluster, AmlCompute)
    assert isinstance(cluster.idle_time_before_scale_down, timedelta)
    assert cluster.idle_time_before_scale_down.total_seconds() == 120
    store = jobfile.loads(
        """
        type: azure_blob
        name: b
        account_name: acc
        container_name: con
        credential: {sas_token: "?sv=s3cr3t"}
        """
    )
    assert isinstance(store, AzureBlobDatastore)
    assert store.credentials == amlrest.SasToken("?sv=s3cr3t")
    assert "s3cr3t" not in jobfile.dumps(store)


def test_attached_computes_and_every_kind_of_credentials() -> None:
    attached = jobfile.loads("{name: k, type: kubernetes, resource_id: /subscriptions/s/x}")
    assert (attached.compute_type, attached.resource_id) == ("kubernetes", "/subscriptions/s/x")
    for key, kind in (
        ("access_key: k", amlrest.AccountKey),
        ("client_id: c, tenant_id: t, client_secret: s", amlrest.ServicePrincipal),
        ("client_id: c, tenant_id: t, thumbprint: s", amlrest.Certificate),
    ):
        text = f"{{type: azure_file, account_name: a, file_share_name: f, credential: {{{key}}}}}"
        assert type(jobfile.loads(text).credentials) is kind
    assert datastores.DATASTORE


GOOD = """\
command: echo hi
environment: azureml:e:1
compute:
  target: azureml:c1
"""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GOOD + "timout: 5\n", 5, "did you mean 'timeout'"),
        (GOOD + "timeout: soon\n", 5, "timeout: 'soon' is not a number"),
        (GOOD + "timeout: -5\n", 5, "not above zero"),
        (GOOD + "tags: [a]\n", 5, "tags: a list is not a mapping"),
        (GOOD + "command: again\n", 5, "duplicate key"),
        (GOOD + "inputs:\n  x:\n    data: d:1\n    mode: mnt\n", 8, "inputs.x.mode: 'mnt'"),
        (GOOD + "inputs:\n  x: {}\n", 6, "inputs.x: data is missing"),
        (GOOD + "distribution: {type: horovod}\n", 5, "mpi, pytorch, tensorflow"),
        (GOOD + "environment_variables: {A: true}\n", 5, "put it in quotes"),
        (GOOD + "priority: x\n", 5, "priority: 'x' is not a whole"),
        ("command: x\ncompute: {}\n", 1, "environment is missing"),
        ("command: [\n", 2, "not valid YAML"),
        ("a: &x [*x]\n", 1, "it contains itself"),
        ("what: ever\n", 1, r"add a \$schema line or a type"),
        ("- a\n", 1, "a list is not a mapping"),
        (GOOD + "timeout: .inf\n", 5, "timeout: inf is not a valid duration"),
        (GOOD + "timeout: .nan\n", 5, "timeout: nan is not a valid duration"),
        (GOOD + "timeout: 1.0e+300\n", 5, "timeout: 1e.300 is not a valid duration"),
        (GOOD + "tags: {[a]: b}\n", 5, "tags: a key is a list or a mapping"),
        (GOOD + "timeout: 2021-99-99\n", 5, "timeout: '2021-99-99' is not a number"),
        ("type: amlcompute\nname: c\nvnet_name: v\n", 3, "give the ARM id of the subnet"),
        ("type: amlcompute\nname: c\nidentity: {type: mine}\n", 3, "identity.type: 'mine'"),
        ("type: amlcompute\nname: c\nidentity: {kind: x}\n", 3, "unknown key"),
        (
            "type: azure_blob\naccount_name: a\ncontainer_name: c\ncredential: {key: x}\n",
            4,
            "give one of access_key, .* or write none",
        ),
        ("", 1, "cannot tell"),
    ],
)
def test_errors_name_the_line_the_key_and_what_to_do(text: str, line: int, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        jobfile.loads(text)
    assert str(caught.value).startswith(f"<text>:{line}:")


def test_too_deep_nesting_is_refused() -> None:
    with pytest.raises(ValidationError, match="nested too deeply"):
        jobfile.loads("a: " + "[" * 100_000)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"nothing\.yml.*No such file"):
        jobfile.load(tmp_path / "nothing.yml")
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValidationError, match="not UTF-8"):
        jobfile.load(tmp_path / "bytes.yml")


def test_local_runs_and_assets_in_their_own_files(tmp_path: Path) -> None:
    (tmp_path / "env.yml").write_text("docker: {image: python}\nname: e\n", encoding="utf-8")
    job = tmp_path / "job.yml"
    job.write_text(
        "command: x\nenvironment: file:env.yml\ncode: file:src\ncompute: {target: local}\n",
        encoding="utf-8",
    )
    found = jobfile.load(job)
    assert (found.is_local, found.compute) == (True, None)
    assert (found.environment.name, found.environment.image) == ("e", "python")
    assert found.code == tmp_path / "src"
    jobfile.dump(found, tmp_path / "again.yml")
    assert jobfile.load(tmp_path / "again.yml").is_local
