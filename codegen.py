"""Command line that pins an API version and generates the client from it."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_steps import bump_report
from codegen_steps.bump import Bump, bump, compare, left_to_do, summary
from codegen_steps.diff.report import FORMATS
from codegen_steps.emit.generate import generate
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Pinned, Selection, pin
from codegen_steps.pinned_document import read_pinned
from codegen_steps.problems import CodegenError, progress
from codegen_steps.provenance import current_version
from codegen_steps.verify.check import Report, check

LAYOUT = Layout(Path(__file__).resolve().parent)
FROM = click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="Official documents: git checkout, folder, zip or tar file.",
)
DOCUMENTS = click.option(
    "--documents", multiple=True, help="File to read; repeatable. [default: all files]"
)
COMMIT = click.option("--commit", help="Commit to record, if the source is not a git checkout.")


class Commands(click.Group):
    """A group whose commands report a CodegenError as a message, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except CodegenError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-q", "--quiet", is_flag=True, help="Do not report progress on stderr.")
def main(*, quiet: bool) -> None:
    """Pin an API version, generate the client from it, and compare versions."""
    progress.enabled = not quiet


@main.command("pin")
@click.option("--api-version", required=True, help="Version to pin, such as 2022-05-01.")
@FROM
@DOCUMENTS
@COMMIT
def pin_command(
    api_version: str, source: Path, documents: tuple[str, ...], commit: str | None
) -> None:
    """Convert a version's official documents to spec/<version>."""
    show_pinned(pin(LAYOUT, Selection(source, api_version, documents, commit)), api_version)


@main.command("generate")
@click.option(
    "--api-version", help="Pinned version; becomes the current one. [default: spec/current.toml]"
)
def generate_command(api_version: str | None) -> None:
    """Generate the client and the synchronous API."""
    version = api_version or current_version(LAYOUT.spec)
    generate(LAYOUT, version)
    click.echo(f"generated/amlrest_client: {version}")


@main.command("check")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Official documents: compare the pinned document with them as well.",
)
def check_command(source: Path | None) -> None:
    """Check that generated files are up to date, and that every attribute has its place.

    Every attribute of a resource class needs a place in the request schema of each pinned version,
    or a declaration that the version cannot express it.
    """
    version = current_version(LAYOUT.spec)
    report = check(LAYOUT, version, source)
    show_checked(report, version)
    if report.problems:
        raise click.ClickException(
            f"{len(report.problems)} problems; for a file that is out of date run "
            "`python codegen.py generate`."
        )


@main.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
def diff_command(old: str, new: str, form: str) -> None:
    """List the changes between the pinned versions OLD and NEW."""
    documents = read_pinned(LAYOUT, old), read_pinned(LAYOUT, new)
    click.echo(FORMATS[form](old, new, compare(LAYOUT, *documents)))


@main.command("bump")
@click.argument("api_version")
@FROM
@DOCUMENTS
@COMMIT
@click.option("--full", is_flag=True, help="List every change of the documents as well.")
def bump_command(
    api_version: str, source: Path, documents: tuple[str, ...], commit: str | None, *, full: bool
) -> None:
    """Move to another API version in one step.

    Pins API_VERSION, generates and checks the client, and lists what the library cannot express
    in that version, what is new in it, and the manual steps.
    """
    show_bump(bump(LAYOUT, Selection(source, api_version, documents, commit)), full=full)


def show_bump(done: Bump, *, full: bool) -> None:
    """Print the result of a bump and the manual steps."""
    show_pinned(done.pinned, done.new)
    if done.carried:
        click.echo(f"patches: {len(done.carried)} of {done.old} carried over")
    show_checked(done.report, done.new)
    click.echo()
    click.echo(f"{done.old} → {done.new}")
    for line in summary(done):
        click.echo(line)
    if full:
        click.echo()
        click.echo(FORMATS["text"](done.old, done.new, done.changes))
    click.echo("\nLEFT TO DO BY HAND")
    for number, line in enumerate(left_to_do(done), 1):
        click.echo(f"  {number}. {line}")


def show_pinned(pinned: Pinned, api_version: str) -> None:
    """Print the size of a pinned document and the decisions made."""
    paths = pinned.document["paths"].values()
    click.echo(
        f"spec/{api_version}: {sum(len(item) for item in paths)} operations, "
        f"{len(pinned.document['components']['schemas'])} schemas "
        f"from {len(pinned.sources.own)} documents"
    )
    for line in pinned.decisions:
        click.echo(f"decided: {line}")


def show_checked(report: Report, api_version: str) -> None:
    """Print what was checked and the problems found."""
    inventory = report.inventory
    click.echo(
        f"generated/amlrest_client: {api_version}, {len(inventory.operations)} operations, "
        f"{len(inventory.names)} models and enums, {inventory.modules} modules imported"
    )
    for version, found in report.places.items():
        click.echo(
            f"{version}: {len(found.placed)} attributes placed, {len(found.absent)} not in this "
            f"version ({len(found.read_only)} of them read-only), {len(found.missing)} without a "
            f"place; {len(found.unnamed)} fields without an attribute"
        )
        for line in bump_report.by_class(found.unnamed):
            click.echo(f"  {line}")
    for version, compared in report.fidelity.items():
        click.echo(
            f"official documents of {version}: {compared.operations} operations, "
            f"{compared.definitions} definitions, {compared.facts} facts compared"
        )
    for line in report.problems:
        click.echo(f"problem: {line}", err=True)


if __name__ == "__main__":
    main()
