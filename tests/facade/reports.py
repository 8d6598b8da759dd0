"""What tests of reports share: facts of made-up jobs, and a reader of pages."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from amlrest.report.facts import RunFacts
from amlrest.resources.any_job import read_job
from amlrest.resources.results import TrialRun

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
SPACE = {
    "rate": ["loguniform", [-9, 0]],
    "depth": ["quniform", [10, 200, 10]],
    "noise": ["normal", [0, 1]],
    "batch": ["choice", [[16, 32, 64]]],
    "kind": ["choice", [["gbdt", "dart"]]],
}
_VOID = {"br", "input", "meta"}


class Element:
    """An element of a page: its name, attributes, and what is in it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def all(self, name: str, style: str | None = None) -> "list[Element]":
        """Every element of a name, and of a class."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                classes = str(child.attributes.get("class")).split()
                if child.name == name and (style is None or style in classes):
                    found.append(child)
                found += child.all(name, style)
        return found

    def has(self, name: str) -> "Element":
        """Return the first element of a name."""
        return self.all(name)[0]


class Page(HTMLParser):
    """A page as the parser of Python's library reads it; it must be well-formed.

    Attributes:
        root: what is in the page.
        names: all names of elements.
        attributes: all attributes.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self._open = [self.root]
        self.feed(html)
        self.close()
        assert self._open == [self.root], "elements are closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs), f"attributes of {tag} are there once"
        self._open[-1].children.append(element)
        self.names.add(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def section(self, title: str) -> Element:
        """Return the section whose heading begins with a text."""
        return next(e for e in self.root.all("section") if e.has("h2").text.startswith(title))

    def rows(self, title: str) -> list[list[str]]:
        """Return the texts of the cells of the table in a section."""
        rows = self.section(title).has("table").all("tr")
        return [[c.text for c in row.children if isinstance(c, Element)] for row in rows]


def command(name: str = "job-1", status: str = "Completed", **properties: Any) -> Any:
    """Return a command job as the service answers."""
    return read_job(
        {
            "name": name,
            "systemData": {"createdAt": "2026-11-23T19:52:30Z"},
            "properties": {
                "jobType": "Command",
                "command": "python train.py",
                "environmentId": "/subscriptions/s/environments/training/versions/7",
                "compute": {"target": "/subscriptions/s/computes/cpu-cluster"},
                "experimentName": "e",
                "status": status,
            }
            | properties,
        },
        None,
    )


def sweep(name: str = "s", status: str = "Completed", goal: str = "Minimize", **extra: Any) -> Any:
    """Return a sweep job as the service answers."""
    properties = {
        "jobType": "Sweep",
        "status": status,
        "experimentName": "e",
        "objective": {"primaryMetric": "loss", "goal": goal},
        "searchSpace": SPACE,
        "algorithm": "Random",
        "maxTotalTrials": 20,
        "compute": {"target": "/subscriptions/s/computes/cpu-cluster"},
        "trial": {
            "command": "python train.py",
            "environmentId": "/subscriptions/s/environments/training/versions/7",
            "environmentVariables": {"API_KEY": "hunter2"},
        },
    }
    raw = {"name": name, "systemData": {"createdAt": "2026-11-23T19:52:30Z"}}
    return read_job(raw | {"properties": properties | extra}, None)


def trial(
    number: int, value: float | None = None, status: str = "Completed", **parameters: str
) -> TrialRun:
    """Return a trial of the sweep ``s``."""
    return TrialRun(
        f"s_{number}",
        status,
        parameters,
        {} if value is None else {"loss": value},
        started_at=NOW,
        ended_at=NOW + timedelta(seconds=90),
    )


def facts(job: Any, **more: Any) -> RunFacts:
    """Return what was read of a job."""
    run = more.pop("run", None) or TrialRun(
        job.name, job.status, more.pop("parameters", {}), more.pop("metrics", {}), started_at=NOW
    )
    return RunFacts(job=job, run=run, read_at=NOW, **more)
