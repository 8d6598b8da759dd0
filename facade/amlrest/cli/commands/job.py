"""`amlrest job`: submit, find, stop."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import asset_columns, operation_progress, render, yaml_option
from amlrest.cli.click_classes import Group
from amlrest.cli.commands import job_results
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.session import Columns

_COLUMNS: Columns = {
    "NAME": lambda job: job.name,
    "TYPE": lambda job: job.job_type,
    "STATUS": lambda job: job.status,
    "EXPERIMENT": lambda job: getattr(job, "experiment_name", None),
    "CREATED": lambda job: render.moment(job.created_at),
}


def _command_of(job: Any) -> str | None:
    found = getattr(job, "command", None) or getattr(getattr(job, "trial", None), "command", None)
    return found if isinstance(found, str) else None


FACTS: Columns = _COLUMNS | {
    "COMPUTE": lambda job: str(getattr(job, "compute", None) or "").rpartition("/")[2],
    "COMMAND": _command_of,
    "DESCRIPTION": lambda job: job.description,
    "TAGS": lambda job: render.labels(job.tags),
    "STUDIO": lambda job: job.endpoints.get("Studio"),
    "ID": lambda job: job.id,
}


@click.group(cls=Group, example="amlrest job submit job.yml\namlrest job wait NAME")
def command() -> None:
    """Submit jobs, watch them, get what they left."""


@command.command(example="amlrest job submit job.yml --name iris-1 --wait")
@yaml_option.FILE
@click.option("--name", help="A GUID when neither this nor the file names it.")
@click.option("--wait", "then_wait", is_flag=True, help="Wait until it ends.")
@click.option("--stream", "then_stream", is_flag=True, help="Print its log until it ends.")
@pass_session
def submit(
    session: Session, *, file: Path, name: str | None, then_wait: bool, then_stream: bool
) -> int:
    """Submit a command or sweep job from a YAML file (CLI 2.0 preview).

    Code, data and environment that the file describes are registered first, unless the same
    is there already. A name that was used for the very same job gives that job.
    """
    from amlrest.cli import job_wait

    job = yaml_option.described(file, "job", "", name=name)
    with session.connect() as workspace:
        submitted = workspace.jobs.submit(job)
        messages().line("found, nothing was sent" if submitted.reused else "submitted")
        if then_stream:
            return job_wait.stream(workspace, submitted)
        if then_wait:
            submitted, status = job_wait.wait(workspace, submitted, None)
            session.show(submitted, FACTS)
            return status
        session.show(submitted, FACTS)
    return 0


@command.command("list", example="amlrest job list --status Running --limit 10")
@click.option("--type", "job_type", type=click.Choice(["command", "sweep"]), help="Only these.")
@click.option("--status", help="Only jobs with this status.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="KEY=VALUE",
    callback=asset_columns.tags,
    help="Only these.",
)
@click.option("--limit", default=50, show_default=True, help="At most so many; 0 for all.")
@pass_session
def list_(
    session: Session,
    *,
    job_type: str | None,
    status: str | None,
    tags: dict[str, str] | None,
    limit: int,
) -> None:
    """List jobs."""
    with session.connect() as workspace:
        if status:
            _note_unknown(status)
        found = workspace.jobs.list(job_type=job_type, status=status, tags=tags)
        session.show_list(islice(found, limit or None), _COLUMNS)


def _note_unknown(status: str) -> None:
    """Say that a status is a new one or misspelt; the service may know more than its document."""
    from amlrest.resources.jobs import statuses

    if status.lower() not in map(str.lower, statuses()):
        known = ", ".join(statuses())
        messages().line(f"{status!r} is no status of this API version; those are: {known}")


@command.command(example="amlrest job show NAME -o json | jq -r .properties.status")
@click.argument("name")
@pass_session
def show(session: Session, name: str) -> None:
    """Show one job."""
    with session.connect() as workspace:
        session.show(workspace.jobs.get(name), FACTS)


@command.command(example="amlrest job wait NAME --timeout 3600")
@click.argument("name")
@click.option("--timeout", type=float, metavar="SECONDS", help="Give up waiting after it.")
@pass_session
def wait(session: Session, name: str, timeout: float | None) -> int:
    """Wait until a job ends; exit status 3 if it failed or was canceled.

    Ctrl-C ends the waiting, not the job.
    """
    from amlrest.cli import job_wait

    with session.connect() as workspace:
        job, status = job_wait.wait(workspace, workspace.jobs.get(name), timeout)
        session.show(job, FACTS)
    return status


@command.command(example="amlrest job stream NAME")
@click.argument("name")
@pass_session
def stream(session: Session, name: str) -> int:
    """Print the log of a job as it grows, until the job ends.

    Log lines go to stdout, changes of status to stderr. Ctrl-C ends the printing, not the job.
    """
    from amlrest.cli import job_wait

    with session.connect() as workspace:
        return job_wait.stream(workspace, workspace.jobs.get(name))


@command.command(example="amlrest job cancel NAME")
@click.argument("name")
@pass_session
def cancel(session: Session, name: str) -> None:
    """Ask for a job to be canceled."""
    with session.connect() as workspace:
        workspace.jobs.cancel(name)
    messages().line(f"asked job {name} to end; to see it through: amlrest job wait {name}")


@command.command(example="amlrest job delete NAME --yes")
@click.argument("name")
@YES
@operation_progress.TIMEOUT
@pass_session
def delete(session: Session, *, name: str, yes: bool, timeout: float | None) -> None:
    """Delete a job and wait until it is gone."""
    confirm(f"Delete job {name}?", yes)
    with (
        session.connect() as workspace,
        operation_progress.shown(f"the end of job {name}", session.again),
    ):
        workspace.jobs.delete(name, timeout=timeout)
    messages().line(f"job {name} deleted")


for _each in (job_results.logs, job_results.download, job_results.metrics, job_results.trials):
    command.add_command(_each)
