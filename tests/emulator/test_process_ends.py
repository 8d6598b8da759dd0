"""Everything that a command started ends with it, however it got away from its shell."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from amlrest_emulator.runner import launcher, process, supervisor
from amlrest_emulator.runner.launcher import Launcher

from tests.emulator.runner_harness import Harness, command, running_harness

pytestmark = pytest.mark.slow

DAEMON = (
    "import os, sys, time\n"
    "if os.fork(): sys.exit()\n"
    "os.setsid()\n"
    "if os.fork(): os._exit(0)\n"
    "os.closerange(0, 64)\n"
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"
    "time.sleep(600)\n"
)
STARTED = 6


def escaping(folder: Path, then: str) -> str:
    """Return a command that starts processes in every way to get away, and then goes on.

    They write their ids to ``pids``: a background process, one that ignores SIGTERM, one in a
    session of its own, an orphan of that session, one without environment, and a daemon.
    """
    pids, daemon = folder / "pids", folder / "daemon.py"
    daemon.write_text(DAEMON)
    sleep = f"echo $$ >> {pids}; exec sleep 600"
    return (
        f"sleep 600 & echo $! >> {pids}\n"
        f"(trap '' TERM HUP; bash -c '{sleep}') &\n"
        f"setsid bash -c '{sleep}' &\n"
        f"setsid bash -c '(bash -c \"{sleep.replace('$', chr(92) + '$')}\" &)' &\n"
        f"env -i PATH=$PATH setsid bash -c '{sleep}' &\n"
        f"python {daemon} {pids}\n"
        f"while [ $(wc -l < {pids}) -lt {STARTED} ]; do sleep 0.02; done\n"
        f"{then}"
    )


def started(folder: Path) -> list[int]:
    pids = folder / "pids"
    return [int(line) for line in pids.read_text().split()] if pids.exists() else []


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return met


def all_started(folder: Path) -> bool:
    return eventually(lambda: len(started(folder)) == STARTED)


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    with running_harness(tmp_path_factory.mktemp("state"), nodes=4) as made:
        yield made


@pytest.mark.parametrize(("code", "status"), [(0, "Completed"), (3, "Failed")])
def test_processes_left_behind_end_with_the_command(
    harness: Harness, tmp_path: Path, code: int, status: str
) -> None:
    harness.submit(f"left-{code}", escaping(tmp_path, f"exit {code}"))
    assert harness.wait(f"left-{code}").status == status
    assert len(started(tmp_path)) == STARTED
    assert not any(map(alive, started(tmp_path)))


def test_cancel_ends_all_processes(harness: Harness, tmp_path: Path) -> None:
    harness.submit("cancel", escaping(tmp_path, "sleep 600"))
    assert all_started(tmp_path)
    harness.runner.cancel("cancel")
    assert harness.wait("cancel").status == "Canceled"
    assert not any(map(alive, started(tmp_path)))


def test_a_timeout_ends_all_processes(harness: Harness, tmp_path: Path) -> None:
    gate = tmp_path / "pids"
    text = escaping(tmp_path, "sleep 600")
    # The clock starts before the command; the test needs every process to have started.
    harness.submit("timeout", command(text, timeout=3.0))
    assert harness.wait("timeout").status == "Canceled"
    assert len(gate.read_text().split()) == STARTED
    assert not any(map(alive, started(tmp_path)))


def test_a_failing_rank_ends_the_processes_of_all(harness: Harness, tmp_path: Path) -> None:
    wait = f"while [ ! -e {tmp_path}/go ]; do sleep 0.02; done; exit 5"
    text = f'if [ "$RANK" = 1 ]; then {wait}; fi\n' + escaping(tmp_path, "sleep 600")
    distribution = {"distributionType": "PyTorch", "processCount": 2}
    harness.submit("ranks", command(text, distribution=distribution))
    assert all_started(tmp_path)
    (tmp_path / "go").touch()
    record = harness.wait("ranks")
    assert (record.status, "exit code 5" in record.error) == ("Failed", True)
    assert not any(map(alive, started(tmp_path)))


def test_a_command_that_kills_its_supervisor_fails_and_leaves_nothing(
    harness: Harness, tmp_path: Path
) -> None:
    harness.submit("rebel", escaping(tmp_path, "kill -9 $PPID; sleep 600"))
    record = harness.wait("rebel")
    assert record.status == "Failed"
    assert record.error == "The process that supervises the command was killed."
    assert eventually(lambda: not any(map(alive, started(tmp_path))))
    harness.submit("next", "true")
    assert harness.wait("next").status == "Completed"


def test_a_killed_launcher_is_replaced_and_leaves_nothing(harness: Harness, tmp_path: Path) -> None:
    """Without it, processes that have neither supervisor nor environment cannot be found."""
    parents = "kill -9 $(cut -d' ' -f4 /proc/$PPID/stat) $PPID; sleep 600"
    harness.submit("rebel-2", f"sleep 600 & echo $! $$ > {tmp_path}/pids; {parents}")
    assert harness.wait("rebel-2").status == "Failed"
    assert len(started(tmp_path)) == 2
    assert eventually(lambda: not any(map(alive, started(tmp_path))))
    harness.submit("next-2", "echo again")
    assert harness.wait("next-2").status == "Completed"
    assert harness.log("next-2") == "again\n"


def test_a_command_that_stops_its_supervisor_is_ended(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_DRAIN", 0.5)
    harness.submit("stopper", escaping(tmp_path, "kill -STOP $PPID; sleep 600"))
    assert all_started(tmp_path)
    harness.runner.cancel("stopper")
    assert harness.wait("stopper").status == "Canceled"
    assert eventually(lambda: not any(map(alive, started(tmp_path))))


def test_a_stopped_launcher_is_replaced(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "_START_SECONDS", 2.0)
    harness.submit("stop-all", "kill -STOP $(cut -d' ' -f4 /proc/$PPID/stat)")
    assert harness.wait("stop-all").status == "Completed"
    harness.submit("after-stop", "echo again")
    assert harness.wait("after-stop").status == "Completed"
    assert harness.log("after-stop") == "again\n"


SERVER = (
    "import sys, threading; from pathlib import Path;"
    "from tests.emulator.runner_harness import Harness, command;"
    "harness = Harness(Path(sys.argv[1])); harness.runner.start();"
    "harness.submit('cut', command(sys.argv[2])); threading.Event().wait()"
)


def server(state: Path, text: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "emulator")])
    arguments = [sys.executable, "-c", SERVER, str(state), text]
    return subprocess.Popen(arguments, env={**os.environ, "PYTHONPATH": path})


def test_a_killed_server_leaves_nothing(tmp_path: Path) -> None:
    running = server(tmp_path / "state", escaping(tmp_path, "sleep 600"))
    try:
        assert all_started(tmp_path)
        below = supervisor.below(running.pid)
    finally:
        running.kill()
        running.wait()
    assert set(started(tmp_path)) <= below
    assert eventually(lambda: not any(map(alive, below)))
    with running_harness(tmp_path / "state") as harness:
        assert harness.wait("cut").status == "Failed"


def test_a_restart_ends_what_outlived_the_server_and_its_supervisors(tmp_path: Path) -> None:
    running = server(tmp_path / "state", f"sleep 600 & echo $! $$ > {tmp_path}/pids; wait")
    assert eventually(lambda: len(started(tmp_path)) == 2)
    commands = set(started(tmp_path))
    others = supervisor.below(running.pid) - commands | {running.pid}
    for number in (signal.SIGSTOP, signal.SIGKILL):  # none of them sees another one end
        for pid in others:
            os.kill(pid, number)
    running.wait()
    assert all(map(alive, commands))
    with running_harness(tmp_path / "state") as harness:
        assert harness.wait("cut").status == "Failed"
        assert not any(map(alive, commands))


def test_a_command_that_cannot_be_started_says_why(harness: Harness) -> None:
    harness.submit("huge", command("true", variables={"X": "x" * 3_000_000}))
    record = harness.wait("huge")
    assert record.status == "Failed"
    assert "Argument list too long" in record.error


def test_processes_are_found_with_ps_as_well_as_in_proc(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = subprocess.Popen(["sleep", "600"], env={supervisor.MARK: f"{tmp_path}/run/"})
    try:
        assert child.pid in supervisor.below(os.getpid())
        assert supervisor.marked(f"{tmp_path}/") == {child.pid}
        assert supervisor.marked(f"{tmp_path}/run/") == {child.pid}
        assert supervisor.marked(f"{tmp_path}/run/of") == set()
        if not os.access("/bin/ps", os.X_OK):
            pytest.skip("there is no /bin/ps")
        monkeypatch.setattr(supervisor, "_PROC", tmp_path)
        assert child.pid in supervisor.below(os.getpid())
    finally:
        child.kill()
        child.wait()


def test_the_launcher_has_no_variables_of_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "cat /proc/$PPID/environ /proc/$(cut -d' ' -f4 /proc/$PPID/stat)/environ"

    async def environments() -> bytes:
        read, write = os.pipe()
        starter = Launcher()
        command = await starter.start(["bash", "-c", text], tmp_path, {}, write, write)
        os.close(write)
        assert await command.code() == 0
        await command.gone()
        starter.stop()
        with os.fdopen(read, "rb") as pipe:
            return pipe.read()

    monkeypatch.setenv("AMLREST_TOKEN", "s3cret")
    found = asyncio.run(environments())
    assert found.startswith(b"PATH=")
    assert b"s3cret" not in found


FORKING = """
import os, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
while True:
    if os.fork():
        os._exit(0)
"""


@pytest.mark.parametrize("then", ["exit 0", "sleep 600"])
def test_a_process_that_forks_and_exits_without_end_is_ended(
    harness: Harness, tmp_path: Path, then: str
) -> None:
    program, ready = tmp_path / "forking.py", tmp_path / "ready"
    program.write_text(FORKING)
    name = f"forking-{then.partition(' ')[0]}"
    text = f"setsid python {program} {ready} &\nwhile [ ! -e {ready} ]; do sleep 0.02; done; {then}"
    harness.submit(name, text)
    assert eventually(ready.exists)
    if then != "exit 0":
        harness.runner.cancel(name)
    harness.wait(name)
    assert supervisor.marked(harness.services.run_folder(name).mark) == set()
