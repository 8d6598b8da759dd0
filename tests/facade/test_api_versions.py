"""One script for every API version: the local workspace answers each from one store."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import (
    AmlCompute,
    BatchEndpoint,
    CommandJob,
    Environment,
    Input,
    ManagedOnlineDeployment,
    Model,
    OnlineEndpoint,
    StaticToken,
    SweepJob,
    Trial,
    Workspace,
    choice,
    jobfile,
    minimize,
)
from amlrest.errors import BadRequestError, ValidationError

from tests.facade.scripted_server import Reply, Server
from tests.facade.test_jobs import control, requests_of, waves

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

FIRST, LATER = "2021-03-01-preview", "2024-10-01"
SHELL = Environment(name="shell", image="ubuntu:22.04")


def opened(local: "LocalWorkspace", api_version: str) -> Workspace:
    return Workspace(
        local.subscription_id,
        local.resource_group,
        local.workspace_name,
        endpoint=local.endpoint,
        credential=StaticToken(local.token),
        api_version=api_version,
    )


def command(folder: Path, name: str) -> CommandJob:
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src/main.sh").write_text('cat "$1"\n')
    (folder / "table.csv").write_text("a,b\n1,2\n")
    return CommandJob(
        name=name,
        command="sh main.sh ${{inputs.table}} > ${{outputs.copy}}/table.csv",
        code=folder / "src",
        environment=SHELL,
        inputs={"table": Input(folder / "table.csv", mode="download")},
        outputs={"copy": "workspaceblobstore"},
        compute="cpu-cluster",
        timeout="PT5M",
    )


@pytest.mark.parametrize(("made", "seen"), [(FIRST, LATER), (LATER, FIRST)])
def test_a_job_of_one_version_is_the_same_job_in_the_other(
    local_workspace: "LocalWorkspace", tmp_path: Path, made: str, seen: str
) -> None:
    job = command(tmp_path, f"made-in-{made}")
    with opened(local_workspace, made) as ws:
        assert ws.jobs.wait(ws.jobs.submit(job)).status == "Completed"
        assert ws.jobs.submit(job).reused
    with opened(local_workspace, seen) as ws:
        found = ws.jobs.get(job.name or "", CommandJob)
        assert (found.status, found.instance_count) == ("Completed", 1)
        assert str(found.compute).endswith("/computes/cpu-cluster")
        assert found.timeout == timedelta(seconds=300)
        assert found.inputs is not None
        assert found.inputs["table"].mode == "download"
        assert job.name in [each.name for each in ws.jobs.list(job_type="Command")]
        assert ws.jobs.submit(job).reused
        for noun, name in (("environments", "shell"), ("codes", "amlrest-code")):
            assert getattr(ws, noun).get(name).id in str(found.raw)


def test_what_the_later_shape_adds_reaches_the_command(
    local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    with opened(local_workspace, LATER) as ws:
        job = CommandJob(
            command='echo "<${{inputs.rate}}>" "<${{inputs.words}}>"',
            inputs={"rate": 0.25, "words": Input(value="two  words $HOME")},
            environment=SHELL,
            compute="cpu-cluster",
            display_name="literals",
            shm_size="2g",
        )
        done = ws.jobs.wait(ws.jobs.submit(job))
        assert done.display_name == "literals"
        assert done.inputs is not None
        assert done.inputs["rate"] == Input(value="0.25", type="literal")
        assert "<0.25> <two  words $HOME>" in ws.jobs.log_text(done, "user_logs/std_log.txt")


MODEL_TYPES = ("custom_model", "mlflow_model", "triton_model")


def test_models_are_inputs_by_reference_by_object_and_by_path(
    local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights/net.txt").write_text("1")
    with opened(local_workspace, LATER) as ws:
        models = {
            kind: ws.models.create(
                Model(name=kind, version="1", path=tmp_path / "weights", type=kind)
            )
            for kind in MODEL_TYPES
        }
        inputs = {f"by_name_{kind}": Input(f"azureml:{kind}:1", type=kind) for kind in models}
        inputs |= {f"newest_{kind}": Input(f"azureml:{kind}@latest", type=kind) for kind in models}
        inputs |= {f"object_{kind}": Input(each) for kind, each in models.items()}
        inputs |= {f"id_{kind}": Input(each.id) for kind, each in models.items()}
        inputs["path_mlflow_model"] = Input(tmp_path / "weights", type="mlflow_model")
        job = CommandJob(
            command="cat " + " ".join(f"${{{{inputs.{name}}}}}/net.txt" for name in inputs),
            environment=SHELL,
            inputs=inputs,
        )
        done = ws.jobs.wait(ws.jobs.submit(job))
        assert done.status == "Completed"
        for name, found in (done.inputs or {}).items():
            assert name.endswith(found.type)
            assert "/models/" in found.data
    for given in (*inputs.values(), Model(path=tmp_path / "weights")):
        job = CommandJob(command="x", environment=SHELL, inputs={"m": given}, compute="c")
        with (
            opened(local_workspace, FIRST) as ws,
            pytest.raises(ValidationError, match=r"inputs\['m'\]: a model as an input needs"),
        ):
            ws.jobs.submit(job)


def test_a_job_without_a_compute_runs_and_is_shown_as_it_was_written(
    local_workspace: "LocalWorkspace",
) -> None:
    text = """
        type: command
        command: echo ready
        environment: {image: "ubuntu:22.04"}
        resources: {instance_type: Standard_DS3_v2}
        queue_settings: {job_tier: Spot}
    """
    job = jobfile.loads(text)
    with opened(local_workspace, LATER) as ws:
        done = ws.jobs.wait(ws.jobs.submit(job))
        assert (done.compute, done.instance_type) == (None, "Standard_DS3_v2")
        assert done.raw["properties"]["computeId"] is None
        shown = jobfile.dumps(done, "v2")
        assert "compute:" not in shown
        assert ws.jobs.submit(jobfile.loads(shown)).reused
        with pytest.raises(ValidationError, match="use the dialect v2"):
            jobfile.dumps(done, "2021")
    with opened(local_workspace, FIRST) as ws:
        seen = ws.jobs.get(done.name)
        assert seen.status == "Completed"
        assert ws.jobs.update(seen).status == "Completed"
        assert "compute:" not in jobfile.dumps(seen, "v2")
        with pytest.raises(ValidationError, match=r"compute is missing.*2022-05-01"):
            ws.jobs.submit(job)


def test_a_sweep_of_the_later_version_is_read_in_the_first(
    local_workspace: "LocalWorkspace",
) -> None:
    sweep = SweepJob(
        trial=Trial(
            command="echo ${{search_space.n}}",
            environment=SHELL,
            timeout="PT2M",
        ),
        compute="serverless",
        search_space={"n": choice(1, 2)},
        algorithm="grid",
        objective=minimize("loss"),
        max_total_trials=2,
        max_concurrent_trials=2,
    )
    with opened(local_workspace, LATER) as ws:
        done = ws.jobs.wait(ws.jobs.submit(sweep), raise_on_failure=False)
    with opened(local_workspace, FIRST) as ws:
        found = ws.jobs.get(done.name or "", SweepJob)
        assert (found.max_total_trials, found.algorithm) == (2, "grid")
        assert found.trial is not None
        assert found.trial.timeout == timedelta(seconds=120)
        assert len(ws.jobs.trials(found)) == 2


def test_a_dockerfile_is_a_build_context_and_has_one_version(
    local_workspace: "LocalWorkspace",
) -> None:
    wanted = Environment(name="docker", dockerfile="FROM ubuntu:22.04\nRUN true\n")
    with opened(local_workspace, LATER) as ws:
        made = ws.environments.create(wanted)
        assert made.dockerfile == "Dockerfile"
        assert str(made.context).startswith(local_workspace.endpoint)
        assert ws.environments.create(wanted).reused
    with opened(local_workspace, FIRST) as ws:
        assert ws.environments.create(wanted).version == made.version


def test_endpoints_and_computes_in_the_later_shape(
    local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    (tmp_path / "model.txt").write_text("1")
    with opened(local_workspace, LATER) as ws:
        model = ws.models.create(
            Model(name="later", path=tmp_path / "model.txt", type="custom_model")
        )
        assert model.type == "custom_model"
        blue = ManagedOnlineDeployment(name="blue", model=model, instance_type="Standard_F2s_v2")
        ws.online_endpoints.deploy(OnlineEndpoint("later-ep", traffic={"blue": 100}), [blue])
        assert ws.online_endpoints.get("later-ep").traffic == {"blue": 100}
        scaled: Any = ws.online_deployments.scale("later-ep", "blue", 3)
        assert scaled.scale_settings.instance_count == 3
        ws.online_endpoints.set_traffic("later-ep", {})
        assert not any((ws.online_endpoints.get("later-ep").traffic or {}).values())
        batch = ws.batch_endpoints.create_or_update(BatchEndpoint("later-batch"))
        assert batch.auth_mode == "aad_token"
        cluster: Any = ws.computes.create_or_update(
            AmlCompute("later-cluster", size="STANDARD_DS3_V2", max_instances=2)
        )
        assert cluster.max_instances == 2
        scaled = ws.computes.scale("later-cluster", max_instances=4)
        assert scaled.max_instances == 4
    with opened(local_workspace, FIRST) as ws:
        seen: Any = ws.online_deployments.get("later-ep", "blue")
        assert seen.scale_settings.instance_count == 3
        ws.online_endpoints.delete("later-ep")


def test_what_the_first_version_lacks_is_refused_before_anything_is_sent(
    local_workspace: "LocalWorkspace",
) -> None:
    with opened(local_workspace, FIRST) as ws:
        job = CommandJob(
            command="echo ${{inputs.rate}}",
            inputs={"rate": 0.1},
            environment=SHELL,
            compute="cpu-cluster",
        )
        with pytest.raises(ValidationError, match=r"inputs\['rate'\].value.*2022-05-01"):
            ws.jobs.submit(job)


def test_a_submission_takes_as_many_round_trips_in_the_later_shape(
    fresh_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    job = command(tmp_path, "trips")
    with opened(fresh_workspace, LATER) as ws:
        list(ws.computes.list())
        control(fresh_workspace, "POST", "faults", {"effect": "latency", "latency_ms": 200})
        before = len(requests_of(fresh_workspace))
        ws.jobs.submit(job)
        first = requests_of(fresh_workspace)[before:]
        ws.jobs.submit(job)
        second = requests_of(fresh_workspace)[before + len(first) :]
    assert waves(first) <= 5
    assert waves(second) <= 2


@pytest.mark.parametrize("code", ["InvalidApiVersionParameter", "NoRegisteredProviderFound"])
def test_an_unsupported_version_says_which_are_and_how_to_choose_one(
    server: Server, code: str
) -> None:
    message = "The supported api-versions are '2022-05-01, 2024-10-01'."
    server.script = [Reply(400, {"error": {"code": code, "message": message}})]
    workspace = Workspace("s", "g", "w", endpoint=server.url, credential=StaticToken("t"))
    with workspace as ws, pytest.raises(BadRequestError, match=r"2024-10-01.*--api-version"):
        ws.jobs.get("job")
