"""Types of data: what local files are, what they are said to be, and what another version made."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import CommandJob, DataAsset, DataPath, Environment, Input, ManagedOnlineDeployment
from amlrest.errors import ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import serving

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

FIRST, LATER = "2021-03-01-preview", "2024-10-01"
SHELL = Environment(name="shell", image="ubuntu:22.04")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "table.csv").write_text("a\n")
    for name in ("folder", "table"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.csv").write_text(f"{name}\n")
    (tmp_path / "table" / "MLTable").write_text("paths: [{file: ./part.csv}]\n")
    return tmp_path


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("folder", "uri_file", "is a folder; use 'uri_folder'"),
        ("table.csv", "uri_folder", "is not a folder; use 'uri_file'"),
        ("table.csv", "mltable", "is not a folder"),
        ("folder", "mltable", "has no file MLTable; add it"),
    ],
)
def test_files_of_another_type_are_refused(
    files: Path, api: str, name: str, kind: str, words: str
) -> None:
    given = Input(files / name, type=kind)
    job = CommandJob(command="true", environment=SHELL, inputs={"x": given})
    with (
        serving() as server,
        open_workspace(api, server_at(server.url), api_version=LATER) as ws,
    ):
        with pytest.raises(ValidationError, match=f"DataAsset.type: '{kind}', but .+{words}"):
            ws.data.create(DataAsset(path=files / name, type=kind))
        with pytest.raises(ValidationError, match=f"DataAsset.type: '{kind}', but .+{words}"):
            ws.jobs.submit(job)
    assert server.requests == []


def test_a_model_of_a_deployment_is_registered_in_the_later_shape() -> None:
    deployment = ManagedOnlineDeployment(name="blue", endpoint="e", model=DataPath("p", "store"))
    with (
        serving() as server,
        open_workspace("sync", server_at(server.url), api_version=LATER) as ws,
        pytest.raises(ValidationError, match=r"only 2021-03-01-preview takes DataPath; register"),
    ):
        ws.online_deployments.create_or_update(deployment)


@pytest.mark.slow
def test_the_type_of_an_input_is_that_of_its_asset(
    local_workspace: "LocalWorkspace", files: Path
) -> None:
    kinds = {"table.csv": "uri_file", "folder": "uri_folder", "table": "mltable"}
    with open_workspace("sync", local_workspace, api_version=LATER) as ws:
        inputs = {kind: Input(files / name, type=kind) for name, kind in kinds.items()}
        inputs["same_files"] = Input(files / "table", type="uri_folder")
        inputs["model"] = Input(files / "folder", type="mlflow_model")
        job = ws.jobs.submit(CommandJob(command="true", environment=SHELL, inputs=inputs))
        for name, given in job.inputs.items():
            owner = ws.models if name == "model" else ws.data
            assert owner.get(given.data).type == given.type == inputs[name].type
        assert job.inputs["mltable"].data != job.inputs["same_files"].data


@pytest.mark.slow
@pytest.mark.parametrize(("made", "seen"), [(FIRST, LATER), (LATER, FIRST)])
def test_data_with_a_type_is_the_same_asset_in_both_shapes(
    local_workspace: "LocalWorkspace", files: Path, made: str, seen: str
) -> None:
    found = []
    for version in (made, seen):
        with open_workspace("sync", local_workspace, api_version=version) as ws:
            for path, kind in (
                (files / "table.csv", "uri_file"),
                (files / "folder", "uri_folder"),
                ("https://example.org/table.csv", "uri_file"),
            ):
                asset = DataAsset(name=f"typed-in-{made}", path=path, type=kind)
                found.append(ws.data.create(asset))
    assert [each.reused for each in found] == [False] * 3 + [True] * 3


@pytest.mark.slow
@pytest.mark.parametrize("path", ["place/of/data", "place/of/data/", "place/of/data.csv"])
def test_a_place_is_the_same_asset_in_both_shapes(
    local_workspace: "LocalWorkspace", path: str
) -> None:
    asset = DataAsset(name="place", path=path, datastore="workspaceblobstore")
    with open_workspace("sync", local_workspace, api_version=FIRST) as ws:
        made: Any = ws.data.create(asset)
    with open_workspace("sync", local_workspace, api_version=LATER) as ws:
        again = ws.data.create(asset)
    assert (again.version, again.reused) == (made.version, True)
