"""The same again is the same, at a service that rewrites what it is sent as the real one does."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from amlrest import (
    Code,
    CommandJob,
    DataAsset,
    Environment,
    Input,
    Model,
    Output,
    SweepJob,
    Trial,
    maximize,
    uniform,
)
from amlrest.errors import ResourceExistsError, ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
CONDA = """\
# the layout and this comment are lost
channels: [conda-forge]
dependencies:
  - python=3.8
  - pip:
    - mlflow
name: example
"""
VERSIONS = ("2021-03-01-preview", "2024-10-01")
_CAPITAL = {"goal", "jobLimitsType", "samplingAlgorithmType"}


class RewritingService:
    """Stores what it is sent in the way that recorded answers show."""

    def __init__(self) -> None:
        data = f"{W}/data/iris/versions/1"
        self.stored: dict[str, Any] = {data: {"id": data, "properties": {"dataType": "uri_file"}}}
        self.puts: list[str] = []
        self.refusal: Reply | None = None

    def __call__(self, request: ReceivedRequest) -> Reply:
        path = unquote(request.path.partition("?")[0])
        if request.method == "PUT":
            return self._put(path, request.json)
        if path.endswith("/datastores"):
            return Reply(200, {"value": [self._datastore("workspaceblobstore")]})
        if "/computes/" in path or "/datastores/" in path:
            return Reply(200, self._datastore(path.rpartition("/")[2]) | {"id": path})
        if path in self.stored:
            return Reply(200, self.stored[path])
        return Reply(404, {"error": {"code": "UserError", "message": "not found"}})

    def _put(self, path: str, body: dict[str, Any]) -> Reply:
        self.puts.append(path)
        if self.refusal is not None:
            return self.refusal
        properties = _rewritten(body["properties"])
        name = path.rpartition("/")[2]
        self.stored[path] = {"id": path, "name": name, "properties": properties}
        # Environments answer 201 and codes 200, whether they are new or not.
        return Reply(200 if "/codes/" in path else 201, self.stored[path])

    def _datastore(self, name: str) -> dict[str, Any]:
        return {"id": f"{W}/datastores/{name}", "name": name, "properties": {"isDefault": True}}


def _rewritten(value: Any, key: str = "") -> Any:
    """Return a value as the service answers it."""
    if isinstance(value, dict):
        if str(value.get("dataType")).lower() == "uri_folder":
            value = value | {"dataUri": f"{value['dataUri'].rstrip('/')}/"}
        unset: dict[str, Any] = {
            "description": None,
            "resourceExtras": {},
            "schedule": "",
            "notes": None,
        }
        return {name: _rewritten(each, name) for name, each in value.items()} | unset
    if key == "condaFile":
        return json.dumps(yaml.safe_load(value), indent=2)
    if key in _CAPITAL:
        return value.capitalize()
    if isinstance(value, str) and "/datastores/" in value:
        return value.replace("/datastores/Store", "/datastores/store")
    if value == "PT120M":
        return "PT2H"
    return value


@pytest.fixture(params=[(api, version) for api in APIS for version in VERSIONS], ids=" ".join)
def workspace(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    """A workspace of either api and wire shape at the service."""
    api, version = request.param
    with open_workspace(api, server_at(server.url), api_version=version) as opened:
        yield opened


@pytest.fixture
def service(server: Server) -> RewritingService:
    service = RewritingService()
    server.script = service
    return service


ASSETS: list[tuple[str, Any]] = [
    ("environments", Environment("e", "image", CONDA, version="1")),
    ("environments", Environment("e", "image", version="1")),
    ("data", DataAsset("d", "folder", datastore="Store", version="1", type="uri_folder")),
    ("models", Model("m", "folder/model.pkl", datastore="Store", version="1")),
    ("codes", Code("c", "folder", datastore="Store", version="1")),
]


@pytest.mark.parametrize(("noun", "asset"), ASSETS)
def test_the_same_asset_is_created_once(
    workspace: Any, service: RewritingService, noun: str, asset: Any
) -> None:
    first = getattr(workspace, noun).create(copy.copy(asset))
    again = getattr(workspace, noun).create(copy.copy(asset))
    assert (first.created, again.created) == (True, False)
    assert again.id == first.id
    assert len(service.puts) == 1


@pytest.mark.parametrize(("noun", "asset"), ASSETS)
def test_another_asset_of_that_version_is_refused(
    workspace: Any, service: RewritingService, noun: str, asset: Any
) -> None:
    getattr(workspace, noun).create(copy.copy(asset))
    other = copy.copy(asset)
    if noun == "environments":
        other.image = "Image"
    else:
        other.path = "Folder"
    with pytest.raises(ResourceExistsError, match="other content"):
        getattr(workspace, noun).create(other)
    assert len(service.puts) == 1


def test_another_conda_file_is_refused(workspace: Any, service: RewritingService) -> None:
    workspace.environments.create(Environment("e", "image", CONDA, version="1"))
    other = CONDA.replace("python=3.8", "python=3.9")
    with pytest.raises(ResourceExistsError, match="other content"):
        workspace.environments.create(Environment("e", "image", other, version="1"))
    assert len(service.puts) == 1


def command_job(**changed: Any) -> CommandJob:
    given: dict[str, Any] = {
        "command": "python main.py ${{inputs.iris}}",
        "compute": "Cluster",
        "environment": Environment("e", "image", CONDA, version="1"),
        "inputs": {"iris": Input(f"{W}/data/iris/versions/1", "download", type="uri_file")},
        "outputs": {"model": Output("Store", "models/1", "upload")},
        "timeout": "PT2H",
    }
    return CommandJob(name="job-1", **given | changed)


def sweep_job(**changed: Any) -> SweepJob:
    run: dict[str, Any] = {"environment": Environment("e", "image", CONDA, version="1")}
    given: dict[str, Any] = {
        "trial": Trial(command="python main.py", **run),
        "compute": "Cluster",
        "search_space": {"rate": uniform(0.1, 0.9)},
        "objective": maximize("accuracy"),
        "max_total_trials": 4,
        "timeout": "PT2H",
    }
    return SweepJob(name="job-1", **given | changed)


@pytest.mark.parametrize("make", [command_job, sweep_job])
def test_the_same_job_is_submitted_once(
    workspace: Any, service: RewritingService, make: Any
) -> None:
    first, again = workspace.jobs.submit(make()), workspace.jobs.submit(make())
    assert (first.created, again.created) == (True, False)
    assert again.id == first.id
    assert sorted(service.puts) == [f"{W}/environments/e/versions/1", f"{W}/jobs/job-1"]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (command_job(), command_job(command="python Main.py ${{inputs.iris}}")),
        (command_job(), command_job(environment_variables={"MODE": "fast"})),
        (
            command_job(environment_variables={"MODE": "fast"}),
            command_job(environment_variables={"MODE": "Fast"}),
        ),
        (command_job(), command_job(timeout="PT3H")),
        (sweep_job(), sweep_job(search_space={"rate": uniform(0.1, 0.8)})),
        (sweep_job(), sweep_job(max_total_trials=5)),
    ],
)
def test_another_job_of_that_name_is_refused(
    workspace: Any, service: RewritingService, first: Any, other: Any
) -> None:
    workspace.jobs.submit(copy.copy(first))
    with pytest.raises(ResourceExistsError, match="taken by another job"):
        workspace.jobs.submit(copy.copy(other))
    assert service.puts.count(f"{W}/jobs/job-1") == 1


IMMUTABLE = {
    "code": "UserError",
    "message": "it is immutable",
    "additionalInfo": [
        {"type": "InnerError", "info": {"value": {"code": "Immutable", "innerError": None}}}
    ],
}


@pytest.mark.parametrize("status", [400, 409])
def test_an_asset_that_another_client_registered_meanwhile(
    workspace: Any, service: RewritingService, server: Server, status: int
) -> None:
    asset = Environment("e", "image", CONDA, version="1")
    path = f"{W}/environments/e/versions/1"
    refusing = Reply(status, {"error": IMMUTABLE})
    gets = 0

    def script(request: ReceivedRequest) -> Reply:
        nonlocal gets
        if request.method == "GET":
            gets += 1
            return service(request)
        service(request)
        return refusing

    server.script = script
    found = workspace.environments.create(asset)
    assert (found.id, found.created, gets) == (path, False, 2)


def test_a_refused_asset_that_is_not_there_is_an_error(
    workspace: Any, service: RewritingService
) -> None:
    service.refusal = Reply(409, {"error": IMMUTABLE})
    with pytest.raises(ResourceExistsError, match="it is immutable"):
        workspace.environments.create(Environment("e", "image", CONDA, version="1"))


UNSENDABLE: list[tuple[Any, str]] = [
    ("half \ud800", r"properties\.command: .* cannot be sent"),
    (float("nan"), "nan is not a number in JSON"),
    (float("-inf"), "-inf is not a number in JSON"),
]


@pytest.mark.parametrize(("value", "message"), UNSENDABLE)
def test_a_value_that_cannot_be_sent_is_refused_before_anything_is(
    workspace: Any, server: Server, tmp_path: Path, value: Any, message: str
) -> None:
    del tmp_path
    body = {"properties": {"jobType": "Command", "command": value}}
    with pytest.raises(ValidationError, match=message):
        workspace.call("Jobs_CreateOrUpdate", body, id="j")
    if isinstance(value, str):
        with pytest.raises(ValidationError, match="cannot be sent"):
            workspace.jobs.submit(command_job(command=value))
        with pytest.raises(ValidationError, match="cannot be sent"):
            workspace.jobs.submit(command_job(tags={value: "x"}))
        with pytest.raises(ValidationError, match="cannot be sent"):
            workspace.environments.create(Environment("e", "image", tags={"x": value}))
    assert server.requests == []


def test_a_pair_of_surrogates_is_a_character(workspace: Any, service: RewritingService) -> None:
    made = workspace.environments.create(
        Environment("e", "image", version="1", tags={"mood": "\U0001f600"})
    )
    assert made.tags["mood"] == "\U0001f600"
    assert len(service.puts) == 1


TIMES = ["2024-01-01T00:00:00Z", "2024-03-01T00:00:00.1234567Z", "2024-02-01T00:00:00.1234"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_newest_version_is_asked_for_and_checked(
    workspace: Any, server: Server, order: tuple[int, ...]
) -> None:
    listed = [
        {
            "id": f"{W}/data/d/versions/{number}",
            "properties": {},
            "systemData": {"createdAt": TIMES[number]},
        }
        for number in order
    ]
    server.script = [Reply(200, {"value": listed})]
    assert workspace.data.get("d").version == "1"
    query = unquote(server.paths()[0].partition("?")[2])
    assert "$orderBy=createdtime desc" in query
    assert "$top=1" in query


def test_a_link_to_the_next_page_of_one_version_is_not_followed(
    workspace: Any, server: Server
) -> None:
    """The service sends one with $top=1, too."""
    one = {"id": f"{W}/models/m/versions/9", "properties": {}}
    server.script = [Reply(200, {"value": [one], "nextLink": f"{server.url}{W}/models/m/more"})]
    assert workspace.models.get("m").version == "9"
    assert len(server.requests) == 1
