"""Summary of the quickstart: metrics, trials, the best trial, the plot, the next commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest.cli import render, trial_table
from amlrest.cli.local_workspace import command_line
from amlrest.cli.program import missing_local_extra

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from amlrest.cli.quickstart.target import Target
    from amlrest.cli.quickstart.workflow import Outcome
    from amlrest.cli.screen import Screen
    from amlrest.resources.results import TrialRun

_SHOWN_METRICS = 8


def show(screen: Screen, outcome: Outcome, plot: Path) -> Path | None:
    """Print the results and draw the plot; return its path, or None if it was not written."""
    drawn = None
    _heading(screen, "Metrics of the command job")
    screen.lines(_metrics(outcome.metrics))
    if outcome.goal and outcome.runs:
        drawn = _show_sweep(screen, outcome.goal, outcome.runs, plot)
    for failure in outcome.failures:
        screen.lines(["", *str(failure).splitlines()])
    return drawn


def show_end(screen: Screen, outcome: Outcome, target: Target) -> None:
    """Print what existed already, and the next command."""
    screen.line()
    if outcome.reused:
        screen.line(f"Already existed, not sent again: {', '.join(outcome.reused)}.")
    screen.lines(_next_steps(outcome, target))


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
    with screen.activity("drawing the plot"):
        problem = _draw(goal, runs, plot)
    screen.line(f"No plot: {problem}" if problem else f"Plot of the sweep: {plot.absolute()}")
    return None if problem else plot


def _draw(goal: trial_table.Goal, runs: Sequence[TrialRun], plot: Path) -> str:
    """Draw the plot; return why it could not be drawn, or an empty text."""
    try:
        from amlrest.cli.sweep_plot import draw
    except ImportError:
        return f"matplotlib is not installed; {missing_local_extra()}"
    try:
        draw(goal, runs, plot)
    except OSError as error:
        return f"cannot write {plot.absolute()}: {error.strerror}"
    return ""


def _metrics(metrics: dict[str, float]) -> list[str]:
    if not metrics:
        return ["none"]
    shown = sorted(metrics.items())[:_SHOWN_METRICS]
    omitted = len(metrics) - len(shown)
    return render.pairs(shown) + ([f"and {omitted} more"] if omitted else [])


def _next_steps(outcome: Outcome, target: Target) -> list[str]:
    if target.state_dir is not None:
        up = "" if target.stays else f"{command_line('up --detach', target.state_dir)} && "
        return [f"Show the jobs in a browser: {up}{command_line('ui', target.state_dir)}"]
    jobs = (outcome.job, outcome.sweep)
    urls = [job.endpoints.get("Studio") for job in jobs if job is not None]
    return [f"Show it in the studio: {url}" for url in urls if url]


def _heading(screen: Screen, text: str) -> None:
    screen.lines(["", screen.style(text, bold=True)])
