"""Workflow of the quickstart: compute, environment, data and code, a command job, a sweep job."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest.cli import trial_table
from amlrest.cli.job_progress import Watch
from amlrest.cli.quickstart import example
from amlrest.errors import JobFailedError, ResourceNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest import Workspace
    from amlrest.cli.quickstart.report import Report
    from amlrest.resources.results import TrialRun

_NAME = "lightgbm-iris"
_IMAGE = "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04"
_COMMAND = "python main.py --iris-csv $AZURE_ML_INPUT_iris"
_METRIC = "test-multi_logloss"
_POLL_SECONDS = 1.5
_VM_SIZE = "STANDARD_DS3_V2"


class Plan(NamedTuple):
    """Settings of a run.

    Attributes:
        compute: name of the cluster.
        trials: number of trials.
        concurrent: maximum concurrent trials.
    """

    compute: str
    trials: int
    concurrent: int


class Outcome(NamedTuple):
    """Result of a run.

    Attributes:
        job: the command job.
        sweep: the sweep job; None when the command job did not complete.
        metrics: last values of the command job's metrics.
        runs: the trials.
        reused: names of the steps whose resource already existed.
        failures: errors of jobs that did not complete.
        flowers: a few rows of the data.
    """

    job: Any
    sweep: Any
    metrics: dict[str, float]
    runs: Sequence[TrialRun]
    reused: list[str]
    failures: list[JobFailedError]
    flowers: Sequence[example.Flower] = ()

    @property
    def completed(self) -> bool:
        """Whether both jobs completed."""
        return all(job is not None and job.status == "Completed" for job in (self.job, self.sweep))

    @property
    def goal(self) -> trial_table.Goal | None:
        """Goal of the sweep job."""
        return trial_table.goal_of(self.sweep)

    @property
    def best(self) -> TrialRun | None:
        """The best trial."""
        return trial_table.best(self.goal, self.runs) if self.goal else None

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON: jobs as the service sent them."""
        winner = self.best
        return {
            "job": self.job.raw,
            "sweep": self.sweep.raw if self.sweep else None,
            "metrics": self.metrics,
            "bestTrial": trial_table.as_json(winner) if winner else None,
            "trials": [trial_table.as_json(run) for run in self.runs],
        }


def run(workspace: Workspace, plan: Plan, report: Report) -> Outcome:
    """Run all steps in order.

    Returns:
        The outcome, also when a job failed.

    Raises:
        AmlrestError: a step failed.
    """
    with example.folder() as files, TemporaryDirectory() as scratch:
        with report.screen.activity("preparing the Iris data"):
            iris = example.prepare(files, Path(scratch))
        flowers = example.flowers(iris)
        _token(workspace, report)
        _compute(workspace, plan, report)
        environment = _environment(workspace, files, report)
        _datastore(workspace, report)
        data = _data(workspace, iris, report)
        code = _code(workspace, files, report)
    assets = {"environment": environment, "code": code, "inputs": {"iris": data}}
    job, failure = _run_job(workspace, _command_job(plan, assets), "command job", report)
    metrics = workspace.jobs.metrics(job)
    if failure:
        return Outcome(job, None, metrics, [], report.reused, [failure])
    sweep, failure = _run_job(workspace, _sweep_job(plan, assets), "sweep job", report)
    runs = workspace.jobs.trials(sweep)
    failures = [failure] if failure else []
    return Outcome(job, sweep, metrics, runs, report.reused, failures, flowers)


def _token(workspace: Workspace, report: Report) -> None:
    with report.step("token", "checking access to the workspace") as step:
        found = workspace.workspaces.get(workspace.name)
        step.done("accepted", None, f"workspace {found.name}, location {found.location}")


def _compute(workspace: Workspace, plan: Plan, report: Report) -> None:
    from amlrest import AmlCompute

    with report.step("compute", f"getting or creating the cluster {plan.compute}") as step:
        try:
            step.done("reused", workspace.computes.get(plan.compute).id)
        except ResourceNotFoundError:
            cluster = AmlCompute(
                plan.compute, _VM_SIZE, min_instances=0, max_instances=plan.concurrent
            )
            step.done("created", workspace.computes.create_or_update(cluster).id)


def _environment(workspace: Workspace, files: Path, report: Report) -> Any:
    from amlrest import Environment

    with report.step("environment", "registering the environment") as step:
        wanted = Environment(name=_NAME, image=_IMAGE, conda_file=files / "environment.yml")
        created = workspace.environments.create(wanted)
        step.registered(created)
    return created


def _datastore(workspace: Workspace, report: Report) -> None:
    with report.step("datastore", "getting the default datastore") as step:
        step.done("found", workspace.datastores.get_default().id)


def _data(workspace: Workspace, iris: Path, report: Report) -> Any:
    from amlrest import DataAsset

    with report.step("data", "uploading and registering the data") as step:
        created = workspace.data.create(DataAsset(name="iris", path=iris))
        step.registered(created)
    return created


def _code(workspace: Workspace, files: Path, report: Report) -> Any:
    from amlrest import Code

    with report.step("code", "uploading and registering the code") as step:
        created = workspace.codes.create(Code(name=_NAME, path=files / "src"))
        step.registered(created)
    return created


def _command_job(plan: Plan, assets: dict[str, Any]) -> Any:
    from amlrest import CommandJob

    return CommandJob(command=_COMMAND, compute=plan.compute, experiment_name=_NAME, **assets)


def _sweep_job(plan: Plan, assets: dict[str, Any]) -> Any:
    from amlrest import Objective, SweepJob, Trial, choice, uniform

    return SweepJob(
        trial=Trial(command=_COMMAND, **assets),
        compute=plan.compute,
        experiment_name=_NAME,
        algorithm="random",
        search_space={
            "--learning_rate": uniform(0.01, 0.9),
            "--boosting": choice("gbdt", "dart"),
        },
        objective=Objective(_METRIC, "minimize"),
        max_total_trials=plan.trials,
        max_concurrent_trials=plan.concurrent,
        timeout="PT120M",
    )


def _run_job(
    workspace: Workspace, job: Any, name: str, report: Report
) -> tuple[Any, JobFailedError | None]:
    with report.step(name, f"submitting the {name}") as step:
        submitted = workspace.jobs.submit(job)
        step.done("submitted", submitted.id)
    try:
        return Watch(report.screen, workspace, submitted).wait(poll_interval=_POLL_SECONDS), None
    except JobFailedError as failure:
        return failure.job, failure
