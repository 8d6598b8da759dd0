"""The commands of `amlrest job` that fetch what a job left."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amlrest.cli import render
from amlrest.cli.click_classes import Command
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import Session, pass_session, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest import Workspace
    from amlrest._files.transfer import Progress


@click.command(cls=Command, example="amlrest job logs NAME\namlrest job logs NAME --list")
@click.argument("name")
@click.argument("log", required=False)
@click.option("--list", "only_list", is_flag=True, help="Only the names of its logs.")
@pass_session
def logs(session: Session, *, name: str, log: str | None, only_list: bool) -> None:
    """Print the logs of a job, or one of them."""
    with session.connect() as workspace:
        if log:
            sys.stdout.write(workspace.jobs.log_text(name, log))
            return
        names = sorted(workspace.jobs.logs(name))
        if session.as_json:
            print_json(names)
        elif only_list:
            Screen(sys.stdout).lines(names)
        else:
            _print_logs(workspace, name, names)


@click.command(cls=Command, example="amlrest job download NAME --to results")
@click.argument("name")
@click.option(
    "--to",
    "destination",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder; one called like the job by default.",
)
@pass_session
def download(session: Session, name: str, destination: Path | None) -> None:
    """Download the outputs and logs of a job."""
    target = destination or Path(name)
    screen = messages()
    seen: list[Progress] = []
    with session.connect() as workspace, screen.block(lambda: _transfer(seen)):
        workspace.jobs.download(name, target, on_progress=seen.append)
    files = seen[-1].files_total if seen else 0
    screen.line(f"{files} files in {target}")


@click.command(
    cls=Command, example="amlrest job metrics NAME\namlrest job metrics NAME --history loss"
)
@click.argument("name")
@click.option("--history", metavar="METRIC", help="Every value of one metric, by step.")
@pass_session
def metrics(session: Session, name: str, history: str | None) -> None:
    """Show the last values of the metrics a job logged."""
    with session.connect() as workspace:
        if history:
            steps = workspace.jobs.metric_history(name, history)
            _show_rows(session, ("STEP", "VALUE"), steps)
        else:
            last = workspace.jobs.metrics(name)
            _show_rows(session, ("METRIC", "VALUE"), sorted(last.items()))


@click.command(cls=Command, example="amlrest job trials NAME")
@click.argument("name")
@pass_session
def trials(session: Session, name: str) -> None:
    """Show the trials of a sweep, the best first."""
    from amlrest.cli import trial_table as view
    from amlrest.cli.errors import CommandError

    with session.connect() as workspace:
        job = workspace.jobs.get(name)
        goal = view.goal_of(job)
        if goal is None:
            raise CommandError(f"job {name} is a {job.job_type} job; only a sweep has trials")
        runs = view.ranked(goal, workspace.jobs.trials(job))
    if session.as_json:
        print_json([view.as_json(run) for run in runs])
        return
    screen = Screen(sys.stdout)
    screen.lines(view.table(goal, runs, screen.width))


def _show_rows(
    session: Session, headings: tuple[str, str], rows: Sequence[tuple[str | int, float]]
) -> None:
    if session.as_json:
        print_json([list(row) for row in rows] if headings[0] == "STEP" else dict(rows))
        return
    screen = Screen(sys.stdout)
    screen.lines(render.table(headings, rows, screen.width))


def _print_logs(workspace: Workspace, job: str, names: list[str]) -> None:
    if not names:
        messages().line(f"job {job} has no logs yet")
    for log in names:
        if len(names) > 1:
            messages().line(f"==> {log} <==")
        sys.stdout.write(workspace.jobs.log_text(job, log))
        sys.stdout.flush()


def _transfer(seen: list[Progress]) -> list[str]:
    if not seen:
        return ["looking for files …"]
    last = seen[-1]
    return [f"{render.bar(last.bytes_done, last.bytes_total)} {last.files_done}/{last.files_total}"]
