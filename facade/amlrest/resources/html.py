"""HTML that notebooks show: facts of one resource, tables of several. Pure.

Everything is escaped and signatures of URLs are removed; styles are inline, because a notebook
shows an output without any style sheet of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from amlrest._readable import number
from amlrest._urls import redact_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TEXT = 'style="text-align:left"'
_NUMBER = 'style="text-align:right"'
_BOLD = ' style="font-weight:bold"'
_LONGEST_CELL = 300
_EMPTY: tuple[object, ...] = (None, "", {}, [])


def facts(title: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Return names and values as a table; values that are None or empty are left out.

    Args:
        title: heading of the table.
        pairs: names and values; an https URL becomes a link.
    """
    rows = "".join(
        f"<tr><th {_TEXT}>{escape(name)}</th><td {_TEXT}>{_value(value)}</td></tr>"
        for name, value in pairs
        if value not in _EMPTY
    )
    return f"<table><caption>{escape(title)}</caption>{rows}</table>"


def table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    bold: int | None = None,
) -> str:
    """Return rows under headings; columns without a value are left out, long texts are cut.

    Args:
        title: heading of the table.
        headings: one for each column.
        rows: cells; numbers are aligned at the right, an https URL becomes a link.
        bold: number of the row to emphasize.
    """
    held = list(rows)
    used = [i for i, _ in enumerate(headings) if any(row[i] not in _EMPTY for row in held)]
    head = "".join(f"<th {_TEXT}>{escape(headings[i])}</th>" for i in used)
    body = "".join(
        f"<tr{_BOLD if index == bold else ''}>{''.join(_cell(row[i]) for i in used)}</tr>"
        for index, row in enumerate(held)
    )
    return (
        f"<table><caption>{escape(title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def headline(name: str, text: str, url: str | None = None) -> str:
    """Return a name, a link if there is one, and text in a line."""
    title = _link(url, name) if url and url.startswith("https://") else escape(name)
    return f"<p><b>{title}</b> {escape(text)}</p>"


def bar(done: int, total: int) -> str:
    """Return a progress bar; empty when nothing is to be done."""
    return f'<progress value="{done}" max="{total}"></progress>' if total else ""


def paragraph(text: str) -> str:
    """Return text as a paragraph; empty for empty text."""
    return f"<p>{escape(redact_signatures(text))}</p>" if text else ""


def preformatted(lines: Iterable[str]) -> str:
    """Return lines as they are, such as those of a log; empty for none."""
    text = "\n".join(lines)
    return f"<pre>{escape(redact_signatures(text))}</pre>" if text else ""


def _cell(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"<td {_NUMBER if is_number else _TEXT}>{_value(value, _LONGEST_CELL)}</td>"


def _value(value: object, longest: int | None = None) -> str:
    plain = _plain(value)
    if longest and len(plain) > longest and not plain.startswith("https://"):
        plain = plain[: longest - 1] + "…"
    text = escape(redact_signatures(plain))
    return _link(plain, plain) if plain.startswith("https://") else text


def _link(url: str, text: str) -> str:
    where, shown = (escape(redact_signatures(each)) for each in (url, text))
    return f'<a href="{where}" target="_blank" rel="noopener">{shown}</a>'


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={each}" for key, each in value.items())
    return str(value)
