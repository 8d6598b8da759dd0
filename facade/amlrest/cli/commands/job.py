"""Submit, monitor and download jobs."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import (
    archive_commands,
    job_result_commands,
    render,
    submission,
    trial_choice,
    yaml_option,
)
from amlrest.cli.asset_commands import tag_option
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.errors import ERROR, OK, ProblemsError
from amlrest.cli.operation_progress import TIMEOUT, wait_options
from amlrest.cli.program import program
from amlrest.cli.resource_commands import add_delete
from amlrest.cli.screen import messages
from amlrest.cli.session import Session, pass_session
from amlrest.cli.transfer_progress import uploading

if TYPE_CHECKING:
    from amlrest.cli.session import Columns
    from amlrest.jobfile.problems import Problem

command = Group(
    "job",
    help=__doc__,
    collection="jobs",
    example="amlrest job submit job.yml\namlrest job wait NAME",
    resource="Job",
    schema="commandJob",
    reader="submit",
)

add_delete(command, "Delete a job.", "NAME", wait_options)


@command.command(example="amlrest job submit job.yml --name iris-1 --wait")
@yaml_option.file_argument
@click.option("--name", "-n", help="Job name.  [default: the file's or a GUID]")
@submission.follow_options
@pass_session
def submit(session: Session, /, *, file: Path, name: str | None, **following: Any) -> int:
    """Submit a job from a YAML file.

    The file describes a command or sweep job as az ml reads it, or as the CLI 2.0 preview of 2021
    did. Its code, data and environment are registered first unless they already exist. Submitting
    the same job under the same name again returns the existing job. Its name and link are printed
    at once.
    """
    job = yaml_option.load_or_create(file, command, name=name)
    with session.connect() as workspace:
        with uploading() as on_progress:
            submitted = workspace.jobs.submit(job, on_progress=on_progress)
        return submission.follow(session, workspace, submitted, **following)


@command.command(example="amlrest job validate job.yml")
@yaml_option.file_argument
@pass_session
def validate(session: Session, file: Path) -> int:
    """Check a job's YAML file and the local files it names.

    Prints all problems, each with file, line, column and key. Nothing is sent, and no workspace is
    needed; what the file names in a workspace is not looked up.
    """
    problems = _problems(session, file)
    if not session.is_table:
        session.put({"result": "Failed" if problems else "Succeeded", "errors": problems})
    elif problems:
        raise ProblemsError("\n".join(problems))
    else:
        messages().line(f"{file} is valid")
    return ERROR if problems else OK


def _problems(session: Session, file: Path) -> list[str]:
    """Return all problems: those of the file, and of the job as far as it could be read."""
    from amlrest.errors import ValidationError
    from amlrest.jobfile.problems import FileError, Partial
    from amlrest.resources.job_arguments import problems_of
    from amlrest.resources.jobs import ComputeJob

    noted: list[Problem] = []
    try:
        found = Partial(yaml_option.load(file, command))
    except FileError as error:
        noted, found = error.problems, error.partial or Partial(None)
    except ValidationError as error:
        return str(error).splitlines()
    if not isinstance(found.value, ComputeJob):
        return list(map(str, noted))
    wrong = problems_of(found.value, session.scope, found.unread)
    located = [found.value.origin.locate(each) for each in wrong]
    in_file = [each for error in located if isinstance(error, FileError) for each in error.problems]
    others = [str(error) for error in located if not isinstance(error, FileError)]
    return [*str(FileError([*noted, *in_file])).splitlines(), *others]


def _experiments(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from amlrest.cli.completion import names

    found = names(ctx.ensure_object(Session), "jobs#experiment_name")
    return [each for each in found if each.startswith(incomplete)]


def _statuses(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from amlrest.resources.jobs import statuses

    return [each for each in statuses() if each.lower().startswith(incomplete.lower())]


@command.command("list", example="amlrest job list --status Running --limit 10")
@click.option(
    "--type",
    "job_type",
    type=click.Choice(["command", "sweep"], case_sensitive=False),
    help="Job type.",
)
@click.option("--status", shell_complete=_statuses, help="Job status.")
@click.option("--experiment", shell_complete=_experiments, help="Experiment name.")
@tag_option("Tag; repeatable.")
@archive_commands.options
@archive_commands.job_limit_option
@pass_session
def list_(
    session: Session,
    *,
    job_type: str | None,
    status: str | None,
    experiment: str | None,
    tags: dict[str, str] | None,
    archived: bool | None,
    limit: int,
) -> None:
    """List jobs."""
    with session.connect() as workspace:
        if status:
            _warn_of_unknown(status)
        found = workspace.jobs.list(
            job_type=job_type,
            status=status,
            experiment_name=experiment,
            tags=tags,
            archived=archived,
        )
        session.show_list(islice(found, limit or None), submission.COLUMNS)


def _warn_of_unknown(status: str) -> None:
    """Print a note only: the service may have statuses that its document does not."""
    from amlrest.resources.jobs import statuses

    if status.lower() not in map(str.lower, statuses()):
        messages().line(f"unknown status {status!r}; known statuses: {', '.join(statuses())}")


_TRIAL_FACTS: Columns = {
    "NAME": lambda run: run.name,
    "STATUS": lambda run: run.status,
    "PARAMETERS": lambda run: render.labels(run.parameters),
    "METRICS": lambda run: ", ".join(f"{k}={render.number(v)}" for k, v in run.metrics.items()),
}


@command.command(example="amlrest job show NAME -o json | jq -r .properties.status")
@click.argument("name", cls=Name)
@trial_choice.options
@click.option(
    "--dialect",
    type=click.Choice(["v2", "2021"]),
    default="v2",
    show_default=True,
    help="Dialect of -o yaml.",
)
@pass_session
def show(session: Session, *, name: str, trial: str | None, best: bool, dialect: str) -> None:
    """Show a job; with -o yaml as a file that `job submit` reads."""
    from amlrest.cli import trial_table

    with session.connect() as workspace:
        found = trial_choice.choose(workspace, name, trial, best)
    if found.run is None:
        session.show(found.job, submission.FACTS, dialect)
    elif session.is_data:
        session.put(trial_table.as_json(found.run))
    else:
        session.show(found.run, _TRIAL_FACTS)


@command.command(example="amlrest job wait NAME --timeout 3600")
@click.argument("name", cls=Name)
@TIMEOUT
@pass_session
def wait(session: Session, name: str, timeout: float | None) -> int:
    """Wait until a job ends.

    The exit status is 3 if the job failed or was canceled. Ctrl-C ends the wait, not the job.
    """
    from amlrest.cli import job_progress

    with session.connect() as workspace:
        job, status = job_progress.wait(workspace, workspace.jobs.get(name), timeout)
        session.show(job, submission.FACTS)
    return status


@command.command(example="amlrest job stream NAME", without=("output",))
@click.argument("name", cls=Name)
@TIMEOUT
@pass_session
def stream(session: Session, name: str, timeout: float | None) -> int:
    """Stream the log of a job until it ends.

    Log lines go to stdout, status changes to stderr. Ctrl-C ends the stream, not the job.
    """
    from amlrest.cli import job_progress

    with session.connect() as workspace:
        return job_progress.stream(workspace, workspace.jobs.get(name), timeout)


@command.command(example="amlrest job cancel NAME", without=("output",))
@click.argument("name", cls=Name)
@pass_session
def cancel(session: Session, name: str) -> None:
    """Request the cancellation of a job.

    It is an error if the job has completed or failed.
    """
    with session.connect() as workspace:
        if not workspace.jobs.cancel(name):
            messages().line(f"job {name} is canceled already")
            return
    wait_for_it = f"{program()} job wait {name}"
    messages().line(f"cancellation of {name} requested; wait with: {wait_for_it}")


for each in job_result_commands.COMMANDS:
    command.add_command(each)
archive_commands.add_archive(command, "a job", click.argument("name", cls=Name), "NAME")
archive_commands.add_update(
    command, "a job", click.argument("name", cls=Name), "NAME --set tags.stage=done"
)
