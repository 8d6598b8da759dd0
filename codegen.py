"""The command that pins the API document and derives the client from it.

python codegen.py pin --from PATH --api-version V
python codegen.py generate
python codegen.py check
python codegen.py diff OLD NEW
python codegen.py bump V --from PATH
"""

from __future__ import annotations

from pathlib import Path

import click

from codegen_steps.bump import Bump, bump, compare, left_to_do
from codegen_steps.diff.report import FORMATS
from codegen_steps.emit.generate import generate, read_pinned
from codegen_steps.layout import Layout
from codegen_steps.pin.pin import Pinned, Wanted, pin
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import current_version
from codegen_steps.verify.check import Report, check

LAYOUT = Layout(Path(__file__).resolve().parent)


class Commands(click.Group):
    """A group whose commands end with a message, not a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an input that cannot be used is the caller's to mend."""
        try:
            return super().invoke(ctx)
        except CodegenError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Pin the API document, derive the client from it, and report what a bump means."""


@main.command("pin")
@click.option("--from", "source", required=True, type=click.Path(path_type=Path))
@click.option("--api-version", required=True)
@click.option("--documents", multiple=True, help="File name; repeat for several. Default: all.")
@click.option("--commit", help="Upstream's commit, where the source is no git checkout.")
def pin_command(
    source: Path, api_version: str, documents: tuple[str, ...], commit: str | None
) -> None:
    """Convert one API version's official documents to spec/<version>."""
    show_pinned(pin(LAYOUT, Wanted(source, api_version, documents, commit)), api_version)


@main.command("generate")
@click.option("--api-version", help="A pinned version; it becomes the current one.")
def generate_command(api_version: str | None) -> None:
    """Rebuild the client and the blocking facade from their sources."""
    version = api_version or current_version(LAYOUT.spec)
    generate(LAYOUT, version)
    click.echo(f"generated/amlrest_client: {version}")


@main.command("check")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="The official documents: compares the pinned document with them, fact by fact.",
)
def check_command(source: Path | None) -> None:
    """Fail when something derived differs from what its sources give, or when facts got lost."""
    version = current_version(LAYOUT.spec)
    report = check(LAYOUT, version, source)
    show_checked(report, version)
    if report.problems:
        raise click.ClickException(f"{len(report.problems)} problems")


@main.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text")
def diff_command(old: str, new: str, form: str) -> None:
    """Tell what moving from one pinned version to another means."""
    documents = read_pinned(LAYOUT, old), read_pinned(LAYOUT, new)
    click.echo(FORMATS[form](old, new, compare(LAYOUT, *documents)))


@main.command("bump")
@click.argument("api_version")
@click.option("--from", "source", required=True, type=click.Path(path_type=Path))
@click.option("--documents", multiple=True, help="File name; repeat for several. Default: all.")
@click.option("--commit", help="Upstream's commit, where the source is no git checkout.")
def bump_command(
    api_version: str, source: Path, documents: tuple[str, ...], commit: str | None
) -> None:
    """Pin, generate, check and diff in one go; then say what is left to do by hand."""
    show_bump(bump(LAYOUT, Wanted(source, api_version, documents, commit)))


def show_bump(done: Bump) -> None:
    """Print what a bump did and what it left."""
    show_pinned(done.pinned, done.new)
    if done.carried:
        click.echo(f"patches: {len(done.carried)} of {done.old} carried over")
    show_checked(done.report, done.new)
    click.echo()
    click.echo(FORMATS["text"](done.old, done.new, done.changes))
    click.echo("\nLEFT TO DO BY HAND")
    for number, line in enumerate(left_to_do(done), 1):
        click.echo(f"  {number}. {line}")


def show_pinned(pinned: Pinned, api_version: str) -> None:
    """Print what a pin did and what it had to decide."""
    paths = pinned.document["paths"].values()
    click.echo(
        f"spec/{api_version}: {sum(len(item) for item in paths)} operations, "
        f"{len(pinned.document['components']['schemas'])} schemas "
        f"from {len(pinned.sources.own)} documents"
    )
    for line in pinned.decisions:
        click.echo(f"decided: {line}")


def show_checked(report: Report, api_version: str) -> None:
    """Print what a check looked at and found."""
    inventory = report.inventory
    click.echo(
        f"generated/amlrest_client: {api_version}, {len(inventory.operations)} operations, "
        f"{len(inventory.names)} models and enums, {inventory.modules} modules imported"
    )
    if report.fidelity is not None:
        click.echo(
            f"official documents: {report.fidelity.operations} operations, "
            f"{report.fidelity.definitions} definitions, {report.fidelity.facts} facts compared"
        )
    for line in report.problems:
        click.echo(f"problem: {line}", err=True)


if __name__ == "__main__":
    main()
