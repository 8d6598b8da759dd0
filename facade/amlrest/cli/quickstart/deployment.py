"""Deployment of the quickstart: the best trial's model behind an endpoint, and a request to it."""

from __future__ import annotations

import hashlib
import json
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest.cli import render
from amlrest.cli.errors import CommandError
from amlrest.cli.local_workspace import command_line, use_in_shell
from amlrest.cli.program import program
from amlrest.errors import ResourceNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amlrest import ScoringResponse, Workspace
    from amlrest.cli.quickstart.example import Flower
    from amlrest.cli.quickstart.report import Report
    from amlrest.cli.quickstart.target import Target
    from amlrest.cli.screen import Screen

_MODEL = "lightgbm-iris"
_DEPLOYMENT = "blue"
_PATH = "outputs/model"
"""Where the training script keeps the model."""


class Deployed(NamedTuple):
    """A deployed model, and what it predicts.

    Attributes:
        model: the registered model.
        endpoint: name of the endpoint.
        flowers: what was sent.
        probabilities: of each class, for each of them.
    """

    model: Any
    endpoint: str
    flowers: Sequence[Flower]
    probabilities: Sequence[Sequence[float]]

    def as_json(self) -> dict[str, Any]:
        """Return the model and the predictions as JSON."""
        rows = [
            {"species": flower.species, "predicted": name, "probability": probability}
            for flower, (name, probability) in zip(self.flowers, self._predicted(), strict=True)
        ]
        return {"model": self.model.raw, "endpoint": self.endpoint, "predictions": rows}

    def _predicted(self) -> Iterator[tuple[str, float]]:
        # The training script numbers the classes in the order of their names.
        classes = sorted({flower.species for flower in self.flowers})
        for row in self.probabilities:
            best = max(range(len(row)), key=row.__getitem__)
            yield classes[best], row[best]

    def table(self, width: int) -> list[str]:
        """Return the predictions beside the true classes."""
        rows: list[list[render.Cell]] = [
            [", ".join(map(str, flower.measures.values())), name, probability, flower.species]
            for flower, (name, probability) in zip(self.flowers, self._predicted(), strict=True)
        ]
        return render.table(["FLOWER", "PREDICTED", "PROBABILITY", "TRUE"], rows, width)


def run(
    workspace: Workspace, trial: str, flowers: Sequence[Flower], size: str, report: Report
) -> Deployed:
    """Register the model of a trial, deploy it with all traffic, and send it a request.

    Args:
        workspace: the workspace.
        trial: name of the trial.
        flowers: what to send.
        size: instance type of the deployment.
        report: where steps are shown.

    Raises:
        AmlrestError: a step failed.
    """
    name = endpoint_name(workspace.id)
    model = _register(workspace, trial, report)
    _endpoint(workspace, name, report)
    _deploy(workspace, name, model, size, report)
    found = _invoke(workspace, name, flowers, report)
    return Deployed(model, name, flowers, found)


def endpoint_name(workspace_id: str) -> str:
    """Return the name of the endpoint, which must be the only one in its region."""
    return f"iris-{hashlib.sha256(workspace_id.lower().encode()).hexdigest()[:8]}"


def request(flowers: Sequence[Flower]) -> dict[str, Any]:
    """Return the request, in the form of a table."""
    return {
        "input_data": {
            "columns": [*flowers[0].measures],
            "index": [*range(len(flowers))],
            "data": [[*flower.measures.values()] for flower in flowers],
        }
    }


def show(screen: Screen, deployed: Deployed, target: Target) -> None:
    """Print the predictions, how to call the endpoint again, and how to delete it."""
    screen.lines(["", screen.style("Predictions of the deployment", bold=True)])
    screen.lines(deployed.table(screen.width))
    data = shlex.quote(json.dumps(request(deployed.flowers[:1])))
    endpoint = f"{program()} online-endpoint {{}} {deployed.endpoint}"
    shell = [] if target.state_dir is None else [use_in_shell(target.state_dir)]
    screen.lines(
        [
            "",
            "Call it again:",
            *(f"    {line}" for line in (*shell, f"{endpoint.format('invoke')} --data {data}")),
            "Delete it:",
            f"    {endpoint.format('delete')} --yes",
        ]
    )
    if target.state_dir is not None:
        down = command_line("down", target.state_dir)
        screen.lines(["The local workspace goes on serving; stop it with", f"    {down}"])


def _register(workspace: Workspace, trial: str, report: Report) -> Any:
    from amlrest import Model

    path = f"azureml://jobs/{trial}/outputs/artifacts/paths/{_PATH}"
    with report.step("model", "registering the model of the best trial") as step:
        created = workspace.models.create(Model(name=_MODEL, path=path, type="mlflow_model"))
        step.registered(created)
    return created


def _endpoint(workspace: Workspace, name: str, report: Report) -> None:
    from amlrest import OnlineEndpoint

    with report.step("endpoint", f"creating the endpoint {name}") as step:
        try:
            step.done("reused", workspace.online_endpoints.get(name).id)
        except ResourceNotFoundError:
            wanted = OnlineEndpoint(name, auth_mode="key")
            step.done("created", workspace.online_endpoints.create_or_update(wanted).id)


def _deploy(workspace: Workspace, name: str, model: Any, size: str, report: Report) -> None:
    from amlrest import ManagedOnlineDeployment, ManualScale

    wanted = ManagedOnlineDeployment(
        name=_DEPLOYMENT,
        endpoint=name,
        model=model,
        instance_type=size,
        scale_settings=ManualScale(instance_count=1),
    )
    with report.step("deployment", "starting the deployment, which takes minutes in Azure") as step:
        existing = _existing(workspace, name)
        if existing is not None and _serves(existing, model):
            step.done("reused", existing.id)
        else:
            written = workspace.online_deployments.create_or_update(wanted)
            step.done("created" if existing is None else "updated", written.id)
        workspace.online_endpoints.set_traffic(name, {_DEPLOYMENT: 100})


def _existing(workspace: Workspace, endpoint: str) -> Any:
    try:
        return workspace.online_deployments.get(endpoint, _DEPLOYMENT)
    except ResourceNotFoundError:
        return None


def _serves(deployment: Any, model: Any) -> bool:
    same = str(deployment.model).lower() == str(model.id).lower()
    return same and deployment.provisioning_state == "Succeeded"


def _invoke(
    workspace: Workspace, name: str, flowers: Sequence[Flower], report: Report
) -> Sequence[Sequence[float]]:
    with report.step("request", f"sending {len(flowers)} rows to the endpoint") as step:
        response = workspace.online_endpoints.invoke(name, request(flowers))
        step.done("answered", None, f"by the deployment {response.deployment or _DEPLOYMENT}")
    return _probabilities(response, len(flowers))


def _probabilities(response: ScoringResponse, count: int) -> Sequence[Sequence[float]]:
    """Return the probabilities of the classes for each row.

    Raises:
        CommandError: the response is something else.
    """
    rows = response.value
    if isinstance(rows, dict):  # the form of MLflow's own server
        rows = rows.get("predictions")
    if isinstance(rows, list) and len(rows) == count and all(isinstance(r, list) for r in rows):
        return rows
    raise CommandError(
        f"the endpoint's response has no probabilities for {count} rows",
        hint="see the log of its deployment",
    )
