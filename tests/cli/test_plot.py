"""Plots of sweep jobs and metrics, read back from SVG, where the text stands in comments."""

import math
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from amlrest.cli import metric_plot, render, sweep_plot, trial_table
from amlrest.resources import trial_ranking
from amlrest.resources.any_job import read_job
from amlrest.resources.results import TrialRun

from tests.facade.reports import sweep, trial

CREATED = "2026-11-23T19:52:30Z"


def texts(svg: Path) -> list[str]:
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))
    every = ET.parse(svg, parser).getroot().iter()
    return [str(each.text).strip() for each in every if callable(each.tag)]


def goal() -> trial_table.Goal:
    job = read_job(
        {
            "name": "sweep-7",
            "systemData": {"createdAt": CREATED},
            "properties": {
                "jobType": "Sweep",
                "objective": {"primaryMetric": "loss", "goal": "Minimize"},
                "searchSpace": {"rate": ["loguniform", [-9, 0]], "depth": ["uniform", [1, 900]]},
                "trial": {"command": "train"},
                "maxTotalTrials": 3,
            },
        },
        None,
    )
    found = trial_table.goal_of(job)
    assert found is not None
    return found


def test_axes_are_true_to_the_distribution_and_the_title_has_name_and_date(tmp_path: Path) -> None:
    runs = [
        TrialRun(f"sweep-7_{i}", "Completed", {"rate": rate, "depth": depth}, {"loss": 1.0 + i})
        for i, (rate, depth) in enumerate([("0.001", "2"), ("0.01", "800"), ("0.5", "30")])
    ]
    path = tmp_path / "plots" / "sweep.svg"
    sweep_plot.draw(goal(), runs, path)
    found = texts(path)
    when = render.moment(datetime.fromisoformat(CREATED).astimezone(UTC))
    assert f"sweep-7, {when}" in found
    powers = [text for text in found if "10^{" in text]
    assert powers, "the loguniform hyperparameter has a logarithmic axis"
    assert not any("10^{2}" in text for text in powers), "the uniform one has a linear axis"
    assert {"loss (lower is better)", "rate", "depth"} <= set(found)


def test_failed_trials_choices_and_one_trial_are_drawn(tmp_path: Path) -> None:
    job = sweep(searchSpace={"n": ["choice", [[128, 16, 32]]], "rate": ["loguniform", [-9, 0]]})
    goal = trial_ranking.goal_of(job)
    assert goal is not None
    runs = [trial(0, 0.5, n="16", rate="0.1"), trial(1, None, "Failed", n="128", rate="0.2")]
    path = tmp_path / "sweep.svg"
    for chosen, said in ((runs, "2 trials, 1 without a value"), (runs[:1], "1 trial")):
        sweep_plot.draw(goal, chosen, path)
        found = texts(path)
        assert any(text.startswith(f"{said} · best loss 0.5: trial 0") for text in found)
        assert [text for text in found if text in {"16", "32", "128"}] == ["16", "32", "128"]
        assert ("no value" in found) == (len(chosen) > 1)
        assert "0.015" not in found, "trials have whole numbers"


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_metrics_are_drawn_by_step(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"metrics.{suffix}"
    histories = {"loss": [(0, 1.0), (1, math.nan), (2, 0.5)], "accuracy": [(0, 0.75)]}
    metric_plot.draw("job-3, today", histories, path)
    assert path.read_bytes()[:4] in (b"\x89PNG", b"<?xm", b"%PDF")
    if suffix == "svg":
        assert {"job-3, today", "loss", "accuracy", "step"} <= set(texts(path))
