"""`amlrest quickstart`: the documented workflow, every step shown."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from amlrest.cli.click_classes import Command
from amlrest.cli.commands.local import state_option
from amlrest.cli.errors import JOB_FAILED, OK
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import Session, pass_session, print_json


@click.command(
    cls=Command,
    example=(
        "amlrest quickstart\n"
        "amlrest quickstart --endpoint https://management.azure.com \\\n"
        "  --subscription ID --resource-group GROUP --workspace NAME"
    ),
)
@click.option("--trials", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option(
    "--concurrent",
    default=10,
    show_default=True,
    type=click.IntRange(1, 100),
    help="Trials at once, as far as the compute has nodes.",
)
@click.option("--compute", default="cpu-cluster", show_default=True, help="Made if it is missing.")
@click.option(
    "--plot",
    default=Path("amlrest-quickstart.png"),
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the picture of the sweep goes.",
)
@state_option
@pass_session
def command(
    session: Session, *, trials: int, concurrent: int, compute: str, plot: Path, state_dir: Path
) -> int:
    """Train on Iris: one job, then a sweep, in a local workspace or in Azure.

    Without --endpoint a local workspace is used, and started if none runs. With it, the same
    code runs in that workspace with DefaultAzureCredential.
    """
    from amlrest.cli.quickstart import summary, target, workflow
    from amlrest.cli.quickstart.report import Report

    screen = messages() if session.as_json else Screen(sys.stdout)
    screen.line(screen.style("Train models with REST: LightGBM on Iris", bold=True))
    plan = workflow.Plan(compute, trials, min(concurrent, trials))
    with target.opened(session, state_dir, screen) as place:
        report = Report(screen, place.workspace.id)
        outcome = workflow.run(place.workspace, plan, report)
        drawn = summary.show(screen, outcome, plot, place)
    if session.as_json:
        print_json(outcome.as_json() | {"plot": str(drawn) if drawn else None})
    return OK if outcome.completed else JOB_FAILED
