"""`amlrest quickstart` in a pipe, then on a terminal, with two trials, in a built environment."""

import io
import json
import os
import re
import shlex
import struct
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amlrest.cli.quickstart import deployment
from amlrest.cli.quickstart.example import Flower
from amlrest.cli.quickstart.report import Report
from amlrest.cli.screen import Screen

from tests.cli.conftest import COMMAND, Run, clean_environment
from tests.cli.terminal import COLUMNS, run_on_terminal
from tests.facade.blocking_workspace import open_workspace

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

STEPS = [
    "token",
    "compute",
    "environment",
    "datastore",
    "data",
    "code",
    "command job",
    "sweep job",
]
NEXT_LINE = re.compile(r"\n|\x1b\[\d+[EF]")
"""A new line, or the cursor moves to one above or below."""
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quickstart")


def without_docker(place: Path) -> dict[str, str]:
    """An environment in which no image is pulled."""
    return clean_environment(place) | {"DOCKER_HOST": f"unix://{place}/no-docker"}


@pytest.fixture(scope="module")
def piped(place: Path) -> subprocess.CompletedProcess[str]:
    """A first run that starts the local workspace itself and builds the environment."""
    cache = os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache/uv"))
    options = ["--trials", "2", "--environments", "build", "--plot", "first.png"]
    return subprocess.run(
        [*COMMAND, "quickstart", *options, "--state-dir", "state"],
        capture_output=True,
        text=True,
        env=without_docker(place) | {"UV_CACHE_DIR": cache},
        cwd=place,
        timeout=280,
        check=False,
    )


@pytest.fixture(scope="module")
def on_terminal(place: Path, piped: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """A second run on the same state, in a later API version, on a narrow terminal, offline."""
    assert piped.returncode == 0, piped.stdout + piped.stderr
    offline = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(place / "empty")}
    options = ["--trials", "2", "--state-dir", "state", "--plot", "second.png"]
    return run_on_terminal(
        ["quickstart", "--api-version", "2024-10-01", *options],
        place,
        without_docker(place) | offline,
    )


def steps(text: str) -> list[tuple[str, str]]:
    """The numbered lines: (step, result)."""
    found = re.findall(r"^[ \d]\d  (\S+(?: job)?) +(\S+) ", ESCAPES.sub("", text), re.MULTILINE)
    return [(name, result) for name, result in found if result != "…"]


def test_every_step_is_shown_in_order_and_both_jobs_complete(
    piped: subprocess.CompletedProcess[str],
) -> None:
    assert piped.returncode == 0, piped.stdout + piped.stderr
    assert [name for name, _ in steps(piped.stdout)] == STEPS
    results = dict(steps(piped.stdout))
    assert (results["environment"], results["data"], results["code"]) == ("created",) * 3
    assert piped.stdout.count("  Completed\n") == 2
    assert re.search(r"^Environments +built by the local workspace$", piped.stdout, re.MULTILINE)
    assert re.search(r"learning_rate +0\.\d+", piped.stdout)
    assert "amlrest local ui" in piped.stdout


def test_in_a_pipe_nothing_is_redrawn_coloured_or_cut(
    piped: subprocess.CompletedProcess[str],
) -> None:
    assert "\x1b" not in piped.stdout
    assert "\r" not in piped.stdout
    assert "…" not in piped.stdout


def test_the_plot_is_named_and_is_a_png(
    piped: subprocess.CompletedProcess[str], place: Path
) -> None:
    named = re.search(r"Plot of the sweep: (.*)", piped.stdout)
    assert named is not None
    content = Path(named[1]).read_bytes()
    assert Path(named[1]) == place / "first.png"
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert (width > 1000, height > 400) == (True, True)


def test_the_workspace_it_started_is_stopped(
    piped: subprocess.CompletedProcess[str], run: Run, place: Path
) -> None:
    assert run("local", "status", "--state-dir", str(place / "state")).returncode == 1


def test_the_second_run_says_what_was_there_already(on_terminal: tuple[int, str]) -> None:
    status, text = on_terminal
    assert status == 0
    results = dict(steps(text))
    assert (results["environment"], results["data"], results["code"]) == ("reused",) * 3
    assert "Already existed, not sent again: compute, environment, data, code." in text


def test_on_a_terminal_lines_fit_and_progress_is_redrawn(on_terminal: tuple[int, str]) -> None:
    _, text = on_terminal
    assert "\x1b[J" in text
    assert re.search(r"\d/2 trials: \d (completed|running)", text)
    plain = [ESCAPES.sub("", line).rstrip("\r") for line in NEXT_LINE.split(text)]
    free = ("/subscriptions/", "State", "Plot", "Show the jobs")
    wide = [line for line in plain if len(line) > COLUMNS and not line.startswith(free)]
    assert wide == []


@pytest.fixture(scope="module")
def deployed(
    serving_workspace: "LocalWorkspace", tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    """A run that deploys in a running local workspace, and cannot write its plot."""
    place = tmp_path_factory.mktemp("deployed")
    state = {"AMLREST_LOCAL_STATE": str(serving_workspace.state_dir)}
    options = ["--trials", "1", "--deploy", "--plot", "/dev/null/picture.png", "-o", "json"]
    return subprocess.run(
        [*COMMAND, "quickstart", *options],
        capture_output=True,
        text=True,
        env=clean_environment(place) | state,
        cwd=place,
        timeout=280,
        check=False,
    )


def test_a_plot_that_cannot_be_written_takes_nothing_else_away(
    deployed: subprocess.CompletedProcess[str],
) -> None:
    assert deployed.returncode == 0, deployed.stderr
    assert "No plot: cannot write /dev/null/picture.png: " in deployed.stderr
    assert "amlrest local ui" in deployed.stderr.splitlines()[-1]
    assert json.loads(deployed.stdout)["plot"] is None


def test_the_best_model_is_deployed_and_tells_the_classes(
    deployed: subprocess.CompletedProcess[str],
) -> None:
    trained = json.loads(deployed.stdout)
    found = trained["deployment"]
    assert trained["bestTrial"]["name"] in found["model"]["properties"]["path"]
    rows = found["predictions"]
    assert {row["species"] for row in rows} == {"setosa", "versicolor", "virginica"}
    assert [row["predicted"] for row in rows] == [row["species"] for row in rows]
    assert all(1 / 3 < row["probability"] <= 1 for row in rows)
    assert [name for name, _ in steps(deployed.stderr)] == [
        *STEPS, "model", "endpoint", "deployment", "request",
    ]  # fmt: skip


def test_the_same_trial_is_not_deployed_again(
    deployed: subprocess.CompletedProcess[str], serving_workspace: "LocalWorkspace"
) -> None:
    trial = json.loads(deployed.stdout)["bestTrial"]["name"]
    measures = ("sepal_length", "sepal_width", "petal_length", "petal_width")
    flower = Flower(dict(zip(measures, (5.1, 3.5, 1.4, 0.2), strict=True)), "setosa")
    printed = io.StringIO()
    with open_workspace("sync", serving_workspace) as workspace:
        report = Report(Screen(printed), workspace.id)
        found = deployment.run(workspace, trial, [flower], "Standard_DS3_v2", report)
    assert found.probabilities[0][0] > 1 / 3
    assert steps(printed.getvalue()) == [
        ("model", "reused"), ("endpoint", "reused"), ("deployment", "reused"), ("request", "answered"),
    ]  # fmt: skip


def test_the_commands_that_it_prints_call_and_delete_the_endpoint(
    deployed: subprocess.CompletedProcess[str], run: Run, serving_workspace: "LocalWorkspace"
) -> None:
    printed = [shlex.split(line) for line in deployed.stderr.splitlines() if line[:4].isspace()]
    commands = [words[1:] for words in printed if words[1:2] == ["online-endpoint"]]
    assert [words[1] for words in commands] == ["invoke", "delete"]
    called, gone = (run(*words, **serving_workspace.environment()) for words in commands)
    assert [len(row) for row in json.loads(called.stdout)] == [3]
    assert gone.returncode == 0, gone.stderr


def test_a_job_that_is_canceled_gives_status_3(
    local_workspace: "LocalWorkspace", amlrest: Run, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [*COMMAND, "quickstart", "--state-dir", str(local_workspace.state_dir), "-o", "json"],
        env=clean_environment(tmp_path),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    name = next(found[1] for line in process.stderr if (found := re.search(r"jobs/(\S+)", line)))
    assert amlrest("job", "cancel", name).returncode == 0
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert json.loads(out)["job"]["properties"]["status"] == "Canceled"
    assert f"job {name} ended as Canceled" in err
    assert list(tmp_path.glob("*.png")) == []
