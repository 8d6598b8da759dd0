"""What screens say: tables that become narrow, problems of a file, failures, interrupted uploads."""

from pathlib import Path

import click
import pytest
from amlrest._files.transfer import Progress
from amlrest.cli import render, trial_table
from amlrest.cli.errors import ProblemsError, WaitInterruptedError, describe
from amlrest.cli.session import Session
from amlrest.cli.transfer_progress import uploading
from amlrest.errors import ServiceError, TransportError
from amlrest.resources.results import TrialRun
from amlrest.resources.sweep import minimize
from hypothesis import given
from hypothesis import strategies as st

GOAL = trial_table.Goal("s", minimize("loss"), ("rate",), 24)
CELLS = st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.integers(20, 70))
def test_a_status_is_whole_as_long_as_its_column_is_there(
    cells: list[tuple[str, str]], width: int
) -> None:
    rows: list[list[render.Cell]] = [
        [index, "Completed", 0.125, *texts] for index, texts in enumerate(cells)
    ]
    lines = render.table(["TRIAL", "STATUS", "loss", "a", "b"], rows, width)
    assert all(len(line) <= width for line in lines)
    shown = "STATUS" in lines[0]
    assert all(("Completed" in line) == shown for line in lines[1:])
    assert shown or width < len("TRIAL  STATUS     loss  ")


def test_columns_have_the_room_that_others_have_left() -> None:
    rows = [["x" * 12, "y" * 40, "z" * 40]]
    assert render.table(["NAME", "DESCRIPTION", "PATH"], rows, 22) == [
        "NAME          DESCRIP…",
        "xxxxxxxxxxxx  yyyyyyy…",
    ]


def test_the_problems_of_a_file_stand_in_lines_of_their_own() -> None:
    two = ProblemsError("job.yml:1:1: a\njob.yml:2:1: b")
    assert list(describe(two)) == ["Error: 2 problems", "job.yml:1:1: a", "job.yml:2:1: b"]
    assert list(describe(ProblemsError("job.yml:1:1: a"))) == ["Error: job.yml:1:1: a"]


def test_an_id_is_said_once() -> None:
    ids = {"x-ms-request-id": "1", "x-ms-correlation-request-id": "1"}
    failed = ServiceError(404, code="UserError", message="m", headers=ids)
    assert sum("1" in line for line in describe(failed)) == 1
    lost = TransportError("no response [client request id 2]", request_id="2")
    assert sum("2" in line for line in describe(lost)) == 1


def test_an_estimate_that_finds_no_room_has_a_line_of_its_own() -> None:
    runs = [TrialRun(f"s_{i}", "Completed" if i % 2 else "Failed") for i in range(12)]
    (whole,) = trial_table.watched(GOAL, runs, 60.0, 100)
    assert whole.endswith("12/24 trials: 6 completed, 6 failed; about 1 min 00 s left")
    assert trial_table.watched(GOAL, runs, 60.0, 60) == whole.split("; ")


def _interrupted_upload() -> None:
    with uploading() as shown:
        shown(Progress(Path("folder"), 2, 9, 20, 90))
        raise KeyboardInterrupt


def test_an_interrupted_upload_says_how_to_go_on() -> None:
    session = Session(["data", "create", "a", "my folder"])
    with (
        click.Context(click.Command("create"), obj=session),
        pytest.raises(WaitInterruptedError, match=r"uploading 2/9 files") as caught,
    ):
        _interrupted_upload()
    assert caught.value.commands == ["amlrest data create a 'my folder'"]
