"""Manage batch endpoints."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import archive_commands, render, submission
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.endpoint_commands import add_commands
from amlrest.cli.errors import OK
from amlrest.cli.program import program
from amlrest.cli.screen import messages
from amlrest.cli.session import Session, pass_session
from amlrest.cli.transfer_progress import uploading

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

command = Group(
    "batch-endpoint",
    help=__doc__,
    example="amlrest batch-endpoint create endpoint.yml",
    resource="BatchEndpoint",
    collection="batch_endpoints",
    schema="batchEndpoint",
)

add_commands(command)

_JOB_COLUMNS: Columns = {
    "NAME": lambda job: job.name,
    "STATUS": lambda job: job.status,
    "CREATED": lambda job: render.moment(job.created_at),
}


def _places(
    _ctx: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for text in texts:
        name, _, place = text.partition("=")
        if not name or not place:
            raise click.BadParameter(f"{text!r} is not NAME=PLACE")
        if name in found:
            raise click.BadParameter(f"{name!r} is given twice")
        found[name] = place
    return found or None


@command.command(
    example=(
        "amlrest batch-endpoint invoke iris --input data --wait\n"
        "amlrest batch-endpoint invoke -n iris --input azureml:iris-rows@latest -d green --stream\n"
        "amlrest batch-endpoint invoke iris --input data "
        "--output-path azureml://datastores/workspaceblobstore/paths/scores/"
    )
)
@click.argument("name", cls=Name)
@click.option(
    "--input", "input_", metavar="PLACE", help="Path, URL, datastore URI or name of data."
)
@click.option(
    "--input-type",
    type=click.Choice(["uri_folder", "uri_file"]),
    help="Type of --input.  [default: what it is]",
)
@click.option(
    "--inputs", multiple=True, callback=_places, metavar="NAME=PLACE", help="Input; repeatable."
)
@click.option(
    "--deployment-name", "--deployment", "-d", metavar="NAME", help="Deployment, not the default."
)
@click.option("--output-path", metavar="URI", help="Folder in a datastore for the predictions.")
@click.option(
    "--outputs", multiple=True, callback=_places, metavar="NAME=URI", help="Output; repeatable."
)
@click.option("--output-file-name", metavar="NAME", help="File with the predictions.")
@click.option("--mini-batch-size", "-m", type=int, metavar="FILES", help="Files in a mini-batch.")
@click.option("--instance-count", "-c", type=int, metavar="NODES", help="Number of nodes.")
@click.option("--job-name", metavar="NAME", help="Name of the job.")
@click.option("--experiment-name", metavar="NAME", help="Experiment of the job.")
@submission.follow_options
@pass_session
def invoke(session: Session, /, **options: Any) -> int:
    """Run a deployment over files, as a job.

    A local file or folder is uploaded first. The predictions are in the output score of the job,
    which `job download` gets.
    """
    following = {name: options.pop(name) for name in submission.FOLLOWING}
    arguments = _arguments(**options)
    with session.connect() as workspace:
        with uploading() as on_progress:
            job = workspace.batch_endpoints.invoke(**arguments, on_progress=on_progress)
        status = submission.follow(session, workspace, job, **following)
    if status == OK:
        is_ended = following["then_wait"] or following["then_stream"]
        when = "" if is_ended else ", when it has ended,"
        get = f"{program()} job download {job.name}"
        messages().line(f"download the predictions{when} with: {get}")
    return status


def _arguments(
    *,
    input_: str | None,
    input_type: str | None,
    inputs: dict[str, str] | None,
    deployment_name: str | None,
    output_path: str | None,
    outputs: dict[str, str] | None,
    **others: Any,
) -> dict[str, Any]:
    """Return the arguments of `BatchEndpoints.invoke`."""
    from amlrest import Input
    from amlrest.resources.batch_jobs import OUTPUT

    if (input_ is None) == (inputs is None):
        raise click.UsageError("Give the data, as --input PLACE or as --inputs NAME=PLACE.")
    if output_path and outputs:
        raise click.UsageError("--output-path and --outputs: give one of the two.")
    if input_type and input_ is None:
        raise click.UsageError("--input-type needs --input.")
    return {
        "input": Input(input_, type=input_type) if input_ is not None else None,
        "inputs": inputs,
        "outputs": {OUTPUT: output_path} if output_path else outputs,
        "deployment": deployment_name,
        **others,
    }


@command.command("list-jobs", example="amlrest batch-endpoint list-jobs iris")
@click.argument("name", cls=Name)
@click.option("--deployment-name", "--deployment", "-d", metavar="NAME", help="Only its jobs.")
@archive_commands.job_limit_option
@pass_session
def list_jobs(session: Session, *, name: str, deployment_name: str | None, limit: int) -> None:
    """List the jobs of an endpoint, newest first."""
    with session.connect() as workspace:
        found = workspace.batch_endpoints.jobs(name, deployment_name)
        session.show_list(islice(found, limit or None), _JOB_COLUMNS)
