"""Commands for the results of a job: logs, files, metrics, plots, trials."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amlrest.cli import render, trial_choice
from amlrest.cli.click_classes import Command, Name
from amlrest.cli.errors import CommandError
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import Session, pass_session
from amlrest.cli.transfer_progress import downloading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest import Workspace


@click.command(cls=Command, example="amlrest job logs NAME\namlrest job logs SWEEP --best")
@click.argument("name", cls=Name)
@click.argument("log", required=False)
@trial_choice.options
@click.option("--list", "only_list", is_flag=True, help="Print only the names of its logs.")
@pass_session
def logs(
    session: Session, *, name: str, log: str | None, trial: str | None, best: bool, only_list: bool
) -> None:
    """Print the logs of a job or trial, or one of them.

    Without LOG, the copies of stdout and stderr are left out where a log has both. Of a sweep job
    without --trial that has no log of its own, those of the best trial are printed, or of one that
    failed.
    """
    from amlrest.resources.logs import without_copies

    with session.connect() as workspace:
        subject = trial_choice.choose(workspace, name, trial, best)
        found = workspace.jobs.logs(subject.known)
        if subject.is_sweep and not found:
            subject, kind = trial_choice.telling(workspace, subject.job)
            messages().line(f"logs of the {kind} trial, {subject.name}:")
            found = workspace.jobs.logs(subject.name)
        if log:
            sys.stdout.write(workspace.jobs.log_text(subject.known, log))
        elif session.is_data:
            session.put(sorted(found))
        elif only_list:
            Screen(sys.stdout).lines(sorted(found))
        else:
            _print_logs(workspace, subject.name, without_copies(found))


@click.command(
    cls=Command,
    example="amlrest job download NAME --to results\namlrest job download SWEEP --best",
    without=("output",),
)
@click.argument("name", cls=Name)
@trial_choice.options
@click.option(
    "--to",
    "--download-path",
    "-p",
    "destination",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder.  [default: named after the job]",
)
@click.option("--output-name", metavar="NAME", help="Only this named output.")
@click.option("--all", "everything", is_flag=True, help="Everything, which is the default.")
@pass_session
def download(
    session: Session,
    *,
    name: str,
    trial: str | None,
    best: bool,
    destination: Path | None,
    output_name: str | None,
    everything: bool,
) -> None:
    """Download outputs and logs of a job or trial.

    Of a sweep job without --trial, the best trial is downloaded. A named output is written to
    named-outputs/NAME in the folder; that of the job of a batch endpoint comes with the others.
    """
    if everything and output_name:
        raise click.UsageError("--all and --output-name exclude each other.")
    with session.connect() as workspace:
        subject = trial_choice.choose(workspace, name, trial, best)
        if chosen := subject.is_sweep:
            subject = trial_choice.best_of(workspace, subject.job)
        target = destination or Path(subject.name)
        with downloading() as progress:
            workspace.jobs.download(
                subject.name, target, output_name=output_name, on_progress=progress
            )
    if not progress.files:
        status = subject.run.status if subject.run else subject.job.status
        raise CommandError(f"{subject.name} has no outputs or logs; it is {status}")
    which = ", the best trial," if chosen else ""
    count = f"{progress.files} {'file' if progress.files == 1 else 'files'}"
    messages().line(f"{count} of {subject.name}{which} in {target}")


@click.command(
    cls=Command, example="amlrest job metrics NAME\namlrest job metrics NAME --history loss"
)
@click.argument("name", cls=Name)
@trial_choice.options
@click.option("--history", metavar="METRIC", help="Print every value of one metric.")
@pass_session
def metrics(
    session: Session, *, name: str, trial: str | None, best: bool, history: str | None
) -> None:
    """Show the last values of the metrics of a job or trial.

    Of a sweep job without --trial, those of the best trial are shown.
    """
    with session.connect() as workspace:
        subject = trial_choice.choose(workspace, name, trial, best)
        if subject.is_sweep and not workspace.jobs.metrics(subject.name):
            subject = trial_choice.best_of(workspace, subject.job)
            messages().line(f"metrics of the best trial, {subject.name}:")
        if history:
            steps = workspace.jobs.metric_history(subject.name, history)
            _show_rows(session, ("STEP", "VALUE"), steps)
        else:
            last = sorted(workspace.jobs.metrics(subject.name).items())
            if not last:
                messages().line(f"{subject.name} has logged no metrics")
            rows = [(metric, render.whole(value)) for metric, value in last]
            _show_rows(session, ("METRIC", "VALUE"), rows)


@click.command(cls=Command, example="amlrest job trials NAME")
@click.argument("name", cls=Name)
@pass_session
def trials(session: Session, name: str) -> None:
    """Show the trials of a sweep job, best first."""
    from amlrest.cli import trial_table

    with session.connect() as workspace:
        job = workspace.jobs.get(name)
        goal = trial_choice.sweep_goal(job)
        runs = trial_table.ranked(goal, workspace.jobs.trials(job))
    if session.is_data:
        session.put([trial_table.as_json(run) for run in runs])
    else:
        session.put_rows(*trial_table.rows(goal, runs))


@click.command(
    cls=Command,
    example="amlrest job plot NAME\namlrest job plot SWEEP --to sweep.svg",
    without=("output",),
)
@click.argument("name", cls=Name)
@trial_choice.options
@click.option(
    "--to",
    "destination",
    type=click.Path(dir_okay=False, path_type=Path),
    help="PNG, SVG or PDF file.  [default: NAME.png]",
)
@pass_session
def plot(
    session: Session, *, name: str, trial: str | None, best: bool, destination: Path | None
) -> None:
    """Draw the trials of a sweep job, or the metrics of a job.

    A trial is drawn like a job.
    """
    from amlrest.cli import job_plot

    with session.connect() as workspace:
        subject = trial_choice.choose(workspace, name, trial, best)
        path = destination or Path(f"{subject.name}.png")
        job_plot.draw(workspace, subject, path)
    messages().line(f"plot written to {path}")


@click.command(
    cls=Command,
    example="amlrest job report NAME\namlrest job report JOB OTHER --to comparison.html",
    without=("output",),
)
@click.argument("names", cls=Name, nargs=-1, required=True, metavar="NAME [...]")
@trial_choice.options
@click.option(
    "--to",
    "destination",
    type=click.Path(dir_okay=False, path_type=Path),
    help="HTML file.  [default: NAME.html]",
)
@click.option("--web", "-e", "then_open", is_flag=True, help="Open the report in a browser.")
@pass_session
def report(
    session: Session,
    *,
    names: tuple[str, ...],
    trial: str | None,
    best: bool,
    destination: Path | None,
    then_open: bool,
) -> None:
    """Write a report of one job or several as an HTML file.

    The file needs no server and loads nothing. Sweep jobs are compared by their best trials. A
    file that is not a report is never overwritten.
    """
    with session.connect() as workspace:
        names = tuple(dict.fromkeys(names))
        if trial is not None or best:
            names = tuple(trial_choice.choose(workspace, each, trial, best).name for each in names)
        target = destination or Path(f"{_file_name(names)}.html")
        with messages().activity(f"reading {', '.join(names)}"):
            path = workspace.jobs.report(names, target)
    messages().line(f"report written to {path}")
    if then_open:
        click.launch(path.resolve().as_uri())


def _file_name(names: Sequence[str]) -> str:
    """Return the name of the only job, without the path of an ARM id, or what several are."""
    return names[0].rpartition("/")[2] if len({*names}) == 1 else "comparison"


def _show_rows(
    session: Session, headings: tuple[str, str], rows: Sequence[tuple[str | int, float]]
) -> None:
    if session.is_data:
        session.put([list(row) for row in rows] if headings[0] == "STEP" else dict(rows))
    elif rows:
        session.put_rows(headings, rows)


def _print_logs(workspace: Workspace, job: str, names: list[str]) -> None:
    if not names:
        messages().line(f"job {job} has no logs yet")
    for log in names:
        if len(names) > 1:
            messages().line(f"==> {log} <==")
        sys.stdout.write(workspace.jobs.log_text(job, log))
        sys.stdout.flush()


COMMANDS = (logs, download, metrics, plot, report, trials)
"""In the group `job`."""
