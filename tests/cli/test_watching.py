"""What is on the screen while a job runs."""

import io
import os
import re
import shutil
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amlrest.cli import job_progress, trial_table
from amlrest.cli.screen import Screen
from amlrest.resources.results import TrialRun
from amlrest.resources.sweep import minimize
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run, clean_environment
from tests.cli.terminal import left_on_screen, run_on_terminal

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

GOAL = trial_table.Goal("s", minimize("loss"), ("rate",), 4)
STATUSES = ["Completed", "Running", "Failed", "Canceled", "Queued"]
RUNS = st.lists(
    st.builds(
        lambda status, loss: (status, loss),
        st.sampled_from(STATUSES),
        st.none() | st.floats(0, 10),
    ),
    max_size=30,
).map(
    lambda each: [
        TrialRun(f"s_{i}", status, {"rate": str(i)}, {} if loss is None else {"loss": loss})
        for i, (status, loss) in enumerate(each)
    ]
)


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@given(RUNS, st.integers(3, 20))
def test_the_live_table_has_the_best_and_what_runs_first(runs: list[TrialRun], height: int) -> None:
    lines = trial_table.live(GOAL, runs, 80, height)
    assert len(lines) <= height
    best = trial_table.best(GOAL, runs)
    shown = [line.split() for line in lines[1:]]
    if best is not None:
        assert shown[0][:2] == ["*", best.name.removeprefix("s_")]
    states = [line[2 if line[0] == "*" else 1] for line in shown if line[0] != "…"]
    others = states[1:] if best is not None else states
    finished = [state in ("Completed", "Failed", "Canceled") for state in others]
    assert finished == sorted(finished)
    hidden = int(lines[-1].split()[2]) if lines and lines[-1].startswith("…") else 0
    assert len(states) + hidden == len(runs)


def test_progress_counts_and_estimates() -> None:
    runs = [
        TrialRun("s_0", "Completed", {"rate": "0.5"}, {"loss": 0.25}),
        TrialRun("s_1", "Canceled", {"rate": "1"}, {}),
        TrialRun("s_2", "Running", {"rate": "2"}, {}),
    ]
    assert trial_table.progress(GOAL, runs, 60.0) == [
        (
            "[##########----------] 2/4 trials: 1 completed, 1 running, "
            "1 stopped early or canceled; about 1 min 00 s left"
        ),
        "best loss 0.25: trial 0, rate 0.5",
    ]
    assert "left" not in trial_table.progress(GOAL, runs)[0]


def test_the_time_left_counts_from_the_first_trial_also_when_the_wait_began_later() -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)
    runs = [
        TrialRun("s_1", "Running", started_at=began + timedelta(seconds=9)),
        TrialRun("s_0", "Completed", started_at=began),
        TrialRun("s_2", "NotStarted"),
    ]
    assert trial_table.seconds_since_first(runs, began + timedelta(seconds=60)) == 60
    assert trial_table.seconds_since_first(runs, began - timedelta(seconds=1)) == 0
    assert trial_table.seconds_since_first(runs[2:], began) is None


def test_trials_are_read_more_rarely_where_that_takes_long() -> None:
    pauses = [job_progress.pause_after(took) for took in (0.0, 0.1, 0.5, 1.0, 60.0)]
    assert pauses == [2.0, 2.0, 5.0, 10.0, 10.0]


def test_only_lines_that_changed_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    screen = Screen(stream)
    screen._paint = str.upper

    def drawn(*lines: str) -> str:
        """Return what is written to show these lines, which are then on the screen."""
        before = len(stream.getvalue())
        screen._draw = lambda: lines
        screen._refresh()
        assert left_on_screen(stream.getvalue()) == [line.upper() for line in lines]
        return stream.getvalue()[before:]

    drawn("1 s", "a", "b")
    assert drawn("1 s", "a", "b") == ""
    assert "A" not in drawn("2 s", "a", "c")
    drawn("3 s")
    drawn("3 s", "d")


def test_a_terminal_that_became_narrower_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [os.terminal_size((100, 24))]
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: sizes[-1])
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    screen = Screen(stream)
    screen._draw = lambda: ["x" * 90, "short"]
    screen._redraw()
    sizes.append(os.terminal_size((40, 24)))
    stream.truncate(0)
    screen._erase()
    assert "\x1b[4F\x1b[J" in stream.getvalue()  # three rows of the long line, one of the short


def test_a_block_is_never_higher_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((80, 10)))
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    screen = Screen(stream)
    screen._draw = lambda: [str(i) for i in range(50)]
    screen._redraw()
    assert stream.getvalue().splitlines() == [str(i) for i in range(9)]


@pytest.fixture
def on_terminal(
    local_workspace: "LocalWorkspace", tmp_path: Path
) -> Callable[..., tuple[int, str]]:
    environment = clean_environment(tmp_path) | local_workspace.environment()

    def run(*arguments: str, **extra: str) -> tuple[int, str]:
        return run_on_terminal(arguments, tmp_path, environment | extra)

    return run


COMMAND = """\
type: command
command: echo a $((20 + 3)) b; sleep 2
environment: {image: a}
compute: azureml:cpu-cluster
"""
SWEEP = """\
type: sweep
trial:
  command: >-
    python -c "import mlflow, sys; d = ${{search_space.depth}}; mlflow.log_metric('loss', d);
    sys.exit(d == 3)"
  environment: {image: a}
compute: azureml:cpu-cluster
sampling_algorithm: grid
search_space: {depth: {type: choice, values: [3, 1, 2]}}
objective: {goal: minimize, primary_metric: loss}
limits: {max_total_trials: 3, max_concurrent_trials: 3}
"""


@pytest.mark.slow
def test_the_log_is_shown_while_the_job_runs_and_gone_afterwards(
    on_terminal: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "job.yml").write_text(COMMAND)
    status, seen = on_terminal("job", "submit", "job.yml", "--wait")
    assert status == 0
    left = "\n".join(left_on_screen(seen))
    assert "a 23 b" in seen
    assert "a 23 b" not in left
    assert "\x1b[32mCompleted\x1b[0m" in left
    _, plain = on_terminal("job", "submit", "job.yml", "--wait", NO_COLOR="1")
    assert "\x1b[32m" not in plain


@pytest.mark.slow
def test_a_sweep_is_watched_and_its_stream_tells_the_whole_story(
    on_terminal: Callable[..., tuple[int, str]], amlrest: Run, tmp_path: Path
) -> None:
    name = f"watched-{uuid.uuid4().hex[:8]}"
    (tmp_path / "sweep.yml").write_text(SWEEP)
    status, seen = on_terminal("job", "submit", "sweep.yml", "--name", name, "--wait")
    assert status == 0, seen
    assert "3 trials" in seen
    left = left_on_screen(seen)
    assert any(line.startswith("best loss 1: trial 1") for line in left)
    failed = f"1 of 3 trials failed; to see why: amlrest job logs {name} --trial 0"
    assert failed in "\n".join(left)
    streamed = amlrest("job", "stream", name)
    assert streamed.returncode == 0, streamed.stderr
    assert failed in streamed.stdout
    assert "\x1b" not in streamed.stdout
    ends = re.findall(r"trial +\d+  (\w+)", streamed.stdout.rpartition("\n")[0])
    assert sorted(ends) == ["Completed", "Completed", "Failed"]
    assert streamed.stdout.splitlines()[-1].startswith("best loss 1: trial 1")
