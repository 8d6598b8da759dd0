"""HTML that notebooks show: facts of one resource, tables of several. Pure.

Styles are inline, because a notebook shows an output without any style sheet of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from amlrest._markup import Markup, join, tag, text
from amlrest._readable import number
from amlrest._urls import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEFT = "text-align:left"
_RIGHT = "text-align:right"
_BOLD = "font-weight:bold"
_LONGEST_CELL = 300
_EMPTY: tuple[object, ...] = (None, "", {}, [])


def facts(title: str, pairs: Iterable[tuple[str, object]]) -> Markup:
    """Return names and values as a table; values that are None or empty are left out.

    Args:
        title: heading of the table.
        pairs: names and values; a URL of the web or this machine becomes a link.
    """
    rows = (
        tag("tr", tag("th", name, style=_LEFT), tag("td", _value(value), style=_LEFT))
        for name, value in pairs
        if value not in _EMPTY
    )
    return tag("table", tag("caption", title), tag("tbody", *rows))


def table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    bold: int | None = None,
) -> Markup:
    """Return rows under headings; columns without a value are left out, long texts are cut.

    Without rows it says that nothing was found.

    Args:
        title: heading of the table.
        headings: one for each column.
        rows: cells; numbers are aligned at the right, a URL of the web or this machine becomes a link.
        bold: number of the row to emphasize.
    """
    held = list(rows)
    if not held:
        return paragraph("nothing found")
    used = [i for i, _ in enumerate(headings) if any(row[i] not in _EMPTY for row in held)]
    head = tag("tr", *(tag("th", headings[i], style=_LEFT) for i in used))
    body = (
        tag("tr", *(_cell(row[i]) for i in used), style=_BOLD if index == bold else None)
        for index, row in enumerate(held)
    )
    return tag("table", tag("caption", title), tag("thead", head), tag("tbody", *body))


def headline(name: str, said: str, url: str | None = None) -> Markup:
    """Return a name, a link if there is a URL, and text in a line."""
    return tag("p", tag("b", link(name, url)), " ", said)


def link(shown: str, url: str | None) -> Markup:
    """Return text that leads to a URL, if it is https or this machine's."""
    if url and _is_web(url):
        return tag("a", shown, href=url, target="_blank", rel="noopener")
    return text(shown)


def bar(done: int, total: int) -> Markup:
    """Return a progress bar; empty when nothing is to be done."""
    return tag("progress", value=done, max=total) if total else Markup()


def paragraph(said: str) -> Markup:
    """Return text as a paragraph; empty for empty text."""
    return tag("p", said) if said else Markup()


def preformatted(lines: Iterable[str]) -> Markup:
    """Return lines as they are, such as those of a log; empty for none."""
    said = "\n".join(lines)
    return tag("pre", said) if said else Markup()


def page(*parts: Markup) -> Markup:
    """Return parts, one below the other."""
    return join(parts)


def _cell(value: object) -> Markup:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return tag("td", _value(value, _LONGEST_CELL), style=_RIGHT if is_number else _LEFT)


def _value(value: object, longest: int | None = None) -> Markup:
    if isinstance(value, Markup):
        return value
    plain = _plain(value)
    if _is_web(plain):
        return link(plain, plain)
    if longest and len(plain) > longest:
        plain = plain[: longest - 1] + "…"
    return text(plain)


def _is_web(text: str) -> bool:
    return text.startswith("https://") or (text.startswith("http://") and is_loopback(text))


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
