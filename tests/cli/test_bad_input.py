"""What users get wrong, through the real command: one clear error, and nothing has changed.

What the workspace holds is read by plain HTTP and the official storage SDK. What other modules
show: Ctrl-C during a wait, a job that fails and exit status 3 (`test_job`); errors of single
command groups (`test_resources`).
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import AmlCompute, Code, CommandJob, DataAsset, Environment, Model
from amlrest.errors import ValidationError

from tests.cli.conftest import COMMAND, Run, clean_environment
from tests.facade.blocking_workspace import open_workspace
from tests.inspector import RUNS, UPLOADS, Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

JOB: dict[str, Any] = {
    "code": {"local_path": "src"},
    "command": "cat {inputs.table}",
    "environment": {"docker": {"image": "python:3.11"}},
    "compute": {"target": "azureml:cpu-cluster"},
    "inputs": {"table": {"data": {"local_path": "table.csv"}}},
}
SPACE = {"rate": {"type": "uniform", "min_value": 0, "max_value": 1}}
NOTHING_SENT, NOTHING_MADE = True, False


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace of this module's own: its log of requests must be of one command."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local")) as workspace:
        yield workspace


@pytest.fixture
def inspector(local: "LocalWorkspace") -> Iterator[Inspector]:
    found = Inspector(local)
    yield found
    found.close()


@pytest.fixture
def amlrest(local: "LocalWorkspace", tmp_path: Path) -> Run:
    """Run the command in a folder with a job's code and data."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.py").write_text("print('code')\n")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")

    def run(*arguments: str, **extra: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            text=True,
            env=clean_environment(tmp_path) | local.environment() | extra,
            cwd=tmp_path,
            timeout=240,
            check=False,
        )

    return run


def contents(inspector: Inspector) -> dict[str, Any]:
    """Everything the workspace holds."""
    kinds = ("computes", "datastores", "environments", "data", "codes", "models", "jobs")
    found: dict[str, Any] = {kind: list(inspector.all(kind)) for kind in kinds}
    for kind in ("environments", "data", "codes", "models"):
        names = [item["name"] for item in found[kind]]
        found[kind] = {name: inspector.versions(kind, name) for name in names}
    return found | {container: inspector.blob_names(container) for container in (UPLOADS, RUNS)}


Refused = Callable[..., str]


@pytest.fixture
def refused(amlrest: Run, inspector: Inspector) -> Refused:
    """Run a command that has to be refused and to change nothing; returns what it says."""

    def refuse(*arguments: str, silent: bool, status: int = 1, **extra: str) -> str:
        before = contents(inspector)
        inspector.clear_requests()
        done = amlrest(*arguments, **extra)
        sent = [entry["path"] for entry in inspector.requests()]
        assert (done.returncode, done.stdout) == (status, ""), done.stderr
        assert "Traceback" not in done.stderr
        assert not (silent and sent)
        assert contents(inspector) == before
        return done.stderr

    return refuse


def write(tmp_path: Path, body: dict[str, Any]) -> str:
    (tmp_path / "job.yml").write_text(json.dumps(body, indent=1))
    return "job.yml"


@pytest.mark.parametrize("command", [["job", "list"], ["job", "submit", "job.yml"]])
def test_a_wrong_token(command: list[str], refused: Refused, tmp_path: Path) -> None:
    write(tmp_path, JOB)
    said = refused(*command, silent=NOTHING_MADE, AMLREST_TOKEN="not-the-token")
    assert "401" in said
    assert "AMLREST_TOKEN" in said
    assert "not-the-token" not in said


@pytest.mark.parametrize("command", [["job", "list"], ["job", "submit", "job.yml"]])
def test_no_token(command: list[str], refused: Refused, tmp_path: Path) -> None:
    write(tmp_path, JOB)
    assert "AMLREST_TOKEN" in refused(*command, silent=NOTHING_SENT, AMLREST_TOKEN="")


WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers"
    "/Microsoft.MachineLearningServices/workspaces/local"
)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"compute": {"target": "azureml:nowhere"}}, "nowhere"),
        ({"compute": {"target": f"azureml:{WORKSPACE}/computes/nowhere"}}, "nowhere"),
        ({"environment": "azureml:nothing:1"}, "nothing"),
        ({"environment": f"azureml:{WORKSPACE}/environments/nothing/versions/1"}, "nothing"),
        ({"code": "azureml:nothing:1"}, "nothing"),
        ({"code": f"azureml:{WORKSPACE}/codes/nothing/versions/1"}, "nothing"),
        ({"inputs": {"table": {"data": "azureml:nothing:1"}}}, "nothing"),
        ({"inputs": {"table": {"data": f"azureml:{WORKSPACE}/data/none/versions/1"}}}, "none"),
    ],
)
def test_a_reference_to_nothing(
    change: dict[str, Any], named: str, refused: Refused, tmp_path: Path
) -> None:
    said = refused("job", "submit", write(tmp_path, JOB | change), silent=NOTHING_MADE)
    assert named in said


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"inputs": {"table": {"data": {"local_path": "missing.csv"}}}}, "missing.csv"),
        ({"code": {"local_path": "empty"}}, "empty"),
        ({"code": {"local_path": "missing"}}, "missing"),
        ({"environment": {"docker": {"image": "x"}, "conda_file": "file:none.yml"}}, "none.yml"),
        ({"command": "cat {inputs.other}"}, "inputs.other"),
        ({"compute": {"target": "azureml:no/cluster"}}, "no/cluster"),
        ({"environment": "azureml:../x:1"}, "../x"),
        ({"code": "azureml:a:.."}, "it has '..'"),
    ],
)
def test_what_can_be_known_here_is_told_before_anything_is_sent(
    change: dict[str, Any], named: str, refused: Refused, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    said = refused("job", "submit", write(tmp_path, JOB | change), silent=NOTHING_SENT)
    assert named in said


def test_a_distribution_that_the_algorithm_does_not_take(refused: Refused, tmp_path: Path) -> None:
    trial = {key: JOB[key] for key in ("code", "environment", "compute", "inputs")}
    sweep = {
        "type": "sweep_job",
        "algorithm": "grid",
        "trial": trial | {"command": "echo {search_space.rate} {inputs.table}"},
        "search_space": SPACE,
        "objective": {"primary_metric": "loss", "goal": "minimize"},
        "max_total_trials": 2,
    }
    said = refused("job", "submit", write(tmp_path, sweep), silent=NOTHING_SENT)
    assert "rate" in said
    assert "grid algorithm does not support uniform" in said


def test_a_job_name_that_another_job_has(amlrest: Run, refused: Refused, tmp_path: Path) -> None:
    first = amlrest("job", "submit", write(tmp_path, JOB), "--name", "taken", "--wait")
    assert first.returncode == 0, first.stderr
    (tmp_path / "src/main.py").write_text("print('other code')\n")
    said = refused("job", "submit", "job.yml", "--name", "taken", silent=NOTHING_MADE)
    assert "'taken'" in said
    assert "choose another name" in said
    file = write(tmp_path, JOB | {"command": "cat {inputs.table} twice"})
    assert "'taken'" in refused("job", "submit", file, "--name", "taken", silent=NOTHING_MADE)


OTHER_PATHS = ("a/b", "..", "../x", "a\\b")
NAMES = (*OTHER_PATHS, "two words", "größe", "-x")
CREATE: dict[str, Callable[[Any, str], Any]] = {
    "job": lambda ws, name: ws.jobs.submit(
        CommandJob(name=name, command="x", environment=Environment(image="x"), compute="c")
    ),
    "environment": lambda ws, name: ws.environments.create(Environment(name=name, image="x")),
    "data": lambda ws, name: ws.data.create(DataAsset(name=name, path="http://127.0.0.1/x")),
    "model": lambda ws, name: ws.models.create(Model(name=name, path=__file__)),
    "code": lambda ws, name: ws.codes.create(Code(name=name, path=Path(__file__).parent)),
    "compute": lambda ws, name: ws.computes.create_or_update(AmlCompute(name=name, size="s")),
}
READ: dict[str, Callable[[Any, str], Any]] = {
    "job": lambda ws, name: ws.jobs.get(f"azureml:{name}"),
    "data version": lambda ws, name: ws.data.get("x", name),
    "compute": lambda ws, name: ws.computes.get(name),
    "datastore": lambda ws, name: ws.datastores.get(f"azureml:{name}"),
    "endpoint": lambda ws, name: ws.online_endpoints.get(f"azureml:{name}"),
}


@pytest.mark.parametrize(
    ("act", "names"),
    [*((act, NAMES) for act in CREATE.values()), *((act, OTHER_PATHS) for act in READ.values())],
    ids=[*CREATE, *(f"{kind} to read" for kind in READ)],
)
def test_a_name_that_no_resource_can_have(
    *,
    act: Callable[[Any, str], Any],
    names: tuple[str, ...],
    local: "LocalWorkspace",
    inspector: Inspector,
) -> None:
    before = contents(inspector)
    inspector.clear_requests()
    with open_workspace("sync", local) as workspace:
        for name in names:
            with pytest.raises(ValidationError, match="; use ") as caught:
                act(workspace, name)
            assert repr(name) in str(caught.value)
    assert inspector.requests() == []
    assert contents(inspector) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["job", "submit", "job.yml", "--name", "../x"],
        ["environment", "create", "--image", "x", "--", "../x"],
        ["data", "create", "--", "../x", "table.csv"],
        ["code", "upload", "src", "--name", "../x"],
        ["compute", "show", "--", "../x"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_bad_name_on_the_command_line(
    arguments: list[str], refused: Refused, tmp_path: Path
) -> None:
    write(tmp_path, JOB)
    said = refused(*arguments, silent=NOTHING_SENT)
    assert "'../x'" in said
    assert "; use " in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("command: [unclosed\n", ("job.yml:2", "not valid YAML")),
        (
            "command: x\ncompute: {target: azureml:c}\nenviron: x\n",
            ("job.yml:3", "environ", "did you mean 'environment'?"),
        ),
        ("command: x\ntimeout: soon\n", ("job.yml:2", "timeout")),
        ("", ("job.yml", "add a $schema line or a type")),
        ("- a\n- b\n", ("job.yml",)),
        ("command: x\nname: \x00\n", ("job.yml:2", "not valid YAML")),
        (
            "command: x\nenvironment: azureml:e:1\ncompute: azureml:c\ncode: missing\n",
            ("job.yml:4:7: code: there is no file or folder", "missing"),
        ),
        (
            "command: cat ${{inputs.a}}\nenvironment: azureml:e:1\ncompute: azureml:c\n",
            ("job.yml:1:10: command: ", "inputs.a"),
        ),
        ("type: pipeline\njobs: {}\n", ("job.yml:1:1: ", "a pipeline job")),
    ],
)
def test_a_broken_job_file(
    text: str, said: tuple[str, ...], refused: Refused, tmp_path: Path
) -> None:
    (tmp_path / "job.yml").write_text(text)
    found = refused("job", "submit", "job.yml", silent=NOTHING_SENT)
    assert [each for each in said if each not in found] == []


def test_a_folder_with_five_thousand_files_works(
    amlrest: Run, inspector: Inspector, tmp_path: Path
) -> None:
    for number in range(5000):
        place = tmp_path / f"src/part{number % 50}"
        place.mkdir(exist_ok=True)
        (place / f"{number}.txt").write_text(str(number))
    before = set(inspector.blob_names())
    made = amlrest("code", "upload", "src", "-o", "json")
    assert made.returncode == 0, made.stderr
    assert len(set(inspector.blob_names()) - before) == 5001
    again = amlrest("code", "upload", "src", "-o", "json")
    assert "already exists" in again.stderr
    assert json.loads(again.stdout)["id"] == json.loads(made.stdout)["id"]
