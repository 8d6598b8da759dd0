"""Models and data that are outputs of jobs: the same place and version in every wire shape."""

from typing import TYPE_CHECKING, Any

import pytest
from amlrest import CommandJob, DataAsset, Environment, Model, Output
from amlrest._job_uris import OutputPlace, of_run, parse
from amlrest._wire.sameness import same_as_sent
from amlrest.errors import ResourceNotFoundError, ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.scripted_server import Reply, Server

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

FIRST, LATER = "2021-03-01-preview", "2024-10-01"
STORE = "azureml://subscriptions/s/resourceGroups/g/workspaces/w/datastores/workspaceartifactstore"


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("azureml://jobs/j/outputs/artifacts/paths/a/b", OutputPlace("j", "artifacts", "a/b")),
        ("azureml://jobs/j%20k/outputs/out/paths/", OutputPlace("j k", "out", "")),
        ("AzureML://jobs/j/outputs/out", OutputPlace("j", "out", "")),
        ("azureml://datastores/d/paths/jobs/j/outputs/out", None),
        ("https://host/jobs/j/outputs/out", None),
        (None, None),
    ],
)
def test_a_place_is_told_from_other_uris(uri: str | None, place: OutputPlace | None) -> None:
    assert parse(uri) == place


def test_a_run_of_mlflow_is_a_job() -> None:
    assert of_run("runs:/abc/model") == "azureml://jobs/abc/outputs/artifacts/paths/model"
    assert of_run("models:/abc/1") == "models:/abc/1"


@pytest.mark.parametrize(
    ("sent", "found", "same"),
    [
        ("jobs/j/outputs/artifacts/paths/m", "ExperimentRun/dcid.j/m", True),
        ("jobs/j/outputs/artifacts/paths/m", "ExperimentRun/dcid.j/n", False),
        ("jobs/j/outputs/artifacts/paths/m", "ExperimentRun/dcid.k/m", False),
        ("jobs/j/outputs/out/paths/m", "azureml/j/out/m", True),
        ("jobs/j/outputs/out/paths/m", "azureml/k/out/m", False),
    ],
)
def test_the_service_answers_with_the_datastore(sent: str, found: str, same: bool) -> None:
    # The form of the answer is a recorded one: a model of an artifact of a job.
    assert same_as_sent(f"azureml://{sent}", f"{STORE}/paths/{found}", "modeluri") is same


@pytest.mark.parametrize("kind", ["mlflow", "MLFLOW-MODEL", "keras"])
@pytest.mark.parametrize("version", [FIRST, LATER])
def test_a_type_that_no_version_has_is_refused(server: Server, kind: str, version: str) -> None:
    with (
        open_workspace("sync", server_at(server.url), api_version=version) as workspace,
        pytest.raises(ValidationError, match=r"unknown type '.*'; use custom_model, mlflow_model"),
    ):
        workspace.models.create(Model("m", "https://host/m", type=kind))
    assert server.requests == []


def test_a_type_that_only_later_versions_have_is_refused_before(server: Server) -> None:
    with (
        open_workspace("sync", server_at(server.url), api_version=FIRST) as workspace,
        pytest.raises(ValidationError, match="'triton_model' needs API version 2022-05-01"),
    ):
        workspace.models.create(Model("m", "https://host/m", type="triton_model"))


def test_a_model_of_mlflow_has_a_flavor_in_the_first_version(server: Server) -> None:
    sent: list[Any] = []

    def answer(request: Any) -> Reply:
        if request.method == "GET":
            return Reply(404, {"error": {"code": "NotFound"}})
        sent.append(request.json["properties"])
        return Reply(201, request.json)

    server.script = answer
    with open_workspace("sync", server_at(server.url), api_version=FIRST) as workspace:
        workspace.models.create(Model("m", "runs:/j/model", type="mlflow_model"))
        own = {"python_function": {"loader_module": "mine"}}
        workspace.models.create(Model("m", "runs:/j/model", type="mlflow_model", flavors=own))
    first, second = sent
    assert first["path"] == "ExperimentRun/dcid.j/model"
    assert first["datastoreId"].endswith("/datastores/workspaceartifactstore")
    assert first["flavors"] == {"python_function": {"data": {}}}
    assert second["flavors"] == {"python_function": {"data": {"loader_module": "mine"}}}


@pytest.mark.slow
@pytest.mark.parametrize(("made", "read"), [(FIRST, LATER), (LATER, FIRST)])
def test_what_a_job_put_out_is_registered_once_for_all_versions(
    local_workspace: "LocalWorkspace", unique: str, made: str, read: str
) -> None:
    job = CommandJob(
        name=unique,
        command="mkdir -p outputs/model && touch outputs/model/MLmodel {outputs.out}/data",
        compute="cpu-cluster",
        environment=Environment(image="img"),
        outputs={"out": Output(mode="upload")},
    )
    with (
        open_workspace("sync", local_workspace, api_version=made) as ws,
        open_workspace("sync", local_workspace, api_version=read) as other,
    ):
        ws.jobs.wait(ws.jobs.submit(job))
        model = Model(unique, f"runs:/{unique}/outputs/model", type="mlflow_model")
        data = DataAsset(unique, f"azureml://jobs/{unique}/outputs/out/paths/", type="uri_folder")
        for collection, wanted in (("models", model), ("data", data)):
            first, again, across = (
                getattr(each, collection).create(wanted) for each in (ws, ws, other)
            )
            assert (first.created, again.created, across.created) == (True, False, False)
            assert first.version == across.version
            assert first.path.rstrip("/") == across.path.rstrip("/")
            assert unique in first.path
        none = DataAsset(unique, f"azureml://jobs/{unique}/outputs/none", type="uri_folder")
        if made == FIRST:
            with pytest.raises(ResourceNotFoundError, match="no output 'none'; its outputs: out"):
                ws.data.create(none)
        assert ws.models.get(unique).path == f"ExperimentRun/dcid.{unique}/outputs/model"
        for each in (ws, other):
            found = each.models.get(unique)
            assert (set(found.flavors), found.type) == ({"python_function"}, "mlflow_model")
            assert each.models.update(found).version == found.version
