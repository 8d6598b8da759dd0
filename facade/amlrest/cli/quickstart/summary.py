"""The last page of the quickstart: metrics, the best trial, all trials, the picture, what next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from amlrest.cli import render, trial_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amlrest.cli.quickstart.target import Place
    from amlrest.cli.quickstart.workflow import Outcome
    from amlrest.cli.screen import Screen
    from amlrest.resources.results import TrialRun

_SHOWN_METRICS = 8


def show(screen: Screen, outcome: Outcome, plot: Path, place: Place) -> Path | None:
    """Print what came of the quickstart and draw the picture; returns where it is, if anywhere."""
    drawn = None
    _heading(screen, "Metrics of the command job")
    screen.lines(_metrics(outcome.metrics))
    if outcome.goal and outcome.runs:
        drawn = _show_sweep(screen, outcome.goal, outcome.runs, plot)
    for failure in outcome.failures:
        screen.lines(["", *str(failure).splitlines()])
    screen.line()
    if outcome.reused:
        screen.line(f"Neither uploaded nor created again: {', '.join(outcome.reused)}.")
    screen.lines(_what_next(outcome, place))
    return drawn


def _show_sweep(
    screen: Screen, goal: trial_table.Goal, runs: Sequence[TrialRun], plot: Path
) -> Path | None:
    _heading(screen, f"Trials, {'largest' if goal.maximize else 'smallest'} {goal.metric} first")
    screen.lines(trial_table.table(goal, runs, screen.width))
    winner = trial_table.best(goal, runs)
    if winner is None:
        return None
    found = render.number(trial_table.value(goal, winner) or 0.0)
    _heading(screen, "Best trial")
    screen.lines(
        render.pairs(
            [
                ("name", winner.name),
                (goal.metric, found),
                *((p.lstrip("-"), trial_table.parameter(winner, p)) for p in goal.parameters),
            ]
        )
    )
    screen.line()
    problem = _draw(goal, runs, plot)
    screen.line(
        f"No picture: {problem}." if problem else f"Picture of the sweep: {plot.absolute()}"
    )
    return None if problem else plot


def _draw(goal: trial_table.Goal, runs: Sequence[TrialRun], plot: Path) -> str:
    """Draw the picture; returns why it could not be."""
    try:
        from amlrest.cli.quickstart.plot import draw
    except ImportError:
        return "matplotlib is not installed (pip install 'amlrest[local]')"
    try:
        draw(goal, runs, plot)
    except OSError as error:
        return f"{plot.absolute()} cannot be written: {error.strerror}"
    return ""


def _metrics(metrics: dict[str, float]) -> list[str]:
    if not metrics:
        return ["none were logged"]
    shown = sorted(metrics.items())[:_SHOWN_METRICS]
    left_out = len(metrics) - len(shown)
    return render.pairs(shown) + ([f"and {left_out} more"] if left_out else [])


def _what_next(outcome: Outcome, place: Place) -> list[str]:
    if place.state_dir is not None:
        folder = shlex.quote(str(place.state_dir))
        return [f"See the same runs in MLflow: amlrest local ui --state-dir {folder}"]
    jobs = (outcome.job, outcome.sweep)
    urls = [job.endpoints.get("Studio") for job in jobs if job is not None]
    return [f"See it in the studio: {url}" for url in urls if url]


def _heading(screen: Screen, text: str) -> None:
    screen.lines(["", screen.style(text, bold=True)])
