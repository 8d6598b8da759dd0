"""Parts that reports of all kinds have: header, facts, tables, logs, configuration."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amlrest import _readable as readable
from amlrest._markup import Content, Markup, join, tag
from amlrest._redaction import MASK, masked
from amlrest.charts.curves import curve
from amlrest.resources.jobs import command_of
from amlrest.resources.search_space import Choice, Distribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from amlrest.report.facts import History, LogEnd, RunFacts

_MOST_ROWS = 20
_MOST_FILES = 200


def header(title: str, facts: RunFacts) -> Markup:
    """Return the heading with what one wants to know first."""
    began = readable.moment(facts.job.created_at if not facts.is_trial else facts.run.started_at)
    seconds = facts.seconds
    said = [
        getattr(facts.job, "experiment_name", None),
        began and f"{'started' if facts.is_trial else 'created'} {began}",
        None if seconds is None else f"ran {readable.duration(seconds)}",
    ]
    return tag(
        "header",
        tag("h1", title),
        tag("p", status(facts.run.status), " ", " · ".join(each for each in said if each)),
        tag("p", facts.job.description, class_="soft") if facts.job.description else None,
        None if facts.is_finished else _as_of(facts),
    )


def _as_of(facts: RunFacts) -> Markup:
    when = readable.moment(facts.read_at)
    text = f"As of {when}, when it was {facts.run.status}: it has not ended, so this is not all."
    return tag("p", text, class_="note")


def status(word: str) -> Markup:
    """Return a status as a badge."""
    return tag("span", word, class_=f"status {word}")


def section(title: str, *content: Content) -> Markup:
    """Return a section."""
    return tag("section", tag("h2", title), *content)


def notes(facts: RunFacts) -> Markup:
    """Return what could not be read."""
    return join(tag("p", note, class_="note") for note in facts.notes)


def error(facts: RunFacts) -> Markup | None:
    """Return why a job failed: in one line if its log says more, else all of it."""
    if not facts.error:
        return None
    said = readable.headline(facts.error)
    return tag("div", tag("strong", f"{facts.run.status}: "), said, _more(facts), class_="error")


def _more(facts: RunFacts) -> Markup | None:
    """Return the lines of an error if there are several and the log has not the last of them."""
    lines = facts.error.splitlines()
    if len(lines) == 1 or lines[-1] in facts.log.text:
        return None
    return tag("pre", facts.error)


def pairs(values: Iterable[tuple[str, Content]]) -> Markup:
    """Return names and values as a table, without empty values."""
    rows = [
        tag("tr", tag("th", name, scope="row"), tag("td", value))
        for name, value in values
        if value not in (None, "")
    ]
    return scrolling(tag("table", tag("tbody", *rows), class_="facts"), "facts")


def table(
    headings: Sequence[str], rows: Iterable[Markup], what: str, numeric: Sequence[bool]
) -> Markup:
    """Return a table.

    Args:
        headings: of its columns.
        rows: its rows.
        what: its name for screen readers.
        numeric: whether each column has numbers.
    """
    head = [
        tag("th", heading, scope="col", class_="number" if is_number else None)
        for heading, is_number in zip(headings, numeric, strict=True)
    ]
    return scrolling(tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows)), what)


def cell(value: Content) -> Markup:
    """Return a cell of a table; numbers are right-aligned."""
    if isinstance(value, Markup) or not isinstance(value, int | float):
        return tag("td", value, class_="text")
    return tag("td", readable.number(value), class_="number", title=repr(value))


def scrolling(content: Markup, what: str) -> Markup:
    """Return what may be wider than the page, which the keyboard can scroll too."""
    return tag("div", content, class_="scroll", tabindex=0, role="group", aria_label=what)


def fold(summary: str, *content: Content, opened: bool = False) -> Markup:
    """Return what is shown when one asks for it."""
    return tag("details", tag("summary", summary), *content, open=opened)


def log(end: LogEnd) -> Markup | None:
    """Return the end of a log."""
    if not end.text:
        return None
    return join(
        [tag("p", f"The end of {end.name}:", class_="soft"), tag("pre", end.text, tabindex=0)]
    )


def metrics_and_curves(
    values: Mapping[str, float], histories: Mapping[str, History]
) -> list[Markup]:
    """Return last values as a table, which is folded when it is long, and a chart for each history.

    A history of one value is no chart.
    """
    rows = [
        tag("tr", tag("th", name, scope="row"), cell(float(value)))
        for name, value in sorted(values.items())
    ]
    last = table(["metric", "last value"], rows, "metrics", [False, True])
    charts = [
        curve(name, {"": history})
        for name, history in sorted(histories.items())
        if len(history) > 1
    ]
    shown = last if len(rows) <= _MOST_ROWS else fold(f"Last values of {len(rows)} metrics", last)
    return [shown, tag("div", *charts, class_="charts")]


def outputs(facts: RunFacts, command: str) -> Markup | None:
    """Return the files of a run, and how to get them."""
    if facts.outputs is None:
        return None
    files = sorted(facts.outputs.items())
    if not files:
        return section("Files", tag("p", "It has stored no files."))
    total = readable.size(sum(facts.outputs.values()))
    rows = [
        tag("tr", tag("td", path), tag("td", readable.size(n), class_="number"))
        for path, n in files
    ]
    left = len(files) - _MOST_FILES
    return section(
        "Files",
        tag(
            "p",
            f"{len(files)} {'file' if len(files) == 1 else 'files'}, {total}: ",
            tag("code", command),
        ),
        table(["file", "size"], rows[:_MOST_FILES], "files", [False, True]),
        tag("p", f"… and {left} more", class_="soft") if left > 0 else None,
    )


def configuration(facts: RunFacts) -> Markup:
    """Return how a job was set up."""
    return section("Configuration", pairs(settings(facts.job)))


def settings(job: Any) -> list[tuple[str, Content]]:
    """Return the configuration of a job as names and values."""
    source = getattr(job, "trial", None) or job
    command = command_of(job)
    found: list[tuple[str, Content]] = [
        ("command", tag("code", command) if command else None),
        ("environment", _short(getattr(source, "environment", None))),
        ("code", _short(getattr(source, "code", None))),
        ("compute", _short(getattr(job, "compute", None))),
        ("nodes", getattr(job, "instance_count", None)),
        ("inputs", _bindings(getattr(source, "inputs", None))),
        ("outputs", _bindings(getattr(source, "outputs", None))),
        ("environment variables", _labels(masked(getattr(source, "environment_variables", None)))),
        ("distribution", _plain(getattr(source, "distribution", None))),
        ("time limit", _plain(getattr(job, "timeout", None))),
        *_search(job),
        ("tags", _labels(job.tags)),
    ]
    return found


def _search(job: Any) -> list[tuple[str, Content]]:
    if getattr(job, "objective", None) is None:
        return []
    return [
        ("algorithm", job.algorithm),
        (
            "search space",
            _lines(f"{name}: {_plain(each)}" for name, each in job.search_space.items()),
        ),
        ("trials at most", job.max_total_trials),
        ("at the same time", job.max_concurrent_trials),
        ("time limit of a trial", _plain(getattr(job.trial, "timeout", None))),
        ("early termination", _plain(job.early_termination)),
    ]


def _short(reference: Any) -> str | None:
    """Return the end of an ARM id: ``name`` or ``name:version``."""
    if not isinstance(reference, str) or not reference.startswith("/"):
        return None if reference is None else str(reference)
    parts = reference.strip("/").split("/")
    if len(parts) > 3 and parts[-2] == "versions":  # noqa: PLR2004
        return f"{parts[-3]}:{parts[-1]}"
    return parts[-1]


def _bindings(bindings: Mapping[str, Any] | None) -> Markup | None:
    return _lines(f"{name}: {_binding(each)}" for name, each in (bindings or {}).items())


def _binding(binding: Any) -> str:
    """Return what an input is or where an output goes, then how, as far as it is set."""
    value = getattr(binding, "value", None)
    where = [_short(getattr(binding, name, None)) for name in ("data", "datastore", "path")]
    how = [getattr(binding, name, None) for name in ("type", "mode")]
    said = [value, "/".join(filter(None, where)), ", ".join(filter(None, how))]
    return " · ".join(str(each) for each in said if each not in (None, "")) or "default"


def _labels(values: Mapping[str, Any] | None) -> Markup | None:
    return _lines(f"{name}={value}" for name, value in (values or {}).items())


def _lines(texts: Iterable[str]) -> Markup | None:
    lines = [tag("div", line) for line in texts]
    return join(lines) if lines else None


def _plain(value: Any) -> str | None:
    """Return a setting as text: durations as people read them, distributions as in scripts."""
    if isinstance(value, timedelta):
        return readable.duration(value.total_seconds())
    if isinstance(value, Distribution):
        return f"{value.KIND}({', '.join(map(repr, _arguments(value)))})"
    return None if value is None else str(value)


def _arguments(distribution: Distribution) -> Sequence[Any]:
    found = distribution.to_wire()[1]
    return found[0] if isinstance(distribution, Choice) else found  # type: ignore[no-any-return]


def as_file(facts: RunFacts) -> Markup | None:
    """Return the job as a YAML file that submits it again."""
    from copy import copy

    from amlrest import jobfile
    from amlrest.errors import AmlrestError

    job = copy(facts.job)
    source = getattr(job, "trial", None)
    hidden = False
    if source is not None:
        job.trial = source = copy(source)
    else:
        source = job
    variables = getattr(source, "environment_variables", None)
    if variables:
        source.environment_variables = masked(variables)
        hidden = source.environment_variables != variables
    try:
        written = jobfile.dumps(job)
    except AmlrestError:
        return None
    note = f"Values of environment variables that look like secrets are {MASK}." if hidden else None
    return section(
        "Run it again",
        tag("p", "Saved as job.yml: ", tag("code", "amlrest job submit job.yml")),
        tag("p", note, class_="soft") if note else None,
        fold("job.yml", tag("pre", written, tabindex=0)),
    )
