"""What the page reads: lists of jobs, logs in windows, metrics without MLflow."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.names import RUN_CONTAINER, run_prefix
from amlrest_emulator.runner import RunRecord, RunStore
from amlrest_emulator.state import Resource, State
from amlrest_emulator.tracking.measurements import Measurements, Point
from amlrest_emulator.tracking.store import MlflowTracking
from amlrest_emulator.web.job_list import ACTIVE, ENDED, Filters, JobList, Row
from amlrest_emulator.web.job_view import binding
from amlrest_emulator.web.log_text import readable
from amlrest_emulator.web.run_files import RunFiles
from hypothesis import given, settings
from hypothesis import strategies as st

WORKSPACE = "/subscriptions/s/resourceGroups/g/providers/M/workspaces/w"
STATUSES = ["Queued", "Running", "Completed", "Failed", "Canceled"]


@pytest.fixture
def job_list(tmp_path: Path) -> Iterator[JobList]:
    state = State(tmp_path / "state.db")
    runs = RunStore(state)
    for n in range(60):
        kind = "sweep" if n % 7 == 0 else "command"
        name = f"Job-{n}"
        runs.add(RunRecord(name, kind, STATUSES[n % 5], f"exp-{n % 3}", {}, created=float(n)))
        properties = {"displayName": f"Näme {n}", "tags": {"team": f"t{n % 4}"}}
        state.put(
            Resource(f"{WORKSPACE}/jobs/{name}", "M/workspaces/jobs", {"properties": properties})
        )
        if kind == "sweep":
            for trial in range(3):
                status = "Completed" if trial else "Running"
                runs.add(RunRecord(f"{name}_{trial}", "trial", status, "exp", {}, parent=name))
    yield JobList(state, WORKSPACE)
    state.close()


def _all(job_list: JobList, filters: Filters) -> list[Row]:
    """Read all pages."""
    rows, more = job_list.page(filters, 7)
    while more is not None:
        assert len(rows) % 7 == 0
        found, more = job_list.page(replace(filters, before=more), 7)
        rows += found
    return rows


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, range(60)),
        ({"status": "failed"}, [n for n in range(60) if n % 5 == 3]),
        ({"status": ACTIVE}, [n for n in range(60) if n % 5 < 2]),
        ({"status": ENDED}, [n for n in range(60) if n % 5 >= 2]),
        ({"type": "sweep", "experiment": "exp-0"}, [n for n in range(60) if n % 21 == 0]),
        ({"text": "jOb-1"}, [1, *range(10, 20)]),
        ({"text": "Näme 59"}, [59]),
        ({"text": '"t3"'}, [n for n in range(60) if n % 4 == 3]),
        ({"text": "%"}, []),
        ({"status": "nonsense", "type": "x", "before": "x"}, range(60)),
        ({"text": "' OR 1=1 --"}, []),
    ],
)
def test_jobs_are_filtered_and_paged_newest_first(
    job_list: JobList, query: dict[str, str], expected: list[int]
) -> None:
    rows = _all(job_list, Filters.of(query))
    assert [row.name for row in rows] == [f"Job-{n}" for n in reversed(expected)]


def test_a_sweep_is_listed_with_the_numbers_of_its_trials(job_list: JobList) -> None:
    rows, _ = job_list.page(Filters(kind="sweep"))
    assert {row.trials for row in rows} == {(3, 2)}
    assert job_list.counts() == dict.fromkeys(STATUSES, 12)


@given(st.text(), st.text(), st.sampled_from(["", ACTIVE, "Failed"]))
def test_a_query_string_says_the_filters_again(text: str, experiment: str, status: str) -> None:
    filters = Filters.of({"text": text, "experiment": experiment, "status": status})
    try:
        again = filters.query(before=7)
    except UnicodeEncodeError:  # lone surrogates do not come in a query string
        return
    assert Filters.of(dict(parse_qsl(again))) == replace(filters, before=7)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred\x1b[0m and \x1b[1;38;5;208mmore\x1b[m", "red and more"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x07 \x1b]0;title\x07end", "link end"),
        ("10%\r50%\r100%\nnext", "100%\nnext"),
        ("10%\r50%\r", "50%"),
        ("windows\r\nlines\r\n", "windows\nlines\n"),
        ("bell\x07 null\x00 del\x7f", "bell\u2407 null\u2400 del\u2421"),
        ("left\u202eright\u2066", "left\ufffdright\ufffd"),
        ("<b>&amp;</b>\ttab", "<b>&amp;</b>\ttab"),
        ("cut \x1b[3", "cut \u241b[3"),
    ],
)
def test_a_log_is_shown_as_a_terminal_leaves_it(written: str, shown: str) -> None:
    assert readable(written) == shown


@given(st.text(st.sampled_from("ab\x1b[]m0;1\r\n\t\x07\\P\x9b\u202e")))
def test_no_control_character_is_left(text: str) -> None:
    left = {unicodedata.category(char) for char in readable(text) if char not in "\n\t"}
    assert not left & {"Cc", "Cf"}


@given(st.text(st.characters(exclude_categories=["C"], include_characters="\n\t")))
def test_plain_text_stays(text: str) -> None:
    assert readable(text) == text


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunFiles, Path]]:
    folder = tmp_path_factory.mktemp("log")
    blobs = BlobStore(folder / "blobs")
    blobs.ensure_container(RUN_CONTAINER)
    path = folder / "log.txt"
    blobs.put_live(RUN_CONTAINER, f"{run_prefix('run')}/log.txt", path, "text/plain")
    yield RunFiles(blobs), path
    blobs.close()


lines = st.lists(st.text("aä\u20ac", max_size=30), max_size=20).map("\n".join)


@settings(max_examples=60)
@given(lines, st.integers(1, 40))
def test_windows_show_each_line_of_a_log_once(
    log: tuple[RunFiles, Path], text: str, length: int
) -> None:
    files, path = log
    path.write_bytes(text.encode())
    shown, start = "", 0
    while True:
        window = files.window("run", "log.txt", start, length)
        assert window is not None
        assert window.size == len(text.encode())
        shown += window.text
        if window.end >= window.size:
            break
        assert window.end > start
        start = window.end
    assert shown == text


@settings(max_examples=30)
@given(st.lists(st.text("ab", max_size=30), max_size=40))
def test_the_end_of_a_log_only_grows_for_a_while(
    log: tuple[RunFiles, Path], written: list[str]
) -> None:
    files, path = log
    path.write_bytes(b"")
    starts = []
    for line in written:
        with path.open("a") as stream:
            stream.write(f"{line}\n")
        window = files.window("run", "log.txt", None, 100)
        assert window is not None
        assert window.end == window.size
        assert window.text.endswith(f"{line}\n")
        starts.append(window.start)
    assert starts == sorted(starts)
    assert len(set(starts)) <= 1 + sum(len(line) + 1 for line in written) // 50


def test_there_is_no_log_outside_of_a_run(log: tuple[RunFiles, Path]) -> None:
    files, _ = log
    for name, path in (("run", "../log.txt"), ("run", "none"), ("other", "log.txt"), ("run", "")):
        assert files.window(name, path, None, 100) is None
        assert files.content(name, path) is None


@pytest.mark.slow
def test_metrics_are_those_that_mlflow_reads(tmp_path: Path) -> None:
    tracking, read = MlflowTracking(tmp_path), Measurements(tmp_path / "mlflow.db")
    run, other = (tracking.create_run(name, "e", "", {}).run_id for name in ("one", "two"))
    values = [0.5, math.nan, 0.25, math.inf, -math.inf, 0.75, 0.625]
    for step, value in enumerate(values):
        tracking.client.log_metric(run, "loss", value, step=step)
    tracking.client.log_metric(run, "once", 3.0)
    tracking.client.log_metric(other, "loss", math.nan)
    tracking.add_parameters(run, {"rate": "0.1"})

    found = read.histories(run, 100)
    assert {name: history.total for name, history in found.items()} == {"loss": 7, "once": 1}
    assert [point.step for point in found["loss"].points] == list(range(7))
    logged = [point.value for point in found["loss"].points]
    assert logged == pytest.approx(tracking.metric_history(run, "loss"), nan_ok=True)
    assert logged == pytest.approx(values, nan_ok=True)
    assert read.histories(run, 3)["loss"].points == [(0, 0.5), Point(3, math.inf), (6, 0.625)]
    last = tracking.client.get_run(run).data.metrics
    assert read.latest(run) == last == {"loss": 0.625, "once": 3.0}
    assert read.parameters(run) == tracking.client.get_run(run).data.params
    assert read.extremes("loss", [run, other, ""]) == {run: (0.25, 0.75, 0.625)}


def test_nothing_is_read_before_there_is_a_run(tmp_path: Path) -> None:
    read = Measurements(tmp_path / "none.db")
    assert (read.latest(""), read.histories("", 5), read.parameters("")) == ({}, {}, {})
    assert read.extremes("loss", ["", ""]) == {}


def test_inputs_and_outputs_are_told_without_the_keys_of_requests() -> None:
    data = f"{WORKSPACE}/data/rows/versions/3"
    assert binding({"mode": "Mount", "dataId": data}) == "rows:3; mode: Mount"
    assert binding({"jobInputType": "literal", "value": "0.1"}) == "0.1; jobInputType: literal"
    stored = {"datastoreId": f"{WORKSPACE}/datastores/blobs", "pathOnDatastore": "models"}
    assert binding(stored) == "blobs; pathOnDatastore: models"
    assert binding(0.5) == "0.5"
