"""Wire shapes: every attribute has its place in each pinned document, or is refused by name."""

from pathlib import Path
from typing import Any

import amlrest
import pytest
from amlrest import (
    AccountKey,
    AzureBlobDatastore,
    AzureSqlDatabaseDatastore,
    BatchEndpoint,
    CommandJob,
    Input,
    ManagedOnlineDeployment,
    ManualScale,
    Output,
    SqlAdmin,
    SweepJob,
    Trial,
    UserIdentity,
    choice,
    minimize,
)
from amlrest._config.api_version import check_api_version
from amlrest._wire import Scope, from_wire, request_body
from amlrest.dialects import dialect_for
from amlrest.errors import ConfigError, ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, serving

ROOT = Path(__file__).parents[2]
WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
URI = "azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores"
NEWER = Scope(WORKSPACE, dialect_for("2024-10-01"))
FIRST = Scope(WORKSPACE)


def test_a_command_job_in_the_later_shape() -> None:
    job = CommandJob(
        command="python main.py",
        environment="azureml:env:1",
        compute="cpu",
        instance_count=2,
        timeout="PT1H",
        shm_size="2g",
        inputs={"iris": Input("iris:1", type="uri_file", mode="mount"), "rate": 0.1, "dry": True},
        outputs={"model": Output("store", "models/1", type="uri_folder")},
    )
    assert request_body(job, NEWER) == {
        "properties": {
            "jobType": "Command",
            "command": "python main.py",
            "environmentId": f"{WORKSPACE}/environments/env/versions/1",
            "computeId": f"{WORKSPACE}/computes/cpu",
            "resources": {"instanceCount": 2, "shmSize": "2g"},
            "limits": {"jobLimitsType": "Command", "timeout": "PT60M"},
            "inputs": {
                "iris": {
                    "jobInputType": "uri_file",
                    "uri": f"{WORKSPACE}/data/iris/versions/1",
                    "mode": "ReadOnlyMount",
                },
                "rate": {"jobInputType": "literal", "value": "0.1"},
                "dry": {"jobInputType": "literal", "value": "true"},
            },
            "outputs": {
                "model": {"jobOutputType": "uri_folder", "uri": f"{URI}/store/paths/models/1"}
            },
        }
    }


def test_a_sweep_has_inputs_limits_and_resources_of_its_own_in_the_later_shape() -> None:
    sweep = SweepJob(
        trial=Trial(command="x", environment="azureml:env:1", inputs={"n": 3}, timeout=60),
        compute="cpu",
        instance_count=2,
        search_space={"a": choice(1, 2)},
        objective=minimize("loss"),
        max_total_trials=4,
        timeout="PT2H",
        seed=7,
        rule="sobol",
    )
    body = request_body(sweep, NEWER)["properties"]
    assert body["trial"] == {
        "command": "x",
        "environmentId": f"{WORKSPACE}/environments/env/versions/1",
        "resources": {"instanceCount": 2},
    }
    assert body["inputs"] == {"n": {"jobInputType": "literal", "value": "3"}}
    assert body["limits"] == {
        "jobLimitsType": "Sweep",
        "maxTotalTrials": 4,
        "timeout": "PT120M",
        "trialTimeout": "PT1M",
    }
    assert body["samplingAlgorithm"] == {
        "samplingAlgorithmType": "Random",
        "seed": 7,
        "rule": "Sobol",
    }
    again = from_wire(SweepJob, {"properties": body}, NEWER.dialect)
    assert (again.instance_count, again.max_total_trials, again.algorithm) == (2, 4, "random")
    assert again.trial is not None
    assert again.trial.inputs == {"n": Input(value="3", type="literal")}


@pytest.mark.parametrize(
    ("resource", "scope", "words"),
    [
        (CommandJob(command="x", compute="c", priority=3), NEWER, "CommandJob.priority"),
        (CommandJob(command="x", compute="c", is_local=True), NEWER, "local workspace"),
        (CommandJob(command="x", compute="c", job_tier="Spot"), FIRST, "2023-10-01 or later"),
        (CommandJob(command="x", compute="c", inputs={"n": 3}), FIRST, r"inputs\['n'\].value"),
        (
            CommandJob(command="x", compute="c", inputs={"n": 3}),
            FIRST,
            r"or later \(api_version=, --api-version\); a file is Input\(PATH\)",
        ),
        (CommandJob(command="x", compute="c", identity=UserIdentity()), FIRST, "UserIdentity"),
        (
            AzureSqlDatabaseDatastore(
                "d",
                server_name="s",
                database_name="d",
                endpoint="e",
                port_number=1,
                credentials=SqlAdmin(user_id="u", password="p"),
            ),
            NEWER,
            "has no AzureSqlDatabaseDatastore",
        ),
        (BatchEndpoint("b", traffic={"a": 50, "b": 50}), NEWER, "one deployment"),
        (
            AzureBlobDatastore(
                "d",
                account_name="a",
                container_name="c",
                credentials=AccountKey("k"),
                is_default=True,
            ),
            NEWER,
            "is_default",
        ),
    ],
)
def test_what_a_version_does_not_have_is_refused_by_name(
    resource: Any, scope: Scope, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        request_body(resource, scope)


@pytest.mark.parametrize("api", APIS)
def test_what_only_later_versions_have_is_submitted_in_them(api: str) -> None:
    job = CommandJob(
        command="x",
        environment="azureml:env:1",
        compute="cpu",
        display_name="shown",
        job_tier="Spot",
        inputs={"n": 3},
        outputs={"model": Output("store", "models")},
    )
    deployment = ManagedOnlineDeployment(
        name="blue",
        endpoint="e",
        model=f"{WORKSPACE}/models/m/versions/1",
        model_mount_path="/models",
    )

    def answer(request: ReceivedRequest) -> Reply:
        if request.method == "PUT":
            return Reply(200, request.json)
        path = request.path.partition("?")[0]
        return Reply(404) if "/jobs/" in path else Reply(200, {"id": path, "location": "l"})

    with serving() as server:
        server.script = answer
        with open_workspace(api, server_at(server.url), api_version="2024-10-01") as workspace:
            workspace.jobs.submit(job)
            workspace.online_deployments.create_or_update(deployment)
    sent = [each.json["properties"] for each in server.requests if each.method == "PUT"]
    assert sent[0]["displayName"] == "shown"
    assert sent[0]["queueSettings"] == {"jobTier": "Spot"}
    assert sent[0]["inputs"]["n"]["value"] == "3"
    assert sent[0]["outputs"]["model"]["uri"] == f"{URI}/store/paths/models"
    assert sent[1]["modelMountPath"] == "/models"


def test_a_fixed_scale_is_the_capacity_of_the_sku_in_the_later_shape() -> None:
    deployment = ManagedOnlineDeployment(
        name="blue",
        endpoint="e",
        model="m:1",
        instance_type="Standard_F2s_v2",
        scale_settings=ManualScale(instance_count=3, min_instances=1, max_instances=3),
    )
    body = request_body(deployment, NEWER)
    assert body["sku"] == {"name": "Default", "capacity": 3}
    assert body["properties"]["scaleSettings"] == {"scaleType": "Default"}
    assert body["properties"]["model"] == f"{WORKSPACE}/models/m/versions/1"
    again = from_wire(ManagedOnlineDeployment, body, NEWER.dialect)
    assert again.scale_settings == ManualScale(instance_count=3)


def test_what_was_read_in_one_shape_is_written_in_the_other() -> None:
    body = {
        "properties": {"jobType": "Command", "command": "x", "computeId": f"{WORKSPACE}/computes/c"}
    }
    read = from_wire(CommandJob, body, NEWER.dialect)
    written = request_body(read, FIRST)["properties"]
    assert written["compute"]["target"] == f"{WORKSPACE}/computes/c"
    assert "computeId" not in written


def test_versions_take_the_shape_of_their_date() -> None:
    assert dialect_for("2021-03-01-preview") is None
    assert dialect_for("2021-07-01") is None
    newer = [dialect_for(v) for v in ("2022-02-01-preview", "2023-10-01", "2031-01-01")]
    assert all(newer)


@pytest.mark.parametrize("version", ["2020-09-01-preview", "latest", "", "2024-13", "2019-11-01\n"])
def test_versions_without_the_job_api_are_refused(version: str) -> None:
    with pytest.raises(ConfigError, match="2021-03-01-preview"):
        check_api_version(version)


def test_identities_are_public() -> None:
    assert amlrest.UserIdentity is UserIdentity
