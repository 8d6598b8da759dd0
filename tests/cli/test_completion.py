"""Completion in a shell: names from the workspace, statuses, operation ids."""

import json
import math
import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import amlrest
import pytest
from amlrest import _list_names
from amlrest.cli import completion
from amlrest.cli.session import Session

from tests.cli.conftest import Run


def complete(run: Run, words: str, **environment: str) -> list[str]:
    """Return what bash would offer for the last word."""
    count = len(words.split(" ")) - 1
    extra = {"_AMLREST_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = run(**extra, **environment)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.slow
def test_names_come_from_the_workspace(amlrest: Run, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    listed = amlrest("compute", "list", "-o", "json").stdout
    names = [each["name"] for each in json.loads(listed)]
    deadline = time.monotonic() + 60
    while not (found := complete(amlrest, "amlrest compute show ", XDG_CACHE_HOME=str(cache))):
        assert time.monotonic() < deadline, "the names were never listed"
    assert found == names
    assert complete(amlrest, "amlrest compute delete cpu-c", XDG_CACHE_HOME=str(cache)) == names
    assert complete(amlrest, "amlrest compute delete x", XDG_CACHE_HOME=str(cache)) == []
    modes = {stat.S_IMODE(path.stat().st_mode) for path in cache.rglob("*.json")}
    assert modes == {0o600}


@pytest.mark.slow
def test_deployments_of_the_endpoint_experiments_and_files(amlrest: Run, tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path / ".cache")}
    (tmp_path / "endpoint.yml").write_text("{$schema: batchEndpoint.schema.json, name: completed}")
    (tmp_path / "src").mkdir()
    (tmp_path / "notes.txt").touch()
    assert amlrest("batch-endpoint", "create", "endpoint.yml").returncode == 0
    job = "{type: command, command: 'true', environment: {image: i}, compute: 'azureml:cpu-cluster'"
    (tmp_path / "job.yml").write_text(job + ", experiment_name: completion-of-names}")
    assert amlrest("job", "submit", "job.yml").returncode == 0

    def offered(words: str) -> list[str]:
        deadline = time.monotonic() + 60
        while not (found := complete(amlrest, words, **cache)):
            assert time.monotonic() < deadline, f"nothing was offered for {words}"
        return found

    assert offered("amlrest batch-deployment list -e comp") == ["completed"]
    assert offered("amlrest job list --experiment completion-") == ["completion-of-names"]
    assert complete(amlrest, "amlrest batch-deployment show completed ", **cache) == []
    assert offered("amlrest job submit ") == ["endpoint.yml", "job.yml", "src/"]
    assert offered("amlrest job submit -f j") == ["job.yml"]


@pytest.mark.slow
def test_without_a_workspace_nothing_is_offered_and_nothing_said(run: Run) -> None:
    assert complete(run, "amlrest job show ") == []
    assert complete(run, "amlrest job list --status fa") == ["Failed"]
    assert complete(run, "amlrest api jobs_cr") == ["Jobs_CreateOrUpdate"]
    assert complete(run, "amlrest comp") == ["compute"]


def test_names_listed_before_the_clock_was_set_back_are_listed_again(tmp_path: Path) -> None:
    (tmp_path / "names").touch()
    assert completion._age(tmp_path / "names") < 60
    os.utime(tmp_path / "names", (9e9, 9e9))
    assert completion._age(tmp_path / "names") == math.inf
    assert completion._age(tmp_path / "none") == math.inf


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def time(self) -> float:
        return time.time()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Options that name a workspace, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    session = Session()
    session.subscription, session.resource_group, session.workspace = "s", "g", "w"
    return session


@pytest.mark.parametrize("already", [0.0, 0.07, 0.199, 5.0])
def test_names_are_waited_for_until_the_process_has_lasted_for_a_while(
    session: Session, monkeypatch: pytest.MonkeyPatch, already: float
) -> None:
    clock, started = Clock(), []
    monkeypatch.setattr(completion, "time", clock)
    monkeypatch.setattr(completion, "_seconds_since_start", lambda: already)
    monkeypatch.setattr(completion, "_start", lambda *arguments: started.append(arguments))
    assert completion.names(session, "jobs") == []
    assert len(started) == 1
    assert already + clock.now < max(completion.MAX_SECONDS, already) + 0.011
    assert completion.MAX_SECONDS < 0.3


def test_names_are_not_listed_by_two_processes_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[object] = []
    monkeypatch.setattr(completion, "_start", lambda *arguments: started.append(arguments))
    monkeypatch.setattr(completion, "_wait_for", lambda _: None)
    completion.names(session, "jobs")
    completion.names(session, "jobs")
    assert len(started) == 1
    completion.names(session, "computes")
    assert len(started) == 2
    for marker in tmp_path.rglob("*.listing"):
        os.utime(marker, (1, 1))
    completion.names(session, "jobs")
    assert len(started) == 3


def test_a_cache_that_cannot_be_written_is_no_reason_to_list(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(completion, "_start", lambda *_: pytest.fail("started"))
    assert completion.names(session, "jobs") == []


def test_this_process_knows_how_long_it_has_lasted() -> None:
    before = completion._seconds_since_start()
    elapsed = subprocess.run(
        ["ps", "-o", "etime=", "-p", str(os.getpid())], capture_output=True, text=True, check=True
    ).stdout
    units = zip(reversed(re.split("[:-]", elapsed.strip())), (1, 60, 3600, 86400), strict=False)
    seconds = sum(int(text) * unit for text, unit in units)
    assert before - 1 <= seconds
    if sys.platform == "linux":
        assert seconds <= completion._seconds_since_start() + 1


def test_the_first_names_are_kept_when_the_others_do_not_come(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def listed() -> Iterator[SimpleNamespace]:
        for number in range(250):
            yield SimpleNamespace(name=f"job-{number}")
        raise TimeoutError

    @contextmanager
    def connected(**arguments: str) -> Iterator[SimpleNamespace]:
        assert arguments == {"name": "w"}
        yield SimpleNamespace(jobs=SimpleNamespace(list=listed))

    monkeypatch.setattr(amlrest, "Workspace", SimpleNamespace(from_config=connected))
    with pytest.raises(TimeoutError):
        _list_names.main(tmp_path / "names", "jobs", {"name": "w"})
    found = json.loads((tmp_path / "names").read_text())
    assert found == [f"job-{number}" for number in range(200)]


@pytest.mark.slow
def test_a_host_that_does_not_answer_is_asked_in_the_background(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        environment = {
            "AMLREST_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "AMLREST_TOKEN": "t",
            "AZURE_SUBSCRIPTION_ID": "s",
            "AZURE_RESOURCE_GROUP": "g",
            "AZUREML_WORKSPACE_NAME": "w",
            "XDG_CACHE_HOME": str(tmp_path),
        }
        assert complete(run, "amlrest job show ", **environment) == []
        assert complete(run, "amlrest job show ", **environment) == []
        asking, _ = silent.accept()
        with asking:
            assert asking.recv(4) == b"GET "
        assert list(tmp_path.rglob("*.json")) == []


def test_commands_that_az_has_under_another_name_are_completed(run: Run) -> None:
    assert complete(run, "amlrest job cr") == ["create"]
    assert complete(run, "amlrest online-endpoint get-") == ["get-credentials"]
    assert "create" not in complete(run, "amlrest job ")
