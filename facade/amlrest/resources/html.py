"""Resources as HTML tables, which notebooks show."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from amlrest._urls import redact_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable

_CELL = 'style="text-align:left"'


def facts(title: str, pairs: Iterable[tuple[str, object]]) -> str:
    """Return names and values as a table; values that are None or empty are left out.

    Args:
        title: heading of the table.
        pairs: names and values; an https URL becomes a link.
    """
    rows = "".join(
        f"<tr><th {_CELL}>{escape(name)}</th><td {_CELL}>{_value(value)}</td></tr>"
        for name, value in pairs
        if value not in (None, "", {}, [])
    )
    return f"<table><caption>{escape(title)}</caption>{rows}</table>"


def _value(value: object) -> str:
    text = escape(redact_signatures(str(value)))
    if str(value).startswith("https://"):
        return f'<a href="{text}" target="_blank" rel="noopener">{text}</a>'
    return text
