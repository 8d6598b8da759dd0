"""What a notebook shows: representations, tables, data frames."""

import math
from html.parser import HTMLParser

import pandas as pd
import pytest
from amlrest import CommandJob, Environment, minimize
from amlrest.resources.any_job import read_job
from amlrest.resources.results import TrialRun
from amlrest.resources.tables import ResourceList, Trials
from amlrest.resources.trial_frame import frame
from amlrest.resources.trial_ranking import Goal
from hypothesis import given
from hypothesis import strategies as st


class Cells(HTMLParser):
    """Collects the text of table cells, the tags and the links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        if tag in ("th", "td"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def job(**properties: object) -> object:
    return read_job(
        {
            "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices"
            "/workspaces/w/jobs/j1",
            "name": "j1",
            "properties": {"jobType": "Command", "command": "train", **properties},
        },
        None,
    )


def test_a_job_shows_its_status() -> None:
    assert repr(job(status="Running")).startswith("CommandJob(name='j1', status='Running', ")
    assert "status" not in repr(CommandJob(command="train", environment="e:1", compute="c"))


def test_html_holds_the_facts_and_no_markup_of_others() -> None:
    studio = "https://ml.azure.com/runs/j1?wsid=/a&tid=b"
    shown = job(
        status="Completed",
        tags={"<b>": "<script>alert(1)</script>"},
        interactionEndpoints={"Studio": {"endpoint": studio}},
    )
    found = Cells(shown._repr_html_())  # type: ignore[attr-defined]
    facts = dict(zip(found.cells[::2], found.cells[1::2], strict=True))
    assert (facts["name"], facts["status"], facts["command"]) == ("j1", "Completed", "train")
    assert facts["tags"] == "<b>=<script>alert(1)</script>"
    assert "script" not in found.tags
    assert found.links == [studio]
    assert "name" in Cells(Environment(name="e", image="i")._repr_html_()).cells


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://ml.azure.com/runs/j1", True),
        ("http://127.0.0.1:8000/jobs/j1", True),
        ("http://elsewhere.example/jobs/j1", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_only_the_web_and_this_machine_are_links(url: str, is_link: bool) -> None:
    shown = job(status="Completed", interactionEndpoints={"Studio": {"endpoint": url}})
    assert Cells(shown._repr_html_()).links == [url] * is_link  # type: ignore[attr-defined]
    assert Cells(ResourceList([shown])._repr_html_()).links == [url] * is_link


def test_signatures_are_not_in_html() -> None:
    signed = "https://x.blob.core.windows.net/c/log.txt?sv=1&sig=SECRET"
    assert "SECRET" not in job(command=f"curl '{signed}'")._repr_html_()  # type: ignore[attr-defined]


def test_a_trial_shows_its_parameters_and_metrics() -> None:
    trial = TrialRun("s_1", "Completed", {"rate": "0.12345678"}, {"loss": 0.25, "n": 3.0})
    found = Cells(trial._repr_html_()).cells
    assert found == [
        "name", "s_1", "status", "Completed", "rate", "0.1235", "loss", "0.25", "n", "3",
    ]  # fmt: skip


NUMBERS = st.floats() | st.none()


@given(st.lists(st.tuples(st.text(max_size=8), NUMBERS), max_size=40))
def test_trials_are_shown_from_best_to_worst_whatever_they_log(
    logged: list[tuple[str, float | None]],
) -> None:
    goal = Goal("s", minimize("loss"), ("--rate",), len(logged))
    trials = Trials(
        [
            TrialRun(f"s_{n}", "Completed", {"rate": rate}, {} if loss is None else {"loss": loss})
            for n, (rate, loss) in enumerate(logged)
        ],
        goal,
    )
    html = trials._repr_html_()
    assert html.count("<tr") == (min(len(logged), 20) + 1 if logged else 0)
    assert ("nothing found" in html) == (not logged)
    assert ("… " in html.rpartition("</table>")[2]) == (len(logged) > 20)
    finite = [loss for _, loss in logged if loss is not None and math.isfinite(loss)]
    if finite:
        assert trials.best is not None
        assert trials.best.metrics["loss"] == min(finite)
        assert html.index("★") < html.index("</td><td")
    else:
        assert trials.best is None
        assert "★" not in html


def test_trials_are_a_frame_with_numbers() -> None:
    trials = [
        TrialRun("s_0", "Completed", {"rate": "0.5", "depth": "3", "kind": "tree"}, {"loss": 0.25}),
        TrialRun("s_1", "Failed", {"rate": "1e-3", "depth": "4", "kind": "1_0"}, {}),
        TrialRun("s_2", "Completed", {"rate": "1"}, {"loss": 1.0, "rate": 9.0}),
    ]
    found = frame(trials)
    assert list(found.index) == ["s_0", "s_1", "s_2"]
    assert list(found.columns) == ["status", "rate", "depth", "kind", "loss", "metrics.rate"]
    assert list(found["rate"]) == [0.5, 0.001, 1]
    assert found.loc["s_1", "kind"] == "1_0"
    assert pd.isna(found.loc["s_1", "loss"])
    assert found["loss"].idxmin() == "s_0"
    assert found.loc["s_2", "metrics.rate"] == 9.0


def test_a_sweep_without_trials_is_an_empty_frame_that_can_be_sorted() -> None:
    assert len(frame([])) == 0
    waiting = frame(Trials([], Goal("s", minimize("loss"), ("--rate", "depth"), 4)))
    assert list(waiting.columns) == ["status", "rate", "depth", "loss"]
    assert len(waiting.sort_values("loss")) == 0
    assert waiting.index.name == "trial"


def test_without_pandas_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from amlrest.errors import AmlrestError

    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(AmlrestError, match="pip install pandas"):
        frame([])
