"""Invalid arguments are refused by name before the first request."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from amlrest import (
    AmlCompute,
    AzureBlobDatastore,
    BatchDeployment,
    BatchEndpoint,
    Code,
    CommandJob,
    Compute,
    DataAsset,
    Datastore,
    Environment,
    Input,
    ManagedOnlineDeployment,
    OnlineDeployment,
    OnlineEndpoint,
    SweepJob,
    Trial,
    minimize,
    uniform,
)
from amlrest._wire import from_wire
from amlrest.errors import ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import serving

W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"


@pytest.fixture(params=APIS)
def silent(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A workspace of either api at a server that must not be called."""
    with serving() as server:
        with open_workspace(request.param, server_at(server.url)) as workspace:
            yield workspace
        assert server.requests == []


RUN: dict[str, Any] = {"command": "true", "environment": Environment(image="i"), "code": "."}
SWEEP: dict[str, Any] = {
    "trial": Trial(**RUN),
    "compute": "c1",
    "search_space": {"x": uniform(0, 1)},
    "objective": minimize("loss"),
}
JOBS: list[tuple[Callable[[], Any], str]] = [
    (lambda: "job.yml", "str cannot be submitted"),
    (lambda: CommandJob(compute="c1", **RUN, tags=["a"]), "CommandJob.tags"),  # type: ignore[arg-type]
    (lambda: CommandJob(compute="c1", **RUN, timeout="soon"), "CommandJob.timeout"),
    (lambda: CommandJob(compute="c1", **RUN, timeout=float("inf")), "CommandJob.timeout"),
    (lambda: CommandJob(compute="c1", **RUN, distribution="mpi"), "CommandJob.distribution"),  # type: ignore[arg-type]
    (lambda: CommandJob(compute="c1", **RUN, inputs={"a": Input(".", "mnt")}), r"\['a'\].mode"),
    (
        lambda: CommandJob(compute="c1", **RUN, inputs={"a": DataAsset(path=".", type="table")}),
        "Asset.type",
    ),
    (lambda: CommandJob(compute="c1", **RUN, outputs={"a": 5}), r"\['a'\].datastore"),
    (lambda: SweepJob(**SWEEP | {"algorithm": None}), "algorithm is missing"),
    (lambda: SweepJob(**SWEEP | {"algorithm": "hyperband"}), "SweepJob.algorithm"),
    (lambda: SweepJob(**SWEEP | {"trial": RUN}), "SweepJob.trial is dict"),
    (lambda: SweepJob(**SWEEP | {"search_space": [1]}), "search_space is list"),
    (lambda: SweepJob(**SWEEP | {"search_space": {"x": 5}}), r"search_space\['x'\]: 5"),
    (lambda: SweepJob(**SWEEP | {"trial": Trial(**RUN, timeout="soon")}), "trial.timeout"),
]


@pytest.mark.parametrize(("job", "message"), JOBS, ids=[message for _, message in JOBS])
def test_a_job_with_a_value_that_cannot_be_sent(
    silent: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: Any, message: str
) -> None:
    (tmp_path / "main.py").write_text("pass", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError, match=message):
        silent.jobs.submit(job())


@pytest.mark.parametrize("minutes", [0.5, 1.5, 43201])
def test_a_sweep_lasts_whole_minutes_and_thirty_days_at_most(silent: Any, minutes: float) -> None:
    with pytest.raises(ValidationError, match=r"SweepJob.timeout: .*; use whole minutes, 1 to"):
        silent.jobs.submit(SweepJob(**SWEEP, timeout=minutes * 60))


def test_an_asset_with_a_value_that_cannot_be_sent(silent: Any, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a", encoding="utf-8")
    data = DataAsset("d", tmp_path / "table.csv", type="table")
    with pytest.raises(ValidationError, match=r"DataAsset.type: unknown value 'table'"):
        silent.data.create(data)
    with pytest.raises(ValidationError, match=r"Code.tags"):
        silent.codes.create(Code("c", tmp_path, tags="a"))  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=r"Environment.os_type: unknown value 'beos'"):
        silent.environments.create(Environment("e", "i", os_type="beos"))


@pytest.mark.parametrize("collection", ["environments", "data", "codes", "models"])
def test_what_is_no_asset_of_that_kind(silent: Any, collection: str) -> None:
    for given in ("name", None, SimpleNamespace(path="x")):
        with pytest.raises(ValidationError, match=r"cannot be created here; use \w+\(…\)"):
            getattr(silent, collection).create(given)


@pytest.mark.parametrize("collection", ["environments", "data", "codes", "models"])
def test_an_asset_that_is_named_in_two_ways(silent: Any, collection: str) -> None:
    for name in ("azureml:a:1", f"{W}/{collection}/a/versions/1"):
        for method in ("get", "delete"):
            with pytest.raises(ValidationError, match=r"is version 1, not 2; leave one"):
                getattr(getattr(silent, collection), method)(name, 2)
    with pytest.raises(ValidationError, match=r"another kind: job"):
        getattr(silent, collection).get(f"{W}/jobs/j")


def read_endpoint(cls: Any) -> Any:
    return from_wire(cls, {"name": "e", "properties": {"authMode": "Key", "traffic": {"a": "9"}}})


KINDS = [
    ("online", OnlineEndpoint, ManagedOnlineDeployment),
    ("batch", BatchEndpoint, BatchDeployment),
]


@pytest.mark.parametrize(("kind", "endpoint", "deployment"), KINDS)
def test_endpoints_and_deployments_that_cannot_be(
    silent: Any, kind: str, endpoint: Any, deployment: Any
) -> None:
    endpoints = getattr(silent, f"{kind}_endpoints")
    deployments = getattr(silent, f"{kind}_deployments")
    changed = read_endpoint(endpoint)
    changed.description = "new"
    half = read_endpoint(endpoint)
    half.traffic = {"a": 50}
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: endpoints.set_traffic("e", ["a"]), "use a dict"),
        (lambda: endpoints.create_or_update(endpoint("e", traffic={"a": 50})), "adds up to 50"),
        (lambda: endpoints.update(half), "adds up to 50"),
        (lambda: endpoints.update(changed), "update cannot change 'description'; use create_or"),
        (
            lambda: deployments.get("a/b", "blue"),
            r"(online|batch) endpoint name 'a/b': it has '/'",
        ),
        (lambda: list(deployments.list("..")), "it has '..'"),
        (lambda: deployments.get("e", "b/lue"), "deployment name 'b/lue': it has '/'"),
        (lambda: deployments.get(f"{W}/computes/c", "blue"), "of another kind: compute"),
        (lambda: deployments.delete("e", None), "deployment: None is NoneType"),
        (lambda: deployments.update(deployment(endpoint="e")), "deployment: None is NoneType"),
        (lambda: deployments.update(deployment(name="blue")), "set the name of its endpoint"),
        (
            lambda: deployments.create_or_update(deployment(name="blue", endpoint="a/b")),
            "it has '/'",
        ),
        (
            lambda: deployments.create_or_update(
                deployment(name="blue", endpoint="e", code=".", environment_variables="A=1")
            ),
            "environment_variables",
        ),
    ]
    for call, message in calls:
        with pytest.raises(ValidationError, match=message):
            call()


def test_what_only_online_endpoints_have(silent: Any) -> None:
    deployment = from_wire(
        ManagedOnlineDeployment,
        {
            "id": f"{W}/onlineEndpoints/e/deployments/blue",
            "properties": {"endpointComputeType": "Managed", "codeConfiguration": {"codeId": "/c"}},
        },
    )
    deployment.scoring_script = "other.py"
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: silent.online_endpoints.regenerate_key("e", 5), "'primary', 'secondary'"),
        (lambda: silent.online_endpoints.regenerate_key("e", value=5), "value: 5 is int"),
        (lambda: silent.online_deployments.scale("e", "blue", -1), "instances: -1"),
        (lambda: silent.online_deployments.scale("e", "blue", "3"), "instances: '3'"),
        (lambda: silent.online_deployments.logs("e", "blue", tail=0), "tail: 0"),
        (lambda: silent.online_deployments.logs("e", "blue", container="x"), "inference_server"),
        (lambda: silent.online_deployments.update(deployment), "cannot change 'codeConfiguration'"),
        (
            lambda: silent.online_deployments.create_or_update(
                OnlineDeployment(name="blue", endpoint="e", code=".")
            ),
            "use ManagedOnlineDeployment or K8sOnlineDeployment",
        ),
    ]
    for call, message in calls:
        with pytest.raises(ValidationError, match=message):
            call()


def test_computes_and_datastores_that_cannot_be(silent: Any) -> None:
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: silent.computes.scale("c1", max_instances="3"), "max_instances: '3'"),
        (lambda: silent.computes.scale("c1", min_instances=-1), "min_instances: -1"),
        (
            lambda: silent.computes.scale("c1", min_instances=5, max_instances=4),
            "5 is more than the 4",
        ),
        (lambda: silent.computes.scale("c1", idle_time_before_scale_down="x"), "idle_time"),
        (
            lambda: silent.computes.create_or_update(AmlCompute("c1", min_instances=1)),
            "AmlCompute.max_instances is missing",
        ),
        (
            lambda: silent.computes.create_or_update(
                AmlCompute("c1", min_instances=3, max_instances=2)
            ),
            "3 is more than the 2",
        ),
        (
            lambda: silent.computes.create_or_update(Compute("c1")),
            "Compute.compute_type is missing",
        ),
        (
            lambda: silent.datastores.create_or_update(Datastore("d")),
            "Datastore cannot be created directly",
        ),
        (
            lambda: silent.datastores.create_or_update(AzureBlobDatastore("d", account_name="a")),
            "AzureBlobDatastore.container_name is missing",
        ),
    ]
    for call, message in calls:
        with pytest.raises(ValidationError, match=message):
            call()
