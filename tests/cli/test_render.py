"""Text for screens."""

import re

from amlrest.cli import render
from hypothesis import given
from hypothesis import strategies as st

CELLS = st.none() | st.text(max_size=30) | st.floats(allow_nan=False) | st.integers()
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.tuples(
        st.lists(st.text("ABC", min_size=1, max_size=8), min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6),
    )
)

Table = tuple[list[str], list[list[str | float | None]]]


@given(TABLES)
def test_a_table_has_one_printable_line_for_each_row(table: Table) -> None:
    headings, rows = table
    lines = render.table(headings, rows)
    assert len(lines) == len(rows) + 1
    assert all(line.isprintable() and line == line.rstrip() for line in lines)


@given(TABLES, st.integers(60, 120))
def test_a_table_fits_the_screen(table: Table, width: int) -> None:
    headings, rows = table
    assert all(render.columns_of(line) <= width for line in render.table(headings, rows, width))


def test_identifiers_are_whole_when_other_columns_make_room() -> None:
    name, text = "n" * 40, "word " * 20
    headings = ["NAME", "VERSION", "STATUS", "EMPTY", "CREATED", "DESCRIPTION"]
    row = [name, "1" * 12, "Completed", None, "2026-11-23 19:52:30", text]
    wide = render.table(headings, [row], 200)
    assert wide == render.table(headings, [row])
    narrower = render.table(headings, [row], 110)
    assert narrower[0].split() == ["NAME", "VERSION", "STATUS", "DESCRIPTION"]
    assert narrower[1].startswith(f"{name}  {row[1]}  Completed  word word")
    tiny = render.table(headings, [row], 20)
    assert tiny[1].split() == [name, row[1]]


def test_columns_stand_under_each_other_and_numbers_end_together() -> None:
    lines = render.table(
        ["NAME", "LOSS", "BOOSTING"],
        [["a", 0.5, "gbdt"], ["bcdefg", 12.25, None], ["c", None, "x"]],
    )
    assert lines == [
        "NAME      LOSS  BOOSTING",
        "a        0.500  gbdt",
        "bcdefg  12.250",
        "c               x",
    ]


def test_whole_numbers_are_shown_as_whole_numbers() -> None:
    assert [render.number(x) for x in (12.0, -3.0, 1234567.0, 0.0)] == ["12", "-3", "1234567", "0"]
    rows: list[list[render.Cell]] = [
        ["a", 32.0, 1.0, 1e7],
        ["b", 64.0, 0.5, 2e9],
        ["c", float("nan"), 2.0, None],
    ]
    assert render.table(["N", "SIZE", "LOSS", "ROWS"], rows) == [
        "N  SIZE    LOSS        ROWS",
        "a    32  1.0000    10000000",
        "b    64  0.5000  2000000000",
        "c   nan  2.0000",
    ]


def test_nan_and_infinity_leave_the_decimals_of_the_others() -> None:
    for odd in (float("nan"), float("inf"), float("-inf")):
        for values in ([odd, 0.5, 12.25], [0.5, 12.25, odd]):
            lines = render.table(["X"], [[value] for value in values])
            assert [line.strip() for line in lines[1:]] == [
                str(odd) if value == odd or value != value else f"{value:.3f}"  # noqa: PLR0124
                for value in values
            ]


def test_wide_characters_take_two_columns() -> None:
    lines = render.table(["N", "M"], [["日本", "x"], ["ab", "y"]])
    found = [(line, re.search("[xyM]", line)) for line in lines]
    assert {render.columns_of(line[: mark.start()]) if mark else None for line, mark in found} == {
        6
    }


def test_an_id_is_shown_from_the_workspace_on() -> None:
    workspace = "/subscriptions/S/resourceGroups/g/providers/P/workspaces/w"
    assert render.relative(f"{workspace.upper()}/jobs/Job-1", workspace) == "jobs/Job-1"
    assert render.relative("/elsewhere/x", workspace) == "/elsewhere/x"
    assert render.relative(None, workspace) == ""


def test_durations_are_said_in_the_unit_that_fits() -> None:
    said = [render.duration(seconds) for seconds in (0.04, 7.26, 59.94, 59.96, 67, 7380, 273600)]
    assert said == [
        "0.0 s",
        "7.3 s",
        "59.9 s",
        "1 min 00 s",
        "1 min 07 s",
        "2 h 03 min",
        "3 d 04 h",
    ]


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_bar_is_as_full_as_the_work_is_done(done: int, total: int) -> None:
    drawn = render.bar(done, total, 20)
    assert len(drawn) == 22
    assert (drawn.count("#") == 20) == (total > 0 and done >= total)
