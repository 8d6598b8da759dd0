"""Run the training workflow on the Iris data.

Trains LightGBM with a command job and then a sweep job; with --deploy, the model of the best trial
is deployed and asked. Without --endpoint, a local workspace is
used, and started if none is running. With --endpoint, the same code runs in that workspace with
DefaultAzureCredential.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from amlrest.cli.click_classes import Command
from amlrest.cli.errors import JOB_FAILED, OK
from amlrest.cli.local_workspace import ENVIRONMENTS, STATE_DIR, Mode
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import Session, pass_session


@click.command(
    cls=Command,
    help=__doc__,
    example=(
        "amlrest quickstart\n"
        "amlrest quickstart --deploy\n"
        "amlrest quickstart --endpoint https://management.azure.com \\\n"
        "  --subscription ID --resource-group GROUP --workspace NAME"
    ),
)
@click.option(
    "--trials",
    default=20,
    show_default=True,
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Number of trials.",
)
@click.option(
    "--concurrent",
    default=10,
    show_default=True,
    type=click.IntRange(1, 100),
    metavar="N",
    help="Maximum concurrent trials.",
)
@click.option(
    "--compute", default="cpu-cluster", show_default=True, help="Cluster; created if missing."
)
@click.option(
    "--plot",
    default=Path("amlrest-quickstart.png"),
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Plot of the sweep, as PNG.",
)
@click.option("--deploy", is_flag=True, help="Deploy the model of the best trial.")
@click.option(
    "--instance-type",
    default="Standard_DS3_v2",
    show_default=True,
    metavar="SIZE",
    help="Size of the deployment.",
)
@ENVIRONMENTS
@STATE_DIR
@pass_session
def command(
    session: Session,
    *,
    trials: int,
    concurrent: int,
    compute: str,
    plot: Path,
    deploy: bool,
    instance_type: str,
    environments: Mode | None,
    state_dir: Path,
) -> int:
    """Run the workflow and print its steps and results."""
    from amlrest.cli.quickstart import deployment, summary, target, workflow
    from amlrest.cli.quickstart.report import Report

    screen = messages() if session.is_data else Screen(sys.stdout)
    screen.line(screen.style("Train LightGBM on the Iris data", bold=True))
    plan = workflow.Plan(compute, trials, min(concurrent, trials))
    deployed = None
    with target.connect(session, state_dir, environments, screen) as found:
        report = Report(screen, found.workspace.id)
        outcome = workflow.run(found.workspace, plan, report)
        drawn = summary.show(screen, outcome, plot)
        if deploy and outcome.completed and outcome.best:
            screen.line()
            trial, flowers = outcome.best.name, outcome.flowers
            deployed = deployment.run(found.workspace, trial, flowers, instance_type, report)
            found.stays = True  # to serve
            deployment.show(screen, deployed, found)
        summary.show_end(screen, outcome, found)
    if session.is_data:
        extra = {"deployment": deployed.as_json()} if deployed else {}
        session.put(outcome.as_json() | {"plot": str(drawn) if drawn else None} | extra)
    return OK if outcome.completed else JOB_FAILED
