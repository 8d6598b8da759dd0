"""The driver of batch jobs, run as a job runs it: as a script of its own, in its own process."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import amlrest_emulator
import pytest

DRIVER = Path(amlrest_emulator.__file__).parent / "batch/driver/driver.py"
NUMBERS = """\
import os
from pathlib import Path

def init():
    global factor
    [folder] = Path(os.environ["AZUREML_MODEL_DIR"]).iterdir()
    factor = int((folder / "factor").read_text())
    print("folder", folder.name)

def run(mini_batch):
    print("batch", len(mini_batch))
    return [f"{Path(each).name} {factor * int(Path(each).read_text())}" for each in mini_batch]
"""


class Run:
    """One run of the driver in a folder of its own."""

    def __init__(self, folder: Path, script: str) -> None:
        self.folder = folder
        for name in ("code", "data", "model", "score"):
            (folder / name).mkdir()
        (folder / "code/score.py").write_text(script)
        (folder / "model/factor").write_text("7")

    def data(self, *numbers: int) -> Run:
        for number in numbers:
            (self.folder / f"data/{number}.txt").write_text(str(number))
        return self

    def __call__(
        self, *options: str, file_name: str = "p.csv", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        words = ["--data", "../data", "--score", str(self.folder / "score"), "--model", "../model"]
        words += ["--model-name", "seven", "--script=score.py", f"--file-name={file_name}"]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AZUREML")}
        return subprocess.run(
            # Without site packages: the driver needs none.
            [sys.executable, "-S", DRIVER, *words, *options],
            cwd=self.folder / "code",
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def rows(self) -> list[str]:
        return (self.folder / "score/p.csv").read_text().splitlines()


def test_rows_are_in_the_order_of_the_files_whoever_scores_them(tmp_path: Path) -> None:
    run = Run(tmp_path, NUMBERS).data(*range(1, 10))
    done = run("--size=2", "--workers=3")
    assert done.returncode == 0, done.stderr
    assert run.rows == [f"{n}.txt {7 * n}" for n in range(1, 10)]
    assert sorted(done.stdout.splitlines()) == ["batch 1"] + ["batch 2"] * 4 + ["folder seven"] * 3


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_lines_of_workers_are_whole_and_none_is_lost(tmp_path: Path, unbuffered: str) -> None:
    script = """\
import sys

def init():
    for number in range(200):
        print("a", "b", number)
        print("c", "d", number, file=sys.stderr)

def run(mini_batch):
    print("the last line")
    return mini_batch
"""
    run = Run(tmp_path, script).data(1, 2, 3)
    done = run("--size=1", "--workers=3", "--level=error", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 0, done.stderr
    printed = Counter(done.stdout.splitlines())
    starts = printed["a b 0"]
    assert printed == Counter({f"a b {n}": starts for n in range(200)} | {"the last line": 3})
    assert Counter(done.stderr.splitlines()) == Counter({f"c d {n}": starts for n in range(200)})


def test_one_file_may_be_the_input(tmp_path: Path) -> None:
    run = Run(tmp_path, NUMBERS).data(3)
    done = run("--data", "../data/3.txt")
    assert done.returncode == 0, done.stderr
    assert run.rows == ["3.txt 21"]


def test_a_script_may_write_its_own_results(tmp_path: Path) -> None:
    script = """\
import os
from pathlib import Path

def init():
    pass

def run(mini_batch):
    for each in mini_batch:
        Path(os.environ["AZUREML_BI_OUTPUT_PATH"], Path(each).name).write_text("seen")
    return mini_batch
"""
    run = Run(tmp_path, script).data(1, 2)
    assert run(file_name="").returncode == 0
    assert {each.name for each in (tmp_path / "score").iterdir()} == {"1.txt", "2.txt"}


TROUBLE = """\
import os, time
from pathlib import Path

tries = Path("tries")

def init():
    tries.mkdir(exist_ok=True)

def run(mini_batch):
    [name] = [Path(each).stem for each in mini_batch]
    before = len(list(tries.glob(f"{name}-*")))
    (tries / f"{name}-{before}").touch()
    if name == "1":
        raise ValueError("one is bad")
    if name == "2":
        os._exit(5)
    if name == "3":
        time.sleep(3600)
    if name == "4" and before == 0:
        raise ValueError("the first try is bad")
    return [] if name == "5" else [name]
"""


def tries(folder: Path, number: int) -> int:
    return len(list((folder / "code/tries").glob(f"{number}-*")))


@pytest.mark.slow
def test_mini_batches_that_fail_are_tried_again_and_then_left_out(tmp_path: Path) -> None:
    run = Run(tmp_path, TROUBLE).data(1, 2, 3, 4, 5, 6)
    done = run("--size=1", "--retries=1", "--timeout=1", "--threshold=4")
    assert done.returncode == 0, done.stderr
    assert run.rows == ["4", "6"]
    assert [tries(tmp_path, n) for n in range(1, 7)] == [2, 2, 2, 2, 1, 1]
    for reason in ("ValueError: one is bad", "exit code 5", "took longer than 1 s"):
        assert done.stderr.count(reason) == 2, done.stderr
    assert "driver.py" not in done.stderr
    assert "2 files scored, 4 failed" in done.stderr


def test_above_the_threshold_the_job_fails_at_once(tmp_path: Path) -> None:
    run = Run(tmp_path, TROUBLE).data(1, 3)
    done = run("--size=1", "--retries=0", "--timeout=600", "--threshold=0", "--workers=2")
    assert done.returncode == 1
    reason = (
        "1 files failed, more than the error threshold 0; the last error: ValueError: one is bad"
    )
    assert f"ERROR: {reason}\n" in done.stderr


def test_a_job_that_scored_nothing_fails(tmp_path: Path) -> None:
    run = Run(tmp_path, TROUBLE).data(1)
    done = run("--retries=0")
    assert done.returncode == 1
    assert "ERROR: no file was scored; the last error: ValueError: one is bad\n" in done.stderr


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("def init():\n    raise OSError('no licence')\ndef run(b):\n    pass\n", "no licence"),
        ("def run(b):\n    return b\n", "score.py has no function init()"),
        ("def init():\n    pass\n", "score.py has no function run()"),
        ("def init(:", "SyntaxError"),
        ("import a_module_that_is_missing", "No module named 'a_module_that_is_missing'"),
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        ("import os\nos._exit(3)", "exit code 3"),
    ],
)
def test_a_script_that_cannot_be_loaded_fails_the_job(
    tmp_path: Path, script: str, reason: str
) -> None:
    done = Run(tmp_path, script).data(1)()
    assert done.returncode == 1
    assert "ERROR: the scoring script or model cannot be loaded" in done.stderr
    assert reason in done.stderr
    assert done.stderr.count("ERROR:") == 1


@pytest.mark.parametrize("found", ["None", "'text'", "{}", "7"])
def test_what_is_no_list_is_an_error(tmp_path: Path, found: str) -> None:
    script = f"def init():\n    pass\ndef run(mini_batch):\n    return {found}\n"
    done = Run(tmp_path, script).data(1)("--retries=0")
    assert done.returncode == 1
    assert "return a list or a pandas DataFrame" in done.stderr


def test_folders_in_the_input_are_named_and_not_searched(tmp_path: Path) -> None:
    run = Run(tmp_path, NUMBERS).data(1)
    (tmp_path / "data/below").mkdir()
    (tmp_path / "data/below/2.txt").write_text("2")
    done = run()
    assert run.rows == ["1.txt 7"]
    assert "not searched: below" in done.stderr
    (tmp_path / "data/1.txt").unlink()
    empty = run()
    assert empty.returncode == 1
    assert "the input has no files" in empty.stderr


@pytest.mark.parametrize("script", sorted(DRIVER.parent.glob("[!_]*.py")), ids=lambda p: p.name)
def test_environments_with_an_old_python_can_run_them(script: Path) -> None:
    ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 8))
