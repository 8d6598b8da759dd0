"""What the service lists can be read, referred to, submitted with and deleted, whatever its name."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from amlrest import CommandJob, Environment, Model
from amlrest._wire import from_wire
from amlrest.errors import ValidationError

from tests import official
from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
CURATED = "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu"
REGISTERED = f"azureml://registries/azureml/environments/{CURATED}/versions/33"


@pytest.fixture(params=APIS)
def workspace(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    """A workspace of either api at the scripted server."""
    with open_workspace(request.param, server_at(server.url)) as opened:
        yield opened


def echo(request: ReceivedRequest) -> Reply:
    """Answer as a service that has whatever it is asked for."""
    path = unquote(request.path.partition("?")[0])
    if request.method == "DELETE":
        return Reply(200)
    properties = json.loads(request.body)["properties"] if request.body else {}
    one = {"id": path, "name": path.rpartition("/")[2], "properties": properties}
    if path.endswith("/versions"):
        return Reply(200, {"value": [one | {"id": f"{path}/7"}]})
    return Reply(404 if request.method == "GET" and "/jobs/" in path else 200, one)


@pytest.mark.parametrize("collection", ["environments", "data", "codes", "models"])
def test_an_asset_with_dots_in_its_name(workspace: Any, server: Server, collection: str) -> None:
    server.script = echo
    assets = getattr(workspace, collection)
    for given in (f"azureml:{CURATED}:1.0", f"{W}/{collection}/{CURATED}/versions/1.0"):
        assert (assets.get(given).name, assets.get(given).version) == (CURATED, "1.0")
        assets.delete(given)
    assert assets.get(f"{CURATED}@latest").version == "7"
    assert [each.version for each in assets.versions(CURATED)] == ["7"]
    assert {path.partition("?")[0] for path in server.paths()} == {
        f"{W}/{collection}/{CURATED}/versions/1.0",
        f"{W}/{collection}/{CURATED}/versions",
    }


@pytest.mark.parametrize("collection", ["computes", "datastores", "jobs", "online_endpoints"])
def test_a_resource_with_a_name_nothing_new_could_have(
    workspace: Any, server: Server, collection: str
) -> None:
    server.script = lambda request: Reply(
        200, {"name": "it.s_old-", "id": unquote(request.path.partition("?")[0]), "properties": {}}
    )
    found = getattr(workspace, collection).get("it.s_old-")
    assert found.name == "it.s_old-"
    if collection != "jobs":
        written = {"location": "x"} if collection != "datastores" else {}
        found.raw |= written
        if collection != "datastores":
            assert getattr(workspace, collection).create_or_update(found).name == "it.s_old-"
    getattr(workspace, collection).delete(found.name)
    assert server.requests[-1].method == "DELETE"


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        (f"azureml:{CURATED}:33", f"{W}/environments/{CURATED}/versions/33"),
        (f"{W}/environments/{CURATED}/versions/33", f"{W}/environments/{CURATED}/versions/33"),
        (CURATED, f"{W}/environments/{CURATED}/versions/7"),
        (f"azureml:{CURATED}@latest", f"{W}/environments/{CURATED}/versions/7"),
        (REGISTERED, REGISTERED),
    ],
)
def test_a_job_in_an_environment_with_dots_in_its_name(
    workspace: Any, server: Server, environment: str, sent: str
) -> None:
    server.script = echo
    workspace.jobs.submit(
        CommandJob(name="j", command="true", compute="c", environment=environment)
    )
    put = next(each for each in server.requests if each.method == "PUT")
    assert put.json["properties"]["environmentId"] == sent


def test_data_of_a_registry_is_referred_to_and_not_registered(
    workspace: Any, server: Server
) -> None:
    server.script = echo
    data = "azureml://registries/azureml/data/iris.v1/versions/2"
    job = CommandJob(
        name="j", command="true", compute="c", environment=REGISTERED, inputs={"d": data}
    )
    workspace.jobs.submit(job)
    put = [each for each in server.requests if each.method == "PUT"]
    assert [each.path.partition("?")[0] for each in put] == [f"{W}/jobs/j"]
    assert put[0].json["properties"]["inputDataBindings"]["d"]["dataId"] == data


def test_an_asset_of_a_registry_cannot_be_read_from_the_workspace(
    workspace: Any, server: Server
) -> None:
    with pytest.raises(ValidationError, match="can be referred to in jobs and deployments only"):
        workspace.environments.get(REGISTERED)
    assert server.requests == []


def test_tags_of_an_asset_with_dots_in_its_name_can_be_changed(
    workspace: Any, server: Server
) -> None:
    server.script = echo
    read = from_wire(Model, {"id": f"{W}/models/a.b/versions/1", "properties": {"path": "p"}})
    read.tags = {"checked": "yes"}
    assert workspace.models.update(read).tags == {"checked": "yes"}
    with pytest.raises(ValidationError, match=r"environment name 'a\.b'"):
        workspace.environments.create(Environment(name="a.b", image="i"))


def test_recorded_names_of_environments_are_read(workspace: Any, server: Server) -> None:
    path = official.need(official.FOLDER.parent / "recordings" / "cases")
    case = json.loads((path / "01-curated-environment-get.json").read_bytes())
    (exchange,) = case["exchanges"]
    server.script = [Reply(200, exchange["body"])]
    found = workspace.environments.get(CURATED, 1)
    assert found.name == exchange["url"].split("/environments/")[1].split("/")[0]
    assert server.paths()[0].partition("?")[0] == f"{W}/environments/{found.name}/versions/1"
