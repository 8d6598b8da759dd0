"""Pages of reports: the frame, and the right content for what is reported."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest._markup import Markup, join, tag
from amlrest._version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest.report.facts import RunFacts

GENERATOR = "amlrest report"
"""By this a file is known as a report."""


def page(subjects: Sequence[RunFacts]) -> str:
    """Return the report of a job or trial, or of several compared, as one HTML file."""
    if len(subjects) > 1:
        from amlrest.report.comparison import body

        return _frame(", ".join(each.name for each in subjects), body(subjects), subjects)
    facts = subjects[0]
    title = getattr(facts.job, "display_name", None)
    title = f"{title} ({facts.name})" if title and not facts.is_trial else facts.name
    if getattr(facts.job, "objective", None) is not None and not facts.is_trial:
        from amlrest.report.sweep import body as content
    else:
        from amlrest.report.run import body as content
    return _frame(title, content(title, facts), subjects)


def _frame(title: str, body: Markup, subjects: Sequence[RunFacts]) -> str:
    when = readable.moment(subjects[0].read_at)
    zone = subjects[0].read_at.astimezone().strftime("%z")
    foot = tag(
        "footer", f"Written by amlrest {__version__}, {when}. Times are UTC{zone[:3]}:{zone[3:]}."
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="generator", content=GENERATOR),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(_style())),
    )
    whole = tag("html", head, tag("body", tag("main", body), foot), lang="en")
    return join([Markup("<!DOCTYPE html>\n"), whole, "\n"])


def _policy() -> str:
    """Return the policy of a page that loads nothing, runs nothing and has one style."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    sheets = files("amlrest.charts") / "charts.css", files("amlrest.report") / "style.css"
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
