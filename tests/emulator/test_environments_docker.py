"""Images of environments: with a stand-in for docker, and with docker where it answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.blob import store_bytes
from amlrest_emulator.runner.plan import EnvironmentSource, Source

from tests.emulator import docker_stand_in
from tests.emulator.runner_harness import Harness, command, running_harness

pytestmark = pytest.mark.slow
LOG = "azureml-logs/20_image_build_log.txt"


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a stand-in that is first on the PATH."""
    home, programs = tmp_path / "docker", tmp_path / "bin"
    for folder in (home / "images", home / "containers", programs):
        folder.mkdir(parents=True)
    (home / "engine").touch()
    (home / "registry").touch()
    script = programs / "docker"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} {docker_stand_in.__file__} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("DOCKER_STAND_IN", str(home))
    return home


@pytest.fixture
def harness(tmp_path: Path, docker: Path) -> Iterator[Harness]:
    del docker
    with running_harness(tmp_path / "state, with a comma", build=True) as started:
        yield started


def calls(docker: Path, name: str) -> list[str]:
    lines = (docker / "calls").read_text().splitlines()
    return [line for line in lines if line.startswith(f'["{name}"')]


def preparation(harness: Harness, name: str) -> str:
    return harness.blob(f"ExperimentRun/dcid.{name}/{LOG}").decode()


def submit(harness: Harness, name: str, text: str, source: EnvironmentSource, **plan: Any) -> None:
    harness.submit(name, replace(command(text), environment=source, **plan))


IMAGE = EnvironmentSource("training:1", image="example.test/image:1")


def test_a_command_runs_in_the_image(harness: Harness, docker: Path) -> None:
    secret = "s3cret 'with\nquotes"
    text = 'echo "$IMAGE|$SECRET|$HOME|$LOGNAME|$AZUREML_RUN_ID"; mkdir outputs; echo x > outputs/x'
    submit(harness, "image", text, IMAGE, variables={"SECRET": secret, "HOME": "/elsewhere"})
    ended = harness.wait("image")
    assert ended.status == "Completed", ended.error
    # Nothing of this machine, such as LOGNAME, is in the container.
    assert harness.log("image") == f"example.test/image:1|{secret}|/elsewhere||image\n"
    assert harness.blob("ExperimentRun/dcid.image/outputs/x") == b"x\n"
    assert "pulling example.test/image:1" in preparation(harness, "image")
    assert "s3cret" not in (docker / "calls").read_text()
    submit(harness, "again", "exit 3", IMAGE)
    assert "exit code 3" in harness.wait("again").error
    assert len(calls(docker, "pull")) == 1


def test_a_conda_file_and_a_dockerfile_are_built_into_an_image(
    harness: Harness, docker: Path
) -> None:
    store_bytes(harness.blobs, "data", "context/Dockerfile", b"FROM base\nCOPY a /a\n")
    store_bytes(harness.blobs, "data", "context/a", b"a")
    context = Source("blob", "context/", "data")
    source = EnvironmentSource("both:1", "dependencies: [cudatoolkit]", context=context)
    for name in ("one", "two"):
        submit(harness, name, "echo $IMAGE", source)
    for name in ("one", "two"):
        assert harness.wait(name).status == "Completed"
    first, second = calls(docker, "build")
    tag = harness.log("one").strip()
    assert f'"{tag}-base"' in first
    assert f'"{tag}"' in second
    text = docker_stand_in_image(docker, tag)
    assert text.startswith(f"FROM {tag}-base\n")
    assert "conda env create" in text
    assert "building ['Dockerfile', 'a']" in preparation(harness, "one")


def docker_stand_in_image(docker: Path, tag: str) -> str:
    return (docker / "images" / tag).read_text()


def test_a_failing_build_ends_the_job(harness: Harness) -> None:
    store_bytes(harness.blobs, "data", "bad/Dockerfile", b"FAIL")
    source = EnvironmentSource("bad:1", context=Source("blob", "bad/", "data"))
    submit(harness, "bad", "true", source)
    ended = harness.wait("bad")
    assert ended.status == "Failed"
    assert "bad:1 could not be built: docker build ended with exit code 1" in ended.error
    assert "no such instruction" in ended.error
    submit(harness, "outside", "true", replace(source, dockerfile_path="../../Dockerfile"))
    assert "outside its build context" in harness.wait("outside").error


def test_cancel_ends_the_container(harness: Harness, docker: Path) -> None:
    submit(harness, "endless", "trap '' TERM; echo on; while true; do sleep 0.1; done", IMAGE)
    harness.wait("endless", lambda _: any((docker / "containers").iterdir()))
    harness.runner.cancel("endless")
    assert harness.wait("endless").status == "Canceled"
    assert list((docker / "containers").iterdir()) == []


def test_containers_of_a_killed_server_are_ended(tmp_path: Path, docker: Path) -> None:
    state = tmp_path / "state"
    with running_harness(state, build=True) as harness:
        submit(harness, "first", "true", IMAGE)
        harness.wait("first")
        label = harness.services.environments._label
        left = subprocess.Popen(["sleep", "600"], start_new_session=True)
        record = docker / "containers" / "left"
        record.write_text(f'{{"pid": {left.pid}, "label": "{label}"}}')
        harness.services.environments.recover()
        assert left.wait(10) == -9
        assert not record.exists()
    before = (docker / "calls").read_text()
    with running_harness(state, build=True) as harness:
        harness.services.environments.recover()
    assert (docker / "calls").read_text() == before, "docker is asked only if it was used"


def test_without_an_engine_the_log_says_so(harness: Harness, docker: Path) -> None:
    (docker / "engine").unlink()
    submit(harness, "none", "echo ${IMAGE:-host}", IMAGE)
    assert harness.wait("none").status == "Completed"
    assert harness.log("none") == "host\n"
    log = preparation(harness, "none")
    assert "example.test/image:1 is not used: docker does not answer: Cannot connect" in log


def has_begun(harness: Harness, name: str) -> bool:
    log = harness.blobs.find("azureml", f"ExperimentRun/dcid.{name}/user_logs/std_log.txt")
    return log is not None and harness.log(name) == "on\n"


@pytest.fixture
def real_image() -> Iterator[str]:
    """An image with a busybox and a conda of our own, in the docker of this machine."""
    answer = subprocess.run(["docker", "version"], capture_output=True, check=False)
    busybox = shutil.which("busybox")
    if answer.returncode or not busybox:
        pytest.skip("needs docker with a running engine, and busybox-static")
    name = f"amlrest-test:{uuid.uuid4().hex[:8]}"
    subprocess.run(["docker", "import", "-", name], input=archive(Path(busybox)), check=True)
    yield name
    subprocess.run(["docker", "image", "rm", "--force", name], check=True)


CONDA = """#!/bin/sh
[ "$1 $2 $3 $5" = "env create --prefix --file" ] || exit 9
mkdir -p "$4/bin"
printf '#!/bin/sh\\ncat %s\\n' "$6" > "$4/bin/show-conda-file"
chmod +x "$4/bin/show-conda-file"
cp "$6" "$4/conda.yml"
"""


def archive(busybox: Path) -> bytes:
    import io
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        tar.add(busybox.resolve(), "bin/busybox")
        for name in ("sh", "cat", "echo", "sleep", "mkdir", "printf", "chmod", "cp", "id"):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(link)
        script = tarfile.TarInfo("bin/conda")
        script.mode, script.size = 0o755, len(CONDA)
        tar.addfile(script, io.BytesIO(CONDA.encode()))
        folder = tarfile.TarInfo("tmp")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
        tar.addfile(folder)
    return stream.getvalue()


def test_with_the_docker_of_this_machine(tmp_path: Path, real_image: str) -> None:
    source = EnvironmentSource("real:1", "dependencies: [cudatoolkit]", image=real_image)
    with running_harness(tmp_path / "state", build=True) as harness:
        text = 'show-conda-file; echo; echo "$SECRET"; mkdir outputs; id -u > outputs/user'
        submit(harness, "real", text, source, variables={"SECRET": "a 'b\nc"})
        ended = harness.wait("real")
        assert ended.status == "Completed", ended.error
        assert harness.log("real") == "dependencies: [cudatoolkit]\na 'b\nc\n"
        assert harness.blob("ExperimentRun/dcid.real/outputs/user") == f"{os.getuid()}\n".encode()
        submit(harness, "endless", "trap '' TERM; echo on; while true; do sleep 0.1; done", source)
        harness.wait("endless", lambda _: has_begun(harness, "endless"))
        harness.runner.cancel("endless")
        assert harness.wait("endless").status == "Canceled"
        label = harness.services.environments._label
        running = ["docker", "ps", "--quiet", "--filter", f"label={label}"]
        assert subprocess.run(running, capture_output=True, check=True).stdout == b""
