"""Fields that later API versions add: where they stand, from when on, and in the local workspace."""

from typing import TYPE_CHECKING, Any

import amlrest
import pytest
from amlrest import (
    AmlCompute,
    AzureBlobDatastore,
    CommandJob,
    ComputeInstance,
    DataCollector,
    Environment,
    Input,
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    NoCredentials,
    NotificationSetting,
    OneLakeDatastore,
    OnlineEndpoint,
    Output,
    SweepJob,
    Trial,
    Webhook,
    choice,
    minimize,
)
from amlrest._wire import Scope, from_wire, request_body
from amlrest.dialects import dialect_for
from amlrest.errors import ValidationError
from amlrest.resources.content_version import of_environment

from tests.facade.blocking_workspace import open_workspace

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
STABLE, PREVIEW, FUTURE = "2024-10-01", "2024-10-01-preview", "2025-12-01"
NOTIFICATION = NotificationSetting(
    email_on=["job_failed", "JobCompleted"],
    emails=["ada@example.org"],
    webhooks={"hook": Webhook("azure_dev_ops", event_type="RunTerminated")},
)
COLLECTOR = {
    "collections": {
        "model_inputs": amlrest.Collection(mode="enabled", data="inputs:1", sampling_rate=0.5)
    },
    "rolling_rate": "hour",
    "capture_headers": ["x-request-id"],
}


def scope_of(version: str) -> Scope:
    return Scope(WORKSPACE, dialect_for(version))


def full_job() -> CommandJob:
    return CommandJob(
        command="x",
        environment="azureml:env:1",
        inputs={"n": Input("n:1", type="uri_file", description="numbers", path_on_compute="/n")},
        outputs={"m": Output("s", "m", type="uri_folder", description="d", name="m", version=3)},
        notification_setting=NOTIFICATION,
        docker_args=["--ipc=host", "-e", "A=b c"],
        locations=["westeurope"],
        max_instance_count=4,
        priority=2,
        job_tier="standard",
    )


def test_everything_that_preview_versions_add_to_a_job() -> None:
    body = request_body(full_job(), scope_of(PREVIEW))["properties"]
    assert body["inputs"]["n"]["description"] == "numbers"
    assert body["inputs"]["n"]["pathOnCompute"] == "/n"
    output = body["outputs"]["m"]
    assert (output["description"], output["assetName"], output["assetVersion"]) == ("d", "m", "3")
    assert body["notificationSetting"] == {
        "emailOn": ["JobFailed", "JobCompleted"],
        "emails": ["ada@example.org"],
        "webhooks": {"hook": {"webhookType": "AzureDevOps", "eventType": "RunTerminated"}},
    }
    assert body["resources"] == {
        "instanceCount": 1,
        "dockerArgs": "--ipc=host -e 'A=b c'",
        "locations": ["westeurope"],
        "maxInstanceCount": 4,
    }
    assert body["queueSettings"] == {"jobTier": "Standard", "priority": 2}
    assert "computeId" not in body
    again = from_wire(CommandJob, {"properties": body}, dialect_for(PREVIEW))
    assert again.notification_setting == NOTIFICATION
    assert again.outputs is not None
    assert (again.outputs["m"].name, again.outputs["m"].version) == ("m", "3")


def test_a_sweep_has_them_where_its_trial_has_resources() -> None:
    sweep = SweepJob(
        trial=Trial(command="x", environment="azureml:env:1"),
        search_space={"a": choice(1, 2)},
        objective=minimize("loss"),
        locations=["westeurope"],
        max_instance_count=2,
        job_tier="spot",
    )
    body = request_body(sweep, scope_of(PREVIEW))["properties"]
    assert body["trial"]["resources"]["locations"] == ["westeurope"]
    assert body["trial"]["resources"]["maxInstanceCount"] == 2
    assert body["queueSettings"] == {"jobTier": "Spot"}
    assert "resources" not in body


INSTANCE = ComputeInstance("i", size="STANDARD_DS3_v2", idle_time_before_shutdown=1800)


@pytest.mark.parametrize(
    ("resource", "version", "words"),
    [
        (
            CommandJob(command="x", locations=["a"]),
            STABLE,
            "locations: needs a preview API version",
        ),
        (CommandJob(command="x", priority=1), STABLE, "queue with job_tier"),
        (CommandJob(command="x", priority=1), "2022-06-01-preview", "needs a preview API version"),
        (
            CommandJob(command="x", outputs={"m": Output(name="m")}),
            STABLE,
            "API version 2025-12-01",
        ),
        (
            CommandJob(command="x", outputs={"m": Output(version="1")}),
            FUTURE,
            "2022-12-01-preview or later; this is 2025-12-01",
        ),
        (CommandJob(command="x", notification_setting=NOTIFICATION), "2023-10-01", "2024-04-01"),
        (
            INSTANCE,
            STABLE,
            "idle_time_before_shutdown: needs API version 2025-12-01, or the preview",
        ),
        (ComputeInstance("i", enable_root_access=True), FUTURE, "needs a preview API version"),
        (Environment(image="i", auto_rebuild="disabled"), "2022-05-01", "auto_rebuild"),
        (
            CommandJob(command="x", compute_properties={"a": "b"}),
            STABLE,
            r"compute_properties\['a'\]: 'b' is str",
        ),
        (
            OneLakeDatastore(
                "l",
                one_lake_workspace_name="w",
                artifact_name="a",
                credentials=NoCredentials(),
            ),
            "2023-10-01",
            "OneLakeDatastore needs API version 2024-04-01 or later",
        ),
    ],
)
def test_versions_before_a_field_refuse_it_by_name(resource: Any, version: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        request_body(resource, scope_of(version))


def test_a_compute_instance_of_today() -> None:
    body = request_body(INSTANCE, scope_of(FUTURE))["properties"]["properties"]
    assert body == {"vmSize": "STANDARD_DS3_v2", "idleTimeBeforeShutdown": "PT30M"}


def test_a_lakehouse() -> None:
    lake = OneLakeDatastore(
        "lake",
        one_lake_workspace_name="w",
        artifact_name="a",
        service_data_access_auth_identity="workspace_system_assigned_identity",
        credentials=NoCredentials(),
    )
    assert request_body(lake, scope_of(STABLE))["properties"] == {
        "datastoreType": "OneLake",
        "oneLakeWorkspaceName": "w",
        "artifact": {"artifactType": "LakeHouse", "artifactName": "a"},
        "serviceDataAccessAuthIdentity": "WorkspaceSystemAssignedIdentity",
        "credentials": {"credentialsType": "None"},
    }


def test_data_collection_and_requested_graphics_cards() -> None:
    deployment = K8sOnlineDeployment(
        name="blue",
        endpoint="e",
        data_collector=COLLECTOR,
        container_resources=amlrest.ContainerResources(gpu=2, gpu_request=1),
    )
    body = request_body(deployment, scope_of(STABLE))["properties"]
    assert body["dataCollector"] == {
        "collections": {
            "model_inputs": {
                "dataCollectionMode": "Enabled",
                "dataId": f"{WORKSPACE}/data/inputs/versions/1",
                "samplingRate": 0.5,
            }
        },
        "rollingRate": "Hour",
        "requestLogging": {"captureHeaders": ["x-request-id"]},
    }
    assert body["containerResourceRequirements"] == {
        "containerResourceLimits": {"gpu": "2"},
        "containerResourceRequests": {"gpu": "1"},
    }


def test_what_is_rebuilt_by_itself_is_another_environment() -> None:
    plain = of_environment(Environment(image="ubuntu:22.04"))
    assert of_environment(Environment(image="ubuntu:22.04", stage="Production")) == plain
    assert of_environment(Environment(image="ubuntu:22.04", auto_rebuild="disabled")) == plain
    rebuilt = Environment(image="ubuntu:22.04", auto_rebuild="on_base_image_update")
    assert of_environment(rebuilt) != plain


@pytest.mark.slow
def test_the_local_workspace_takes_and_shows_them(local_workspace: "LocalWorkspace") -> None:
    with open_workspace("sync", local_workspace, api_version=STABLE) as ws:
        environment = ws.environments.create(
            Environment(name="staged", image="i", stage="Test", auto_rebuild="on_base_image_update")
        )
        assert (environment.stage, environment.auto_rebuild) == ("Test", "on_base_image_update")
        job: Any = ws.jobs.submit(
            CommandJob(
                command="true",
                environment=environment,
                inputs={"n": Input(value=1, description="one")},
                notification_setting=NOTIFICATION,
            )
        )
        assert job.notification_setting == NOTIFICATION
        assert job.inputs["n"].description == "one"
        store: Any = ws.datastores.create_or_update(
            AzureBlobDatastore(
                "elsewhere",
                account_name="a",
                container_name="c",
                subscription_id="11111111-1111-1111-1111-111111111111",
                resource_group="g",
                service_data_access_auth_identity="workspace_user_assigned_identity",
                credentials=NoCredentials(),
            )
        )
        assert store.service_data_access_auth_identity == "workspace_user_assigned_identity"
        assert store.resource_group == "g"
        lake: Any = OneLakeDatastore(
            "lake", one_lake_workspace_name="w", artifact_name="a", credentials=NoCredentials()
        )
        lake = ws.datastores.create_or_update(lake)
        assert lake.artifact_name == "a"
        assert "lake" in [each.name for each in ws.datastores.list()]
        cluster: Any = ws.computes.create_or_update(
            AmlCompute("bag", size="STANDARD_DS3_V2", max_instances=1, property_bag={"a": 1})
        )
        assert cluster.property_bag == {"a": 1}
        instance: Any = ws.computes.create_or_update(
            ComputeInstance(
                "apps", size="S", enable_public_ip=False, custom_services=[{"name": "b"}]
            )
        )
        assert (instance.enable_public_ip, instance.custom_services) == (False, [{"name": "b"}])
        blue = ManagedOnlineDeployment(
            name="blue", instance_type="Standard_F2s_v2", data_collector=COLLECTOR
        )
        ws.online_endpoints.deploy(OnlineEndpoint("collecting"), [blue])
        found: Any = ws.online_deployments.get("collecting", "blue")
        assert isinstance(found.data_collector, DataCollector)
        assert found.data_collector.rolling_rate == "hour"
    with open_workspace("sync", local_workspace, api_version="2021-03-01-preview") as ws:
        assert "lake" not in [each.name for each in ws.datastores.list()]
        assert ws.environments.get("staged").image == "i"
