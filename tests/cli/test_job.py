"""`amlrest job` on a local workspace: submit, wait, read, stop."""

import json
import signal
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from amlrest_emulator import start

from tests.cli.conftest import COMMAND, Run, clean_environment

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

JOB = """\
code: {{local_path: src}}
command: {command}
environment: {{docker: {{image: "python:3.11"}}}}
compute: {{target: "azureml:cpu-cluster"}}
experiment_name: command-line
"""
SWEEP = """\
type: sweep_job
algorithm: grid
trial:
  command: python -c "import mlflow; mlflow.log_metric('loss', {search_space.depth} * 0.5)"
  environment: {docker: {image: "python:3.11"}}
  compute: {target: "azureml:cpu-cluster"}
search_space:
  depth: {type: choice, values: [2, 1]}
objective: {primary_metric: loss, goal: minimize}
max_total_trials: 2
experiment_name: command-line
"""


@pytest.fixture
def job_file(tmp_path: Path) -> Callable[[str], str]:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/hello.py").write_text("print('hello')\n")

    def write(command: str) -> str:
        path = tmp_path / "job.yml"
        path.write_text(JOB.format(command=json.dumps(command)))
        return str(path)

    return write


def submit(amlrest: Run, file: str, *options: str) -> str:
    done = amlrest("job", "submit", file, "-o", "json", *options)
    assert done.returncode == 0, done.stderr
    name: str = json.loads(done.stdout)["name"]
    return name


def test_a_job_is_submitted_waited_for_and_read(
    amlrest: Run, job_file: Callable[[str], str], tmp_path: Path
) -> None:
    file = job_file("python hello.py && mkdir -p outputs && echo kept > outputs/note.txt")
    name = submit(amlrest, file)
    waited = amlrest("job", "wait", name)
    assert waited.returncode == 0
    assert "Completed" in waited.stderr
    assert "\x1b" not in waited.stderr + waited.stdout
    assert "\r" not in waited.stderr
    assert "hello" in amlrest("job", "logs", name, "user_logs/std_log.txt").stdout.splitlines()
    assert amlrest("job", "logs", name).stdout.splitlines() == ["hello"]
    assert amlrest("job", "download", name, "--to", "kept").returncode == 0
    assert [p.read_text() for p in (tmp_path / "kept").rglob("note.txt")] == ["kept\n"]
    listed = json.loads(amlrest("job", "list", "-o", "json", "--limit", "0").stdout)
    assert name in [job["name"] for job in listed]


def test_the_same_job_by_name_is_found_not_made_twice(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    name = f"twice-{uuid.uuid4().hex[:8]}"
    file = job_file("python hello.py")
    first = amlrest("job", "submit", file, "--name", name, "--wait")
    second = amlrest("job", "submit", file, "--name", name)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "submitted" in first.stderr
    assert "already exists" in second.stderr


def test_the_page_of_a_job_opens_in_a_browser_without_the_link_in_an_argument(
    amlrest: Run, job_file: Callable[[str], str], tmp_path: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(
        '#!/bin/sh\necho "$1" >> "$HOME/opened"; cat "${1#file://}" >> "$HOME/page"\n'
    )
    browser.chmod(0o700)
    name, file = f"shown-{uuid.uuid4().hex[:8]}", job_file("true")
    desktop = {"DISPLAY": ":0", "BROWSER": f"{browser} %s"}
    done = amlrest("job", "submit", file, "--name", name, "--web", **desktop)
    assert done.returncode == 0, done.stderr
    assert "opened in a browser: http://127.0.0.1:" in done.stderr
    assert "/_open/" not in done.stderr + (tmp_path / "opened").read_text()
    link = (tmp_path / "page").read_text().partition("url=")[2].partition('"')[0]
    assert f"url=/jobs/{name}" in httpx.get(link).text
    # Without a desktop the link is printed.
    again = amlrest("job", "submit", file, "--name", name, "--web", DISPLAY="", WAYLAND_DISPLAY="")
    printed = again.stderr.split("\n    ")[-1].strip()
    assert httpx.get(printed).status_code == 200


def test_where_the_locale_has_only_ascii_nothing_is_lost(
    run: Run, job_file: Callable[[str], str], tmp_path: Path
) -> None:
    """Neither in the state folder of a local workspace, nor in a command, nor in JSON."""
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    state = str(tmp_path / "Zustände 状態")
    file = job_file("echo 'grüße 漢字' > grüße; cat grüße | od -An -tx1")
    assert run("local", "up", "--detach", "--state-dir", state, **ascii_only).returncode == 0
    try:
        values = json.loads(run("local", "env", "--state-dir", state, "-o", "json").stdout)
        done = run("job", "submit", file, "--wait", "-o", "json", **values, **ascii_only)
        assert done.returncode == 0, done.stderr
        job = json.loads(done.stdout)
        log = run("job", "logs", job["name"], "user_logs/stdout.txt", **values).stdout
    finally:
        run("local", "down", "--state-dir", state)
    assert "grüße 漢字" in job["properties"]["command"]
    assert done.stdout.isascii()
    assert bytes.fromhex(log).decode() == "grüße 漢字\n"


def test_a_job_that_fails_gives_status_3_and_the_end_of_its_log(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    done = amlrest("job", "submit", job_file("echo what went wrong >&2; exit 7"), "--wait")
    assert done.returncode == 3
    assert "Failed" in done.stderr
    assert "what went wrong" in done.stderr
    assert "Traceback" not in done.stderr


def test_streaming_puts_the_log_on_stdout_and_the_status_on_stderr(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    done = amlrest("job", "submit", job_file("python hello.py"), "--stream")
    assert done.returncode == 0
    assert "hello" in done.stdout.splitlines()
    assert "[Completed]" in done.stderr.splitlines()
    assert "[" not in done.stdout.partition("hello")[0]


def test_streaming_a_job_that_fails_ends_with_the_reason_and_repeats_no_line(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    done = amlrest("job", "submit", job_file("echo what went wrong >&2; exit 7"), "--stream")
    assert done.returncode == 3
    assert done.stdout.splitlines() == ["what went wrong"]
    status, why = done.stderr.splitlines()[-2:]
    assert status == "[Failed]"
    assert why.endswith("ended as Failed: The command ended with exit code 7.")


def test_a_log_that_cannot_be_read_is_said_and_the_exit_status_is_the_jobs(
    amlrest: Run, job_file: Callable[[str], str], local_workspace: "LocalWorkspace"
) -> None:
    name = f"unread-{uuid.uuid4().hex[:8]}"
    rule = {"effect": "status", "status": 403, "method": "GET", "path": f"{name}/user_logs"}
    headers = {"authorization": f"Bearer {local_workspace.token}"}
    faults = f"{local_workspace.endpoint}/_local/faults"
    made = httpx.post(faults, json=rule, headers=headers).json()["value"]
    try:
        done = amlrest("job", "submit", job_file("python hello.py"), "--name", name, "--stream")
    finally:
        httpx.delete(f"{faults}/{made[0]['id']}", headers=headers).raise_for_status()
    assert done.returncode == 0
    assert "[Completed]" in done.stderr.splitlines()
    assert "could not be read completely" in done.stderr


def test_a_service_that_goes_away_is_told_while_the_stream_goes_on(
    fresh_workspace: "LocalWorkspace", job_file: Callable[[str], str], tmp_path: Path
) -> None:
    environment = clean_environment(tmp_path) | fresh_workspace.environment()
    command = [*COMMAND, "job", "submit", job_file("sleep 60"), "--name", "left", "--stream"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        assert "[Running]\n" in lines
        fresh_workspace.stop()
        warned = next(line for line in lines if line.startswith("Warning: job left"))
        assert "cannot be read now, retrying" in warned
        with start(fresh_workspace.state_dir):
            rest = list(lines)
        assert process.wait(timeout=60) == 3
    assert "[Failed]\n" in rest
    assert not [line for line in rest if line.startswith("Warning")]


@pytest.mark.parametrize("follow", ["wait", "stream"])
def test_waiting_ends_at_its_deadline_and_the_job_goes_on(
    follow: str, amlrest: Run, job_file: Callable[[str], str]
) -> None:
    file, name = job_file("sleep 60"), f"late-{follow}"
    line = ("job", "submit", file, "--name", name, "--timeout", "0.5")
    assert "add --wait or --stream" in amlrest(*line).stderr
    done = amlrest(*line, f"--{follow}")
    assert done.returncode == 4
    assert f" job {follow} {name}" in done.stderr
    assert f" job cancel {name}" in done.stderr
    assert "jobs.wait(" not in done.stderr
    assert amlrest("job", "cancel", name).returncode == 0
    assert amlrest("job", "wait", name).returncode == 3
    assert json.loads(amlrest("job", "show", name, "-o", "json").stdout)["properties"][
        "status"
    ] == ("Canceled")


@pytest.mark.parametrize("command", ["wait", "stream"])
def test_ctrl_c_leaves_the_job_and_says_how_to_come_back(
    command: str,
    amlrest: Run,
    job_file: Callable[[str], str],
    tmp_path: Path,
    local_workspace: "LocalWorkspace",
) -> None:
    name = submit(amlrest, job_file("echo begun; sleep 60"))
    process = subprocess.Popen(
        [*COMMAND, "job", command, name],
        env=clean_environment(tmp_path) | local_workspace.environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Running" in line:
            break
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 130
    assert f"amlrest job {command} {name}" in rest
    assert "Traceback" not in rest
    shown = json.loads(amlrest("job", "show", name, "-o", "json").stdout)
    assert shown["properties"]["status"] == "Running"
    amlrest("job", "cancel", name)


def test_the_trials_of_a_sweep_are_shown_best_first(amlrest: Run, tmp_path: Path) -> None:
    (tmp_path / "sweep.yml").write_text(SWEEP)
    name = submit(amlrest, "sweep.yml", "--wait")
    trials = json.loads(amlrest("job", "trials", name, "-o", "json").stdout)
    assert [trial["metrics"]["loss"] for trial in trials] == [0.5, 1.0]
    table = amlrest("job", "trials", name).stdout.splitlines()
    assert table[0].split() == ["TRIAL", "STATUS", "loss", "depth"]
    assert table[1].split()[0] == "*"
    best = trials[0]["name"]
    assert json.loads(amlrest("job", "metrics", best, "-o", "json").stdout) == {"loss": 0.5}
    history = amlrest("job", "metrics", best, "--history", "loss", "-o", "json")
    assert json.loads(history.stdout) == [[0, 0.5]]


ODD_SWEEP = """\
type: sweep_job
algorithm: grid
trial:
  command: >-
    echo this is {search_space.value} of {search_space.size};
    python -c "import mlflow; mlflow.log_metric('loss', float('{search_space.value}'));
    mlflow.log_metric('epochs', 12)"
  environment: {docker: {image: "python:3.11"}}
  compute: {target: "azureml:cpu-cluster"}
search_space:
  value: {type: choice, values: ["nan", "1.5", "-inf"]}
  size: {type: choice, values: [32]}
objective: {primary_metric: loss, goal: minimize}
experiment_name: command-line
"""


def test_nan_is_never_the_best_and_json_is_valid(amlrest: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.yml").write_text(ODD_SWEEP)
    name = submit(amlrest, "odd.yml", "--wait")
    shown = json.loads(amlrest("job", "show", name, "-o", "json").stdout)["properties"]
    assert shown["properties"]["best_child_run_id"] == f"{name}_1"
    trials = strict_json(amlrest("job", "trials", name, "-o", "json").stdout)
    assert [trial["metrics"]["loss"] for trial in trials] == [1.5, None, None]
    table = [line.split() for line in amlrest("job", "trials", name).stdout.splitlines()]
    assert table == [
        ["TRIAL", "STATUS", "loss", "value", "size"],
        ["*", "1", "Completed", "1.5000", "1.5000", "32"],
        ["0", "Completed", "nan", "nan", "32"],
        ["2", "Completed", "-inf", "-inf", "32"],
    ]
    assert strict_json(amlrest("job", "metrics", f"{name}_0", "-o", "json").stdout) == {
        "loss": None,
        "epochs": 12,
    }
    history = amlrest("job", "metrics", f"{name}_0", "--history", "loss", "-o", "json")
    assert strict_json(history.stdout) == [[0, None]]
    metrics = amlrest("job", "metrics", f"{name}_1").stdout.splitlines()
    assert [line.split() for line in metrics[1:]] == [["epochs", "12"], ["loss", "1.5000"]]
    log = amlrest("job", "logs", f"{name}_1")
    assert (log.returncode, log.stdout) == (0, "this is 1.5 of 32\n")
    assert amlrest("job", "logs", f"{name}_9").returncode == 1


def strict_json(text: str) -> Any:
    """Parse JSON without the constants that only Python writes."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "ascii:strict", "utf-8:strict"])
def test_what_an_encoding_lacks_is_escaped(
    encoding: str, amlrest: Run, job_file: Callable[[str], str]
) -> None:
    file = job_file(
        "printf '\\342\\226\\210 50%% \\360\\237\\232\\200\\n' | tee /dev/stderr; exit 5"
    )
    expected = "█ 50% 🚀" if encoding.startswith("utf") else r"\u2588 50% \U0001f680"
    name = submit(amlrest, file)
    amlrest("job", "wait", name)
    for arguments in (
        ["logs", name],
        ["logs", name, "user_logs/stdout.txt"],
        ["stream", name],
    ):
        done = amlrest("job", *arguments, PYTHONIOENCODING=encoding)
        assert done.returncode == (3 if "stream" in arguments else 0), done.stderr
        assert expected in done.stdout.splitlines()
    failed = amlrest("job", "wait", name, PYTHONIOENCODING=encoding)
    assert failed.returncode == 3
    assert "50%" in failed.stderr
    assert "Traceback" not in failed.stderr
    missing = amlrest("job", "show", "日本", PYTHONIOENCODING=encoding)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.startswith("Error: ")


def test_however_late_one_waits_for_a_sweep_every_trials_end_is_told(
    amlrest: Run, tmp_path: Path
) -> None:
    (tmp_path / "sweep.yml").write_text(SWEEP)
    name = submit(amlrest, "sweep.yml", "--wait")
    done = amlrest("job", "wait", name)
    *told, best = done.stderr.splitlines()
    assert best.startswith("best loss 0.5: trial 1")
    *trials, end = [line.split()[2:] for line in told]
    assert [line[0] for line in trials] == ["1/2", "2/2"]
    assert {(line[2], line[line.index("loss") + 1]) for line in trials} == {
        ("0", "1"),
        ("1", "0.5"),
    }
    assert end == ["Completed"]


def test_a_missing_job_is_one_clear_error(amlrest: Run) -> None:
    done = amlrest("job", "show", "no-such-job", "-o", "json")
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0].startswith("Error: ")
    assert "no-such-job" in lines[0]
    assert [line for line in lines if "client request id: " in line]
    assert "Traceback" not in done.stderr
    assert "Traceback" in amlrest("job", "show", "no-such-job", "--debug").stderr


def test_deleting_needs_yes_where_nobody_can_be_asked(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    name = submit(amlrest, job_file("true"), "--wait")
    assert amlrest("job", "delete", name).returncode == 2
    assert amlrest("job", "show", name).returncode == 0
    assert amlrest("job", "delete", name, "--yes").returncode == 0
    assert amlrest("job", "show", name).returncode == 1


def test_a_wrong_file_is_told_with_its_line(amlrest: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("command: echo\ncompute: {target: 'azureml:c'}\nenviron: x\n")
    done = amlrest("job", "submit", "bad.yml")
    assert done.returncode == 1
    assert "bad.yml" in done.stderr
    assert "environ" in done.stderr


def test_a_reader_that_stops_early_is_no_error_to_shout_about(
    local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    environment = clean_environment(tmp_path) | local_workspace.environment()
    process = subprocess.Popen(
        [*COMMAND, "api", "Compute_List"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stderr:
        assert "Traceback" not in stderr.read()
    process.wait(timeout=30)


def test_name_and_uploads_are_announced_in_every_form(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    file = job_file("python hello.py")
    for form in ((), ("--wait",), ("--stream",), ("--wait", "--stream"), ("--no-wait",)):
        name = f"announced-{uuid.uuid4().hex[:8]}"
        done = amlrest("job", "submit", "-f", file, "-n", name, *form)
        assert done.returncode == 0, done.stderr
        assert f"submitted: {name}" in done.stderr.splitlines()
        assert ("hello" in done.stdout.splitlines()) == ("--stream" in form)


def test_values_of_the_file_are_replaced(amlrest: Run, job_file: Callable[[str], str]) -> None:
    file = job_file("python hello.py")
    done = amlrest("job", "submit", file, "--set", "command=echo a=b", "--stream")
    assert (done.returncode, done.stdout) == (0, "a=b\n")
    for wrong in ("command", "=x"):
        assert amlrest("job", "submit", file, "--set", wrong).returncode != 0


def test_validation_names_every_problem_and_needs_no_workspace(
    run: Run, job_file: Callable[[str], str]
) -> None:
    file = job_file("python hello.py")
    assert run("job", "validate", file).returncode == 0
    changed = ("--set", "code.local_path=nowhere", "--set", "name=a/b")
    done = run("job", "validate", "-f", file, *changed)
    assert done.returncode == 1
    assert "nowhere' here" in done.stderr
    assert "job name 'a/b'" in done.stderr
    unknown = run("job", "validate", file, "--set", "compte=a", "--set", "comand=b")
    assert "compte: unknown key" in unknown.stderr
    assert "comand: unknown key" in unknown.stderr


WRONG_SWEEP = """\
$schema: https://azuremlschemas.azureedge.net/latest/sweepJob.schema.json
type: sweep
trial:
  command: python main.py --x ${{inputs.x}} --y ${{inputs.other}}
  code: missing-folder
  environmentt: azureml:foo:1
compute: azureml:cpu-cluster
inputs:
  x:
    path: missing.csv
search_space:
  lr: {type: choice, values: [1, 2]}
sampling_algorithm: bayesian
early_termination: {type: bandit, slack_factor: 0.1, evaluation_interval: 1}
objective:
  goal: minimise
  primary_metric: loss
limits:
  max_total_trials: 0
"""


def test_all_problems_are_said_at_once_also_those_behind_what_cannot_be_read(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "sweep.yml"
    file.write_text(WRONG_SWEEP)
    done = run("job", "validate", str(file), "-o", "json")
    errors = json.loads(done.stdout)["errors"]
    found = [error.removeprefix(f"{file}:").split(": ")[:2] for error in errors]
    assert [(int(place.partition(":")[0]), key) for place, key in found] == [
        (4, "trial"),
        (4, "trial.command"),
        (5, "trial.code"),
        (6, "trial.environmentt"),
        (10, "inputs.x.path"),
        (14, "early_termination"),
        (16, "objective.goal"),
        (19, "limits.max_total_trials"),
    ]


def test_what_only_follows_from_another_problem_is_not_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "job.yml"
    file.write_text(
        "type: command\ncommand: echo ${{inputs.x}}\nenvironment: azureml:e:1\n"
        "compute: azureml:c\ninputs:\n  x: {type: uri_fil, path: azureml:d:1}\n"
    )
    done = run("job", "validate", str(file), "-o", "json")
    assert [error.split(": ")[1] for error in json.loads(done.stdout)["errors"]] == [
        "inputs.x.type"
    ]


@pytest.mark.parametrize("version", ["2021-03-01-preview", "2024-10-01"])
def test_a_datastore_is_not_needed_to_validate_a_reference_to_it(
    version: str, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "job.yml"
    file.write_text(
        "command: ls ${{outputs.o}}\nenvironment: azureml:e:1\ncompute: azureml:c\n"
        "outputs: {o: {type: uri_folder, path: azureml://datastores/d/paths/y}}\n",
        encoding="utf-8",
    )
    done = run("job", "validate", str(file), "--api-version", version)
    assert (done.returncode, done.stderr) == (0, f"{file} is valid\n")


def test_a_sweep_answers_as_a_sweep(amlrest: Run, tmp_path: Path) -> None:
    file = tmp_path / "sweep.yml"
    file.write_text(
        SWEEP.replace("trial:\n  command: ", "trial:\n  command: echo trial-{search_space.depth}; ")
    )
    name = f"sweep-{uuid.uuid4().hex[:8]}"
    assert amlrest("job", "submit", str(file), "--name", name, "--wait").returncode == 0
    trials = json.loads(amlrest("job", "trials", name, "-o", "json").stdout)
    best = trials[0]["name"]
    assert [trial["metrics"]["loss"] for trial in trials] == [0.5, 1.0]
    for option in ("--best", "--trial=" + best.rpartition("_")[2]):
        assert json.loads(amlrest("job", "show", name, option, "-o", "json").stdout) == trials[0]
        assert "trial-1" in amlrest("job", "logs", name, option).stdout.splitlines()
        metrics = amlrest("job", "metrics", name, option, "-o", "json").stdout
        assert json.loads(metrics) == {"loss": 0.5}
    assert json.loads(amlrest("job", "metrics", name, "-o", "json").stdout) == {"loss": 0.5}
    assert "trial-1" in amlrest("job", "logs", best).stdout.splitlines()
    downloaded = amlrest("job", "download", name, "--to", "best")
    assert downloaded.returncode == 0
    assert best in downloaded.stderr
    assert "trial-1\n" in [p.read_text() for p in (tmp_path / "best").rglob("std_log.txt")]
    own = amlrest("job", "logs", name)
    assert (own.returncode, own.stdout) == (0, "trial-1\n")
    assert best in own.stderr
    missing = amlrest("job", "show", name, "--trial", "7")
    assert missing.returncode == 1
    assert "has no trial 7; use 0 to 1" in missing.stderr
    assert amlrest("job", "show", name, "--trial", "1", "--best").returncode == 2
    misspelt = amlrest("job", "metrics", name, "--best", "--history", "los")
    assert misspelt.returncode == 1
    assert "did you mean 'loss'?" in misspelt.stderr


def test_what_is_not_there_is_not_said_to_be_deleted(
    amlrest: Run, job_file: Callable[[str], str]
) -> None:
    name = submit(amlrest, job_file("python hello.py"), "--wait")
    first = amlrest("job", "delete", name, "--yes")
    second = amlrest("job", "delete", name, "--yes")
    assert (first.returncode, second.returncode) == (0, 0)
    assert f"job {name} deleted" in first.stderr
    assert f"job {name} does not exist" in second.stderr
