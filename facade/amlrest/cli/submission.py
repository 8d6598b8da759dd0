"""Commands that submit a job: what they print of it, and how they follow it."""

from __future__ import annotations

import os
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.errors import OK
from amlrest.cli.local_workspace import has_desktop, open_page
from amlrest.cli.operation_progress import TIMEOUT
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest import Workspace
    from amlrest.cli.session import Columns, Session

COLUMNS: Columns = {
    "NAME": lambda job: job.name,
    "TYPE": lambda job: job.job_type,
    "STATUS": lambda job: job.status,
    "EXPERIMENT": lambda job: getattr(job, "experiment_name", None),
    "CREATED": lambda job: render.moment(job.created_at),
}


def _command_of(job: Any) -> str | None:
    from amlrest.resources.jobs import command_of

    return command_of(job)


FACTS: Columns = COLUMNS | {
    "COMPUTE": lambda job: str(getattr(job, "compute", None) or "").rpartition("/")[2],
    "COMMAND": _command_of,
    "DESCRIPTION": lambda job: job.description,
    "TAGS": lambda job: render.labels(job.tags),
    "STUDIO": lambda job: job.endpoints.get("Studio"),
    "ID": lambda job: job.id,
}


FOLLOWING = ("then_wait", "then_stream", "then_open", "timeout")
"""Arguments of `follow` that `follow_options` adds."""


def follow_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for what happens after a job was submitted: `follow` takes them."""

    @wraps(function)
    def checked(*arguments: Any, **options: Any) -> Any:
        if options["timeout"] is not None and not options["then_wait"] | options["then_stream"]:
            raise click.UsageError("--timeout ends a wait; add --wait or --stream.")
        return function(*arguments, **options)

    command: Callable[..., Any] = checked
    for option in (
        click.option(
            "--web",
            "-e",
            "then_open",
            is_flag=True,
            help="Open the job's page in a browser.",
        ),
        click.option(
            "--stream", "-s", "then_stream", is_flag=True, help="Stream its log until it ends."
        ),
        click.option(
            "--wait/--no-wait", "then_wait", help="Wait until it ends.  [default: --no-wait]"
        ),
        TIMEOUT,
    ):
        command = option(command)
    return command


def follow(
    session: Session,
    workspace: Workspace,
    job: Any,
    *,
    then_wait: bool,
    then_stream: bool,
    then_open: bool,
    timeout: float | None,
) -> int:
    """Print name and link of a job that was submitted, and follow it if asked to.

    Returns:
        The exit status.

    Raises:
        CommandError: the job is still running after the timeout.
    """
    from amlrest.cli import job_progress

    _announce(job)
    if then_open:
        _open_page(session.settings().endpoint, job)
    if then_stream:
        return job_progress.stream(workspace, job, timeout)
    status = OK
    if then_wait:
        job, status = job_progress.wait(workspace, job, timeout)
    session.show(job, FACTS)
    return status


def _announce(job: Any) -> None:
    what = "already exists, nothing was sent" if job.reused else "submitted"
    messages().line(f"{what}: {job.name}")
    if link := job.endpoints.get("Studio"):
        messages().line(f"    {link}")


def _open_page(endpoint: str, job: Any) -> None:
    link, token = job.endpoints.get("Studio"), os.environ.get("AMLREST_TOKEN")
    if link is None:
        messages().line(f"job {job.name} has no page: the service named no Studio link")
    elif token and link.startswith(f"{endpoint}/jobs/"):  # only a local workspace has it there
        path = link.removeprefix(endpoint)
        if once := open_page(endpoint, token, path, browser=has_desktop()):
            messages().line(f"    {once}")
    else:
        click.launch(link)
