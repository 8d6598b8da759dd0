"""Format values as text for a screen: numbers, times, tables. Pure; nothing here prints."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

from amlrest._readable import duration, is_whole, moment, number, size, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "Cell",
    "bar",
    "columns_of",
    "duration",
    "labels",
    "moment",
    "number",
    "pairs",
    "relative",
    "shorten",
    "size",
    "table",
    "whole",
]

Cell = str | int | float | None
_GAP = "  "
_NARROWEST = 6
_IDENTIFIERS = frozenset({"NAME", "VERSION", "TRIAL", "ENDPOINT", "ID"})
_TIMES = frozenset({"CREATED"})
_STATUS = "STATUS"

_SMALLEST, _LARGEST, _DIGITS = 1e-3, 1e6, 5


def labels(tags: Mapping[str, str] | None) -> str:
    """Return tags as ``key=value`` in one line; empty for None."""
    return ", ".join(f"{key}={value}" for key, value in (tags or {}).items())


def columns_of(text: str) -> int:
    """Count the terminal columns of a text: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_columns_of_one, text))


def shorten(text: str, width: int) -> str:
    """Cut a text to at most so many columns, marking the cut with an ellipsis."""
    if columns_of(text) <= width:
        return text
    return _cut(text, width - 1) + "…"


def relative(resource_id: str | None, workspace_id: str) -> str:
    """Return a resource id relative to its workspace; unchanged in another workspace."""
    prefix = workspace_id.lower() + "/"
    if resource_id and resource_id.lower().startswith(prefix):
        return resource_id[len(prefix) :]
    return resource_id or ""


def table(headings: Sequence[str], rows: Iterable[Sequence[Cell]], width: int = 0) -> list[str]:
    """Lay out rows under headings in aligned columns.

    Args:
        headings: one for each column.
        rows: cells; numbers are right-aligned, None is blank.
        width: columns of the screen; 0 for no limit. To fit, empty columns are left out first,
            then times; then text is cut, then left out. Identifiers are always whole.

    Returns:
        Lines without trailing blanks.
    """
    cells = list(rows)
    columns = [
        _Column(heading, _column(column), at_right=_is_numeric(column))
        for heading, column in zip(headings, _transposed(cells, len(headings)), strict=True)
    ]
    if width:
        _fit(columns, width)
    shown = [column for column in columns if column.width]
    lines = ([column.line(index) for column in shown] for index in range(-1, len(cells)))
    return [_GAP.join(line).rstrip() for line in lines]


def pairs(values: Iterable[tuple[str, Cell]]) -> list[str]:
    """Lay out names and values in two columns, leaving out empty values."""
    shown = [(name, _text(value)) for name, value in values if value not in (None, "")]
    width = max((columns_of(name) for name, _ in shown), default=0)
    return [f"{_pad(name, width, at_right=False)}  {value}" for name, value in shown]


def bar(done: int, total: int, width: int = 20) -> str:
    """Return a progress bar such as ``[########------------]``."""
    filled = width * min(done, total) // total if total else 0
    return f"[{'#' * filled}{'-' * (width - filled)}]"


def _cut(text: str, width: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += _columns_of_one(char)
        if taken > width:
            return text[:index]
    return text


def _columns_of_one(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return "".join(" " if not char.isprintable() else char for char in cell)
    return number(cell)


def _column(cells: Sequence[Cell]) -> list[str]:
    """Write the numbers of a column with the same number of decimals; none if all are whole."""
    numbers = [cell for cell in cells if isinstance(cell, float) and math.isfinite(cell)]
    largest = max(map(abs, numbers), default=0.0)
    if all(map(is_whole, numbers)) or not _SMALLEST <= largest < _LARGEST:
        return [_text(cell) for cell in cells]
    decimals = max(1, _DIGITS - len(str(int(largest))))
    return [f"{c:.{decimals}f}" if isinstance(c, float) else _text(c) for c in cells]


def _is_numeric(column: Sequence[Cell]) -> bool:
    filled = [cell for cell in column if cell is not None]
    return bool(filled) and all(isinstance(cell, int | float) for cell in filled)


def _pad(text: str, width: int, at_right: bool) -> str:
    blank = " " * (width - columns_of(text))
    return blank + text if at_right else text + blank


class _Column:
    """A column of a table; one with width 0 is left out.

    Args:
        heading: its heading.
        texts: its cells.
        at_right: whether it holds numbers.
    """

    def __init__(self, heading: str, texts: list[str], *, at_right: bool) -> None:
        self.heading, self.texts, self.at_right = heading, texts, at_right
        self.width = self.whole = max(map(columns_of, [heading, *texts]))
        self.is_text = not at_right and heading not in _IDENTIFIERS

    def line(self, index: int) -> str:
        """Return a cell, or the heading for -1, as wide as the column."""
        text = self.heading if index < 0 else self.texts[index]
        return _pad(shorten(text, self.width), self.width, self.at_right)


def _fit(columns: Sequence[_Column], available: int) -> None:
    """Leave out or narrow columns until they fit or nothing is left to narrow."""
    empty = [column for column in columns if not any(column.texts)]
    times = [column for column in columns if column.heading in _TIMES]
    text = [column for column in columns if column.is_text]
    for column in (*empty, *times):
        if _excess(columns, available) > 0:
            column.width = 0
    shown = [column for column in text if column.width]
    _narrow(columns, [column for column in shown if column.heading != _STATUS], available)
    while shown and _excess(columns, available) > 0:
        shown.pop().width = 0
        for column in shown:
            column.width = column.whole
        _narrow(columns, [column for column in shown if column.heading != _STATUS], available)
    _narrow(columns, [c for c in columns if c.heading not in _IDENTIFIERS], available)


def _excess(columns: Sequence[_Column], available: int) -> int:
    widths = [column.width for column in columns if column.width]
    return sum(widths) + len(_GAP) * (len(widths) - 1) - available


def _narrow(columns: Sequence[_Column], those: Sequence[_Column], available: int) -> None:
    """Narrow the widest of some columns, by one at a time."""
    for _ in range(_excess(columns, available)):
        widest = max(those, key=lambda each: each.width, default=None)
        if widest is not None and widest.width > _NARROWEST:
            widest.width -= 1


def _transposed(rows: Sequence[Sequence[Cell]], count: int) -> Iterable[tuple[Cell, ...]]:
    return zip(*rows, strict=True) if rows else [()] * count
