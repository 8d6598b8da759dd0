"""Environments of jobs, built by the real uv from small wheels in a folder."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from amlrest_emulator.runner.environments.cache import Cache, Lock
from amlrest_emulator.runner.plan import CommandPlan, EnvironmentSource

from tests.emulator.runner_harness import Harness, command, running_harness
from tests.emulator.wheels import wheel_folder, write_slow_source, write_wheel

pytestmark = pytest.mark.slow
LOG = "azureml-logs/20_image_build_log.txt"


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that uv uses and nothing from the network."""
    folder = wheel_folder(tmp_path / "wheels")
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no-docker")
    return folder


@pytest.fixture
def harness(tmp_path: Path, wheels: Path) -> Iterator[Harness]:
    with running_harness(tmp_path / "the user's state", build=True) as started:
        yield started


def source(*packages: str, pip: list[str] | None = None, **fields: Any) -> EnvironmentSource:
    dependencies = [*packages, {"pip": pip or []}]
    return EnvironmentSource("training:1", yaml.safe_dump({"dependencies": dependencies}), **fields)


def job(text: str, *packages: str, pip: list[str] | None = None) -> CommandPlan:
    return replace(command(text), environment=source(*packages, pip=pip))


def preparation(harness: Harness, name: str) -> str:
    return harness.blob(f"ExperimentRun/dcid.{name}/{LOG}").decode()


def built(harness: Harness) -> list[Path]:
    folder = harness.folder / "environments"
    return [path for path in folder.iterdir() if path.is_dir()]


def test_a_command_runs_in_the_environment_of_its_conda_file(harness: Harness) -> None:
    script = (
        "python -c 'import greeting, sys; print(greeting.__version__, sys.prefix)'; "
        "greeting-version; echo $VIRTUAL_ENV; python -c 'import lightgbm'"
    )
    harness.submit("runs", job(script, pip=["greeting"]))
    ended = harness.wait("runs")
    (folder,) = built(harness)
    lines = harness.log("runs").splitlines()
    own = harness.folder / "jobs/runs/environment"
    assert lines[:3] == [f"1.0 {own}", "1.0", str(own)]
    assert str(folder) in preparation(harness, "runs")
    assert ended.status == "Failed", "what only the local workspace has is not there"
    assert "No module named 'lightgbm'" in ended.error
    log = preparation(harness, "runs")
    assert " + greeting==1.0" in log
    assert "Built in" in log


def test_the_same_content_is_built_once_also_at_the_same_time(harness: Harness) -> None:
    for number in range(3):
        harness.submit(f"same{number}", job("greeting-version", pip=["greeting"]))
    for number in range(3):
        assert harness.wait(f"same{number}").status == "Completed"
    assert len(built(harness)) == 1
    commands = [preparation(harness, f"same{n}").count("$ uv pip install") for n in range(3)]
    assert sum(commands) >= 1
    starts = [preparation(harness, f"same{n}") for n in range(3)]
    assert len({log[log.find("$ uv venv") :] for log in starts if "$ uv venv" in log}) == 1
    harness.submit("other", job("true", pip=["greeting==1.0"]))
    assert harness.wait("other").status == "Completed"
    assert len(built(harness)) == 2


def test_once_built_nothing_is_needed_from_an_index(harness: Harness, wheels: Path) -> None:
    harness.submit("first", job("true", pip=["greeting"]))
    assert harness.wait("first").status == "Completed"
    for wheel in wheels.iterdir():
        wheel.unlink()
    harness.submit("second", job("greeting-version", pip=["greeting"]))
    assert harness.wait("second").status == "Completed"
    assert "uv" not in preparation(harness, "second")


def test_a_failing_build_ends_the_job_with_the_reason(harness: Harness) -> None:
    harness.submit("fails", job("true", pip=["not-there>=2"]))
    ended = harness.wait("fails")
    assert ended.status == "Failed"
    assert "training:1 could not be built: uv pip install ended with exit code 1" in ended.error
    assert "not-there" in ended.error
    assert "not-there" in preparation(harness, "fails")
    assert built(harness) == []


def test_what_cannot_be_built_is_refused_by_name_in_the_job(harness: Harness) -> None:
    harness.submit("refused", job("true", "cudatoolkit=11.3", "numpy"))
    ended = harness.wait("refused")
    assert ended.status == "Failed"
    for text in (ended.error, preparation(harness, "refused")):
        assert "cudatoolkit=11.3: conda packages are not installed" in text


def test_conda_packages_of_pypi_are_named_in_the_log(harness: Harness, wheels: Path) -> None:
    write_wheel(wheels, "torch", "1.10.2")
    harness.submit("conda", job("torch-version", "pytorch=1.10"))
    assert harness.wait("conda").status == "Completed"
    assert harness.log("conda") == "1.10.2\n"
    assert "pytorch=1.10: from PyPI, as torch==1.10.*." in preparation(harness, "conda")


def test_variables_of_the_conda_file_are_set(harness: Harness) -> None:
    text = yaml.safe_dump({"dependencies": ["pip"], "variables": {"GREETING": "hello"}})
    plan = replace(command("echo $GREETING"), environment=EnvironmentSource("e:1", text))
    harness.submit("variables", plan)
    assert harness.wait("variables").status == "Completed"
    assert harness.log("variables") == "hello\n"


def test_a_python_that_is_not_on_the_machine(harness: Harness) -> None:
    harness.submit("python", job("true", "python=3.2"))
    ended = harness.wait("python")
    assert ended.status == "Failed"
    assert "There is no Python 3.2 on this machine" in ended.error
    assert "python install 3.2'" in ended.error


def test_the_python_of_the_conda_file_is_used(harness: Harness) -> None:
    version = ".".join(map(str, sys.version_info[:2]))
    harness.submit("python", job("python -c 'import sys; print(sys.version)'", f"python={version}"))
    assert harness.wait("python").status == "Completed"
    assert harness.log("python").startswith(version)


def test_another_python_is_found(harness: Harness) -> None:
    others = {
        p.name for p in Path.home().glob(".pyenv/versions/3.*") if (p / "bin/python").exists()
    }
    minors = {".".join(name.split(".")[:2]) for name in others} - {
        ".".join(map(str, sys.version_info[:2]))
    }
    minors &= {f"3.{minor}" for minor in range(9, 15)}
    if not minors:
        pytest.skip("this machine has no other Python with pyenv")
    version = max(minors)
    text = "python -c 'import greeting, sys; print(sys.version)'"
    harness.submit("python", job(text, f"python={version}.99", pip=["greeting"]))
    ended = harness.wait("python")
    assert ended.status == "Completed", ended.error
    assert harness.log("python").startswith(f"{version}.")
    assert f"Python {version}.99 is not on this machine" in preparation(harness, "python")


@pytest.fixture
def slow_build(wheels: Path, tmp_path: Path) -> Path:
    """A package whose build hangs; the file has the process id of the build once it has begun."""
    marker = tmp_path / "building"
    write_slow_source(wheels, "slow", marker)
    return marker


def wait_for(path: Path) -> int:
    return int(wait_for_text(path))


def wait_for_text(path: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{path} was not written")


def runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_cancel_ends_a_build(harness: Harness, slow_build: Path) -> None:
    harness.submit("slow", job("true", pip=["slow"]))
    pid = wait_for(slow_build)
    assert harness.runs.find("slow").status == "Preparing"  # type: ignore[union-attr]
    assert "$ uv pip install" in preparation(harness, "slow"), "it is streamed"
    harness.runner.cancel("slow")
    assert harness.wait("slow").status == "Canceled"
    assert not runs(pid)
    assert [p.suffix for p in (harness.folder / "environments").iterdir()] == [".lock"]


def test_a_build_goes_on_for_the_others_that_wait(harness: Harness, slow_build: Path) -> None:
    for name in ("one", "two"):
        harness.submit(name, job("true", pip=["slow"]))
    pid = wait_for(slow_build)
    for name in ("one", "two"):
        harness.wait(name, lambda record: record.status == "Preparing")
    harness.runner.cancel("one")
    assert harness.wait("one").status == "Canceled"
    assert runs(pid)
    harness.runner.cancel("two")
    assert harness.wait("two").status == "Canceled"
    assert not runs(pid)


def test_what_a_command_installs_is_its_own(harness: Harness, wheels: Path) -> None:
    extra = write_wheel(wheels, "extra", source="import greeting")
    newer = write_wheel(wheels, "greeting", "2.0")
    install = f"uv pip install -q --offline --no-deps {extra} {newer} && extra-version"
    version = "python -c 'import greeting; print(greeting.__version__)'"
    path = f"PATH=$PATH:{Path(sys.executable).parent}"
    harness.submit("installs", job(f"{path}; {install}; {version}", pip=["greeting==1.0"]))
    assert harness.wait("installs").status == "Completed", harness.log("installs")
    assert harness.log("installs").split() == ["1.0", "2.0"]
    harness.submit("after", job(f"{version}; python -c 'import extra'", pip=["greeting==1.0"]))
    assert "No module named 'extra'" in harness.wait("after").error
    assert harness.log("after").startswith("1.0\n")
    assert "uv venv" not in preparation(harness, "after")


def test_an_environment_that_a_command_changed_is_built_anew(harness: Harness) -> None:
    find = "python -c 'import greeting; print(greeting.__file__[:-3])'"
    remove = f'rm -r "$({find})-1.0.dist-info"'
    harness.submit("changes", job(remove, pip=["greeting"]))
    assert harness.wait("changes").status == "Completed", harness.log("changes")
    assert "The command changed the environment" in preparation(harness, "changes")
    harness.submit("after", job("greeting-version", pip=["greeting"]))
    assert harness.wait("after").status == "Completed"
    assert "$ uv venv" in preparation(harness, "after")


def test_environments_that_no_job_uses_can_be_deleted(harness: Harness) -> None:
    cache = Cache(harness.folder / "environments")
    release = harness.folder / "release"
    waiting = f"while [ ! -e {shlex.quote(str(release))} ]; do sleep 0.05; done; greeting-version"
    harness.submit("uses", job(waiting, pip=["greeting"]))
    harness.wait("uses", lambda record: record.status == "Running")
    harness.submit("ended", job("true", pip=[]))
    harness.wait("ended")
    assert len(cache.entries()) == 2
    deleted, kept = cache.prune(unused_since=time.time() + 1)
    assert (len(deleted), len(kept)) == (1, 1)
    release.touch()
    assert harness.wait("uses").status == "Completed"
    assert cache.prune(unused_since=time.time() - 3600) == ([], [])
    assert [entry.name for entry in cache.entries()] == ["training:1"]
    cache.prune(unused_since=time.time() + 1)
    assert list(cache.root.iterdir()) == []


def test_what_a_killed_server_left_is_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    place = cache.place("0" * 32)
    (place.new / "bin").mkdir(parents=True)
    cache.recover()
    assert not place.new.exists()


def test_a_lock_file_that_was_deleted_meanwhile_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = Lock.take(path, shared=True)
    assert first
    assert Lock.take(path, shared=False) is None
    path.unlink()
    second = Lock.take(path, shared=False)
    assert second
    assert Lock.take(path, shared=True) is None
    first.close()
    assert Lock.take(path, shared=True) is None
    second.close()


def test_without_building_the_log_says_so(tmp_path: Path) -> None:
    with running_harness(tmp_path / "state") as harness:
        harness.submit("host", job("python -c 'import sys; print(sys.executable)'", "cudatoolkit"))
        assert harness.wait("host").status == "Completed"
        assert harness.log("host").strip() == sys.executable
        assert "training:1 is not built (--environments host)" in preparation(harness, "host")


def test_an_environment_without_a_conda_file(harness: Harness) -> None:
    plan = replace(command("true"), environment=EnvironmentSource("e:1", image="ubuntu:22.04"))
    harness.submit("image", plan)
    assert harness.wait("image").status == "Completed"
    log = preparation(harness, "image")
    assert "ubuntu:22.04 is not used" in log
    assert "e:1 has no conda file" in log


def test_passwords_of_an_index_are_not_in_the_log(harness: Harness) -> None:
    secret = "hunter2-in-the-url"
    line = f"--extra-index-url https://someone:{secret}@127.0.0.1:9/simple"
    os.environ.pop("UV_OFFLINE")
    harness.submit("secret", job("true", pip=[line, "greeting"]))
    ended = harness.wait("secret")
    assert ended.status == "Failed"
    assert secret not in ended.error + preparation(harness, "secret")


MPI = {"distributionType": "Mpi", "processCountPerInstance": 2}
# As a launcher: a number of processes at the same time, which know their rank.
LAUNCHER = """#!/bin/sh
[ "$1" = -n ] || exit 9
count=$2 rank=0; shift 2
while [ $rank -lt $count ]; do PMI_RANK=$rank "$@" & rank=$((rank + 1)); done
wait
"""


def test_an_mpi_launcher_starts_the_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = tmp_path / "a folder" / "mpiexec"
    launcher.parent.mkdir()
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)
    monkeypatch.setenv("PATH", f"{launcher.parent}:/usr/bin:/bin")
    with running_harness(tmp_path / "state") as harness:
        text = 'echo "it\'s $PMI_RANK" {search_space.x}'
        plan = replace(command(text), distribution=MPI, nodes=2, arguments={"x": "a 'b"})
        harness.submit("mpi", plan)
        assert harness.wait("mpi").status == "Completed"
        lines = sorted(harness.log("mpi").splitlines())
        assert lines == [f"it's {rank} a 'b" for rank in range(4)]
        assert f"MPI: 4 processes by {launcher}" in preparation(harness, "mpi")


def test_mpi_without_a_launcher(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(harness.folder))
    harness.submit("mpi", replace(job("true", pip=[]), distribution=MPI))
    ended = harness.wait("mpi")
    assert ended.status == "Failed"
    assert "mpirun or mpiexec" in ended.error


@pytest.mark.skipif("UV_OFFLINE" in os.environ, reason="UV_OFFLINE is set")
def test_packages_of_pypi_run_under_their_own_mpi(tmp_path: Path) -> None:
    text = "python -c 'from mpi4py import MPI; c = MPI.COMM_WORLD; print(c.allreduce(c.rank + 1))'"
    plan = replace(job(text, "mpi4py", pip=["mpich"]), distribution=MPI)
    with running_harness(tmp_path / "state", build=True) as harness:
        harness.submit("mpi", plan)
        ended = harness.wait("mpi")
        assert ended.status == "Completed", ended.error
        # The launcher may mix the lines of the processes.
        assert "".join(harness.log("mpi").split()) == "33"
        assert "/bin/mpirun" in preparation(harness, "mpi")
