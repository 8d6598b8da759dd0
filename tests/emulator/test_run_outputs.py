"""Results of commands: odd file names, unreadable files, logs that are kept once, full disks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from amlrest_emulator import start
from amlrest_emulator.blob import chunks, store_file

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, details, submit, wait
from tests.emulator.runner_harness import Harness, command, running_harness

pytestmark = pytest.mark.slow
RUN = "ExperimentRun/dcid."


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    with running_harness(tmp_path_factory.mktemp("state")) as made:
        yield made


def names(harness: Harness, job: str, folder: str) -> set[str]:
    prefix = f"{RUN}{job}/{folder}/"
    return {blob.name.removeprefix(prefix) for blob in harness.blobs.walk("azureml", prefix)}


ODD = r"""
import os, pathlib
os.makedirs("outputs/deep")
for name in (b"plain.txt", b"new\nline", b"tab\tand \\ back", b"latin-\xe9", b"\xff\xfe", b"%41", b"emoji-\xf0\x9f\x9a\x80"):
    pathlib.Path("outputs", os.fsdecode(name)).write_bytes(name)
os.symlink("circle", "outputs/circle")
os.symlink("/etc/passwd", "outputs/outside")
os.symlink("plain.txt", "outputs/inside")
os.mkfifo("outputs/pipe")
os.chdir("outputs/deep")
for _ in range(6):
    os.mkdir("x" * 200); os.chdir("x" * 200)
pathlib.Path("last").touch()
"""


def test_odd_names_lose_nothing_else(harness: Harness, tmp_path: Path) -> None:
    program = tmp_path / "odd.py"
    program.write_text(ODD)
    harness.submit("odd", f"mkdir logs; echo kept > logs/a; python {program}")
    record = harness.wait("odd")
    expected = {
        *("plain.txt", "new\nline", "tab\tand \\ back", "emoji-🚀", "inside", "%41"),
        *("latin-%E9", "%FF%FE"),
    }
    assert names(harness, "odd", "outputs") == expected
    assert harness.blob(f"{RUN}odd/outputs/latin-%E9") == b"latin-\xe9"
    assert harness.blob(f"{RUN}odd/outputs/inside") == b"plain.txt"
    assert names(harness, "odd", "logs") == {"a"}
    assert record.status == "Failed"
    assert record.error.startswith("Not all results could be stored: outputs/deep/xxx")
    assert record.error.count("outputs/") == 1


def test_unreadable_and_vanishing_files_lose_nothing_else(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The administrator can read every file, so the error is simulated."""

    def failing(blobs: Any, container: str, name: str, source: Path, kind: str) -> None:
        if source.name == "unreadable":
            raise PermissionError(13, "Permission denied", str(source))
        if source.name == "vanishing":
            source.unlink()
        store_file(blobs, container, name, source, kind)

    monkeypatch.setattr("amlrest_emulator.runner.staging.store_file", failing)
    made = "mkdir outputs; for f in a unreadable vanishing z; do echo $f > outputs/$f; done"
    harness.submit("unreadable", made)
    record = harness.wait("unreadable")
    assert names(harness, "unreadable", "outputs") == {"a", "z"}
    assert (record.status, record.error) == (
        "Failed",
        "Not all results could be stored: outputs/unreadable: Permission denied.",
    )
    harness.submit("failed", f"{made}; echo the reason >&2; exit 3")
    record = harness.wait("failed")
    assert record.status == "Failed"
    assert record.error.startswith("The command ended with exit code 3.\nthe reason\nNot all")


def test_a_vanished_file_is_no_problem(harness: Harness) -> None:
    harness.submit("gone", "mkdir outputs; ln -s nowhere outputs/gone; echo 1 > outputs/a")
    record = harness.wait("gone")
    assert (record.status, record.error) == ("Completed", "")
    assert names(harness, "gone", "outputs") == {"a"}


@pytest.mark.parametrize(
    "change",
    ["rm -rf ../*", "rm -f ../user_logs/*", "ln -sf /etc/passwd std_log.txt", "mkfifo std_log.txt"],
)
def test_a_log_that_its_command_removes_or_replaces_is_empty(harness: Harness, change: str) -> None:
    job = f"meddling-{zlib.crc32(change.encode())}"
    harness.submit(job, f"echo hello; cd ../user_logs; rm -f std_log.txt; {change}; exit 0")
    assert harness.wait(job).status == "Completed"
    assert harness.log(job) == ""


def test_a_read_only_folder_can_be_removed(harness: Harness) -> None:
    """The administrator is not held up by permissions, others are."""
    text = "mkdir -p outputs/a/b; echo kept > outputs/a/b/c; chmod -R a-w outputs; chmod 0 ."
    harness.submit("read-only", text)
    harness.wait("read-only")
    folder = harness.services.run_folder("read-only")
    folder.remove()
    assert not folder.root.exists()


def test_logs_with_odd_names_do_not_hide_others_while_the_command_runs(
    harness: Harness, tmp_path: Path
) -> None:
    program, gate = tmp_path / "odd.py", tmp_path / "gate"
    program.write_text(ODD.replace("outputs", "logs"))
    harness.submit("odd-logs", f"python {program}; while [ ! -e {gate} ]; do sleep 0.02; done")
    try:
        harness.wait("odd-logs", lambda _: shown(harness, "odd-logs") >= {"plain.txt", "new\nline"})
    finally:
        gate.touch()
    harness.wait("odd-logs")
    assert names(harness, "odd-logs", "logs") >= {"latin-%E9", "%FF%FE"}


def shown(harness: Harness, job: str) -> set[str]:
    record = harness.runs.find(job)
    assert record is not None
    harness.services.show_logs(record)
    return names(harness, job, "logs")


def copies(folder: Path, text: bytes) -> int:
    """Return in how many files on the disk a text is."""
    files = {path.stat().st_ino: path for path in folder.rglob("*") if path.is_file()}
    return sum(text in path.read_bytes() for path in files.values())


def test_a_log_is_kept_once(harness: Harness) -> None:
    harness.submit("once", "mkdir logs; echo on''ce | tee logs/own.log; echo on''ce-own > logs/b")
    harness.wait("once")
    assert harness.log("once") == harness.blob(f"{RUN}once/user_logs/stdout.txt").decode()
    assert copies(harness.folder, b"once\n") == 2
    assert copies(harness.folder, b"once-own") == 1


def test_a_reader_of_a_growing_log_keeps_it_after_the_end(harness: Harness, tmp_path: Path) -> None:
    gate, name = tmp_path / "gate", f"{RUN}read/user_logs/std_log.txt"
    harness.submit("read", f"echo first; while [ ! -e {gate} ]; do sleep 0.02; done")
    harness.wait("read", lambda record: bool(record.pid) and "first" in harness.log("read"))
    with harness.blobs.reading("azureml", name) as blob:
        gate.touch()
        harness.wait("read")
        assert b"".join(chunks(harness.blobs, blob, 0, blob.size)) == b"first\n"
    assert harness.log("read") == "first\n"


@pytest.mark.parametrize("ranks", [1, 2])
def test_progress_bars_and_unfinished_lines_are_seen_as_they_come(
    harness: Harness, tmp_path: Path, ranks: int
) -> None:
    gate, job = tmp_path / "gate", f"progress-{ranks}"
    text = f"printf '10%%\\r20%%\\rnow'; while [ ! -e {gate} ]; do sleep 0.02; done; echo ' done'"
    distribution = {"distributionType": "PyTorch", "processCount": ranks}
    harness.submit(job, command(text, distribution=distribution if ranks > 1 else None))
    harness.wait(job, lambda record: bool(record.pid) and harness.log(job).count("now") == ranks)
    gate.touch()
    harness.wait(job)
    lines = harness.log(job).split("\n")
    if ranks == 1:
        assert lines == ["10%\r20%\rnow done", ""]
    else:
        seen = "".join(line.removeprefix("[rank 1] ") for line in lines if "[rank 1]" in line)
        assert seen == "10%\r20%\rnow done"


def test_the_log_of_a_job_is_bounded(tmp_path: Path) -> None:
    with running_harness(tmp_path / "state") as harness:
        object.__setattr__(harness.services, "log_limit", 1000)
        harness.submit("loud", "yes | head -c 5000000; echo last >&2; exit 3")
        record = harness.wait("loud")
        assert record.error == "The command ended with exit code 3.\nlast"
        log = harness.log("loud")
        assert log.startswith("y\ny\n")
        assert log.endswith("The log has reached its limit of 1000 bytes; the rest is not kept.\n")
        assert len(log) < 1100


def test_the_limit_of_logs_is_kept_for_the_next_start(tmp_path: Path) -> None:
    with start(tmp_path, log_limit=1000):
        pass
    with start(tmp_path) as local, httpx.Client(base_url=local.endpoint) as client:
        arm = Arm(local)
        submit(arm, "loud", command_job(arm, "yes | head -c 5000"))
        wait(arm, "loud")
        log = details(arm, "loud")["logFiles"]["user_logs/std_log.txt"]
        assert len(client.get(log).content) < 1100


# Run with the folder of a small disk: fills it, deletes the job, and runs another.
FILLING = """
import json, os, sys, time
from pathlib import Path
import httpx
from amlrest_emulator import start
def connect(local):
    base = (f"/subscriptions/{local.subscription_id}/resourceGroups/{local.resource_group}"
            f"/providers/Microsoft.MachineLearningServices/workspaces/{local.workspace_name}")
    client = httpx.Client(base_url=local.endpoint, timeout=60,
                          headers={"Authorization": f"Bearer {local.token}"},
                          params={"api-version": "2021-03-01-preview"})
    return base, client
with start(sys.argv[1]) as local:
    base, client = connect(local)
    def run(name, command):
        compute = {"target": f"{base}/computes/cpu-cluster", "instanceCount": 1}
        body = {"jobType": "Command", "command": command, "compute": compute}
        client.put(f"{base}/jobs/{name}", json={"properties": body}).raise_for_status()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            job = client.get(f"{base}/jobs/{name}").json()["properties"]
            if job["status"] in ("Completed", "Failed", "Canceled"):
                break
            time.sleep(0.05)
        return [job["status"], (job.get("properties") or {}).get("error", "")]
    found = [run("before", "true"), run("full", sys.argv[2])]
    found.append(client.delete(f"{base}/jobs/full").status_code)
    found.append(run("after", "true"))
try:
    with Path(sys.argv[1], "other").open("wb", buffering=0) as other:
        while True:
            other.write(bytes(4096))
except OSError:
    pass
with start(sys.argv[1]) as local:
    base, client = connect(local)
    found.append(client.delete(f"{base}/jobs/after").status_code)
print(json.dumps(found))
"""


def test_a_full_disk_ends_the_job_with_a_reason_and_it_can_be_deleted(tmp_path: Path) -> None:
    text = "mkdir outputs; yes > outputs/all; yes"
    disk, program = tmp_path / "disk", tmp_path / "filling.py"
    disk.mkdir()
    program.write_text(FILLING)
    mount = f"mount -t tmpfs -o size=12m tmpfs '{disk}'"
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*inside, mount], check=False).returncode:
        pytest.skip("needs a user namespace, to mount a small disk")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*inside, f'{mount} && exec "$@"', "sh", sys.executable, program, disk / "state", text],
        env={**os.environ, "PYTHONPATH": str(root / "emulator")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, full, deleted, after, deleted_later = json.loads(done.stdout)
    assert before == after == ["Completed", ""]
    assert full[0] == "Failed"
    assert "No space left on device" in full[1]
    assert {deleted, deleted_later} <= {200, 202}
