"""YAML of the CLI 2.0 preview, against its official examples and schemas."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import amlrest
import pytest
import yaml
from amlrest import AmlCompute, AzureBlobDatastore, CommandJob, PyTorch, SweepJob, jobfile
from amlrest.errors import ValidationError
from amlrest.jobfile import asset_tables, endpoint_tables, job_tables, place_tables
from amlrest.jobfile.forms import ALWAYS_IGNORED, Table

from tests.facade import upstream

FILES = [
    path
    for path in sorted(upstream.YAML_EXAMPLES.rglob("*.yml"))
    if "dependencies" not in (yaml.safe_load(path.read_text(encoding="utf-8")) or {})
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(upstream.YAML_EXAMPLES)))
def test_official_examples_are_read_and_written_back(path: Path) -> None:
    found = jobfile.load(path)
    assert jobfile.loads(jobfile.dumps(found), "/elsewhere") == found


def test_the_official_command_job_says_what_its_yaml_says() -> None:
    path = upstream.need(upstream.YAML_EXAMPLES) / "jobs/train/pytorch/cifar-distributed/job.yml"
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


def test_the_official_sweep_says_what_its_yaml_says() -> None:
    path = upstream.need(upstream.YAML_EXAMPLES) / "jobs/train/lightgbm/iris/job-sweep.yml"
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
    "commandJob CommandJobSchema": job_tables.COMMAND_JOB,
    "sweepJob SweepJobSchema": job_tables.SWEEP_JOB,
    "sweepJob ParameterizedCommandSchema": job_tables.TRIAL,
    "environment EnvironmentSchema": asset_tables.ENVIRONMENT,
    "dataset AssetSchema": asset_tables.DATA,
    "model ModelSchema": asset_tables.MODEL,
    "managedOnlineEndpoint ManagedOnlineEndpointSchema": endpoint_tables.ONLINE_ENDPOINT,
    "k8sOnlineEndpoint K8sOnlineEndpointSchema": endpoint_tables.ONLINE_ENDPOINT,
    "batchEndpoint BatchEndpointSchema": endpoint_tables.BATCH_ENDPOINT,
    "managedOnlineDeployment ManagedOnlineDeploymentSchema": endpoint_tables.MANAGED_DEPLOYMENT,
    "k8sOnlineDeployment K8sOnlineDeploymentSchema": endpoint_tables.K8S_DEPLOYMENT,
    "batchDeployment BatchDeploymentSchema": endpoint_tables.BATCH_DEPLOYMENT,
    "managedOnlineDeployment RequestSettingsSchema": endpoint_tables.REQUESTS,
    "managedOnlineDeployment LivenessProbeSchema": endpoint_tables.PROBE,
    "k8sOnlineDeployment ResourceRequirementsSchema": endpoint_tables.RESOURCES,
}
READ_ELSEWHERE = {"deployments", "compute"}


@pytest.mark.parametrize("name", TABLES)
def test_every_key_of_the_official_schemas_is_known(name: str) -> None:
    schema, definition = name.split()
    folder = upstream.need(upstream.YAML_SCHEMAS)
    document = yaml.safe_load((folder / f"{schema}.schema.yml").read_text(encoding="utf-8"))
    official = set(document["definitions"][definition]["properties"])
    table: Table = TABLES[name]
    known = {path.partition(".")[0] for path in (*table.keys, *table.spreads, *table.constants)}
    known |= table.ignored | ALWAYS_IGNORED | READ_ELSEWHERE
    assert official - known == set()


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


def test_attached_computes_and_credentials_of_every_kind() -> None:
    attached = jobfile.loads("{name: k, type: kubernetes, resource_id: /subscriptions/s/x}")
    assert (attached.compute_type, attached.resource_id) == ("kubernetes", "/subscriptions/s/x")
    for key, kind in (
        ("access_key: k", amlrest.AccountKey),
        ("client_id: c, tenant_id: t, client_secret: s", amlrest.ServicePrincipal),
        ("client_id: c, tenant_id: t, thumbprint: s", amlrest.Certificate),
    ):
        text = f"{{type: azure_file, account_name: a, file_share_name: f, credential: {{{key}}}}}"
        assert type(jobfile.loads(text).credentials) is kind
    assert place_tables.DATASTORE


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
        (GOOD + "command: again\n", 5, "the key is there twice"),
        (GOOD + "inputs:\n  x:\n    data: d:1\n    mode: mnt\n", 8, "inputs.x.mode: 'mnt'"),
        (GOOD + "inputs:\n  x: {}\n", 6, "inputs.x: data is missing"),
        (GOOD + "distribution: {type: horovod}\n", 5, "mpi, pytorch, tensorflow"),
        (GOOD + "environment_variables: {A: true}\n", 5, "put it in quotes"),
        ("command: x\nenvironment: azureml:e:1\n", 1, "compute is missing"),
        ("command: [\n", 2, "not valid YAML"),
        ("a: &x [*x]\n", 1, "it contains itself"),
        ("what: ever\n", 1, r"add a \$schema line or a type"),
        ("- a\n", 1, "a list is not a mapping"),
        ("", 1, "cannot tell"),
    ],
)
def test_errors_name_the_line_the_key_and_what_to_do(text: str, line: int, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        jobfile.loads(text)
    assert str(caught.value).startswith(f"<text>:{line}: ")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"nothing\.yml.*No such file"):
        jobfile.load(tmp_path / "nothing.yml")
    (tmp_path / "bytes.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValidationError, match="not UTF-8"):
        jobfile.load(tmp_path / "bytes.yml")


def test_local_runs_and_files_of_their_own(tmp_path: Path) -> None:
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
