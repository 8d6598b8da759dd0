"""Report of a job that is not a sweep, or of one trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._markup import Markup, join, tag
from amlrest.report import parts

if TYPE_CHECKING:
    from amlrest.report.facts import RunFacts


def body(title: str, facts: RunFacts) -> Markup:
    """Return the content of the page."""
    end = parts.log(facts.log)
    failed = facts.run.status == "Failed"
    return join(
        [
            parts.header(title, facts),
            parts.error(facts),
            end if failed else None,
            parts.notes(facts),
            _metrics(facts),
            _parameters(facts),
            parts.configuration(facts),
            parts.outputs(facts, f"amlrest job download {facts.name}"),
            parts.section("Log", end) if end and not failed else None,
            parts.as_file(facts),
        ]
    )


def _metrics(facts: RunFacts) -> Markup:
    values = facts.run.metrics
    if not values:
        return parts.section("Metrics", tag("p", "It has logged no metrics."))
    return parts.section("Metrics", *parts.metrics_and_curves(values, facts.histories))


def _parameters(facts: RunFacts) -> Markup | None:
    values = facts.run.parameters
    return parts.section("Parameters", parts.pairs(values.items())) if values else None
