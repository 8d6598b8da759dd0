"""Environments, data, code and models in a running local workspace; versions from content."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from amlrest import Code, DataAsset, Environment, Model
from amlrest.errors import ResourceExistsError, ResourceNotFoundError, ValidationError
from azure.storage.blob import ContainerClient

pytestmark = pytest.mark.both_answers


CONDA = "name: e\ndependencies:\n- python=3.8\n"


def container_of(local: Any) -> ContainerClient:
    """The default datastore's container, through the official SDK and the workspace's own key."""
    from tests.facade.blocking_workspace import open_workspace

    with open_workspace("sync", local) as workspace:
        store = workspace.datastores.get_default()
        key = workspace.datastores.secrets(store.name).key
    url = f"{store.protocol}://{store.endpoint}/{store.account_name}/{store.container_name}"
    return ContainerClient.from_container_url(url, credential=key)


@pytest.fixture
def folder(tmp_path: Path, unique: str) -> Path:
    source = tmp_path / "src"
    (source / "pkg").mkdir(parents=True)
    (source / "main.py").write_text(f"# {unique}\n", encoding="utf-8")
    (source / "pkg/more.py").write_text("x = 1\n", encoding="utf-8")
    return source


def test_the_same_environment_is_registered_once(ws: Any, unique: str, tmp_path: Path) -> None:
    (tmp_path / "conda.yml").write_text(f"# a comment\n{CONDA}", encoding="utf-8")
    first = ws.environments.create(Environment(unique, "img", CONDA))
    ways = [CONDA, tmp_path / "conda.yml", str(tmp_path / "conda.yml"), yaml.safe_load(CONDA)]
    again = [ws.environments.create(Environment(unique, "img", way)) for way in ways]
    assert first.created
    assert [each.created for each in again] == [False] * 4
    assert {each.id for each in again} == {first.id}
    other = ws.environments.create(Environment(unique, "img:2", CONDA))
    assert (other.created, other.version == first.version) == (True, False)
    assert len(list(ws.environments.versions(unique))) == 2
    assert ws.environments.get(unique).id == other.id, "without a version it is the newest"


def test_a_version_that_is_named_cannot_change_its_content(ws: Any, unique: str) -> None:
    made = ws.environments.create(Environment(unique, "img", version=1))
    assert not ws.environments.create(Environment(unique, "img", version="1")).created
    with pytest.raises(ResourceExistsError, match="registered with other content"):
        ws.environments.create(Environment(unique, "other", version=1))
    made.tags = {"team": "a"}
    assert ws.environments.update(made).tags == {"team": "a"}
    assert ws.environments.get(unique, 1).image == "img"
    assert ws.environments.get(made.id, "1").id == made.id


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (Environment("e"), "neither image nor dockerfile"),
        (Environment("e", "i", dockerfile="FROM x"), "both image and dockerfile"),
        (Environment("e", "i", "nowhere.yml"), "cannot read 'nowhere.yml': No such file"),
        (Environment("e", "i", "just\ntext"), "not a YAML mapping"),
        (Environment("e", "i", "name: 2021-99-99\n"), "not a YAML mapping"),
        (Environment("e", "i", "a: " + "[" * 100_000 + "\n"), "not a YAML mapping"),
        (Environment("e f", "i"), "a space"),
        (Environment("e", "i", version="1/2"), "'/'"),
    ],
)
def test_an_environment_that_cannot_be_is_refused(
    ws: Any, environment: Environment, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        ws.environments.create(environment)


def test_code_is_uploaded_once_to_a_place_made_of_its_content(
    ws: Any, folder: Path, local_workspace: Any
) -> None:
    first = ws.codes.create(Code(path=folder))
    again = ws.codes.create(Code(path=str(folder)))
    assert (first.created, again.created, again.id) == (True, False, first.id)
    # The service shows no code as anonymous, whatever was sent.
    assert (first.is_anonymous, first.version in first.path) == (False, True)
    blobs = container_of(local_workspace).list_blobs(name_starts_with=f"{first.path}/")
    assert sorted(blob.name.removeprefix(f"{first.path}/") for blob in blobs) == [
        "main.py",
        "pkg/more.py",
    ]
    with (folder / "main.py").open("a", encoding="utf-8") as script:
        script.write("# changed\n")
    other = ws.codes.create(Code(path=folder))
    assert other.created
    assert other.path != first.path, "the earlier version keeps its meaning"


def test_data_may_be_a_file_a_url_or_a_place_in_a_datastore(
    ws: Any, unique: str, tmp_path: Path, local_workspace: Any
) -> None:
    table = tmp_path / "iris.csv"
    table.write_text(unique, encoding="utf-8")
    local = ws.data.create(DataAsset(unique, table))
    content = container_of(local_workspace).download_blob(local.path).readall()
    assert content.decode() == unique
    url = ws.data.create(DataAsset(unique, "https://example.org/iris.csv"))
    assert (url.path, url.datastore) == ("https://example.org/iris.csv", None)
    place = ws.data.create(DataAsset(unique, "a/b.csv", datastore="workspaceblobstore"))
    assert place.path == "a/b.csv"
    assert place.datastore.endswith("/datastores/workspaceblobstore")
    assert len({local.version, url.version, place.version}) == 3
    assert not ws.data.create(DataAsset(unique, "https://example.org/iris.csv")).created


def test_models_are_registered_listed_and_deleted(ws: Any, unique: str, folder: Path) -> None:
    flavors = {"python_function": {"loader_module": "m"}}
    made = ws.models.create(Model(unique, folder, version=1, flavors=flavors))
    assert (made.version, made.flavors) == ("1", flavors)
    assert unique in [each.name for each in ws.models.list()]
    ws.models.delete(f"azureml:{unique}:1")
    with pytest.raises(ResourceNotFoundError):
        ws.models.get(unique, "1")


def test_the_folder_of_a_model_keeps_its_name_for_scoring_scripts(
    ws: Any, unique: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    made = ws.models.create(Model(unique, folder))
    assert made.path.endswith("/src")
    for same in (f"{folder}/", ".", "pkg/.."):
        assert ws.models.create(Model(unique, same)).id == made.id
    renamed = folder.rename(folder.with_name("weights"))
    other = ws.models.create(Model(unique, renamed))
    assert other.path.endswith("/weights")
    assert other.version != made.version
    assert ws.models.create(Model(unique, renamed / "main.py")).path.endswith("/main.py")


def test_what_cannot_be_uploaded_registers_nothing(ws: Any, unique: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValidationError, match="nothing to upload"):
        ws.codes.create(Code(unique, tmp_path / "empty"))
    with pytest.raises(ValidationError, match="there is no"):
        ws.data.create(DataAsset(unique, tmp_path / "nowhere"))
    with pytest.raises(ResourceNotFoundError):
        ws.codes.get(unique)
