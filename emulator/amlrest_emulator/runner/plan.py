"""Job plans: jobs with all references resolved, as they are queued and stored."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Source of files.

    Attributes:
        kind: ``blob`` (file or folder in a container), ``url`` or ``file`` (on this machine).
        path: blob name or prefix, URL, or absolute path.
        container: container of a ``blob``.
    """

    kind: Literal["blob", "url", "file"]
    path: str
    container: str = ""

    def __str__(self) -> str:
        """Return the location without the query of a URL, which may have a signature."""
        if self.kind == "url":
            return self.path.partition("?")[0]
        return f"{self.container}/{self.path}" if self.container else self.path


@dataclass(frozen=True, slots=True)
class Input:
    """An input binding; ``place`` is its path in the working folder, or "" for the default."""

    source: Source
    place: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """An output binding: a folder that is uploaded after the command has ended.

    Attributes:
        container: container of the datastore.
        prefix: path on the datastore; ``${{name}}`` in it is the name of the run.
        place: path in the working folder, or "" for the default.
    """

    container: str
    prefix: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentSource:
    """An environment version; empty strings for what it does not have.

    Attributes:
        name: ``name:version``.
        conda_file: its text; ``dockerfile`` likewise.
        image: the image that it names.
        context: folder of the Dockerfile, or None.
        dockerfile_path: path of the Dockerfile in that folder.
    """

    name: str
    conda_file: str = ""
    image: str = ""
    dockerfile: str = ""
    context: Source | None = None
    dockerfile_path: str = ""


@dataclass(frozen=True, slots=True)
class CommandPlan:
    """Plan of a command.

    Attributes:
        compute: name of the compute in lower case.
        nodes: number of nodes.
        distribution: JSON form of the distribution, or None.
        timeout: seconds, or None.
        literals: values of literal inputs.
        environment: the environment, or None.
        arguments: hyperparameter values; empty for a command job.
    """

    command: str
    compute: str
    experiment: str
    code: Source | None = None
    inputs: dict[str, Input] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    nodes: int = 1
    distribution: dict[str, Any] | None = None
    timeout: float | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)
    environment: EnvironmentSource | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CommandPlan:
        """Return the plan that ``to_json`` returned as JSON."""
        inputs = {
            name: Input(Source(**item["source"]), item["place"])
            for name, item in data["inputs"].items()
        }
        outputs = {name: Output(**item) for name, item in data["outputs"].items()}
        code = Source(**data["code"]) if data["code"] else None
        found = data.get("environment")
        environment = _environment(found) if found else None
        rebuilt = {"inputs": inputs, "outputs": outputs, "code": code, "environment": environment}
        return cls(**{**data, **rebuilt})


def _environment(data: dict[str, Any]) -> EnvironmentSource:
    context = data.get("context")
    return EnvironmentSource(**{**data, "context": Source(**context) if context else None})


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """Plan of a sweep.

    Attributes:
        trial: plan of the command, without arguments.
        algorithm: ``Random``, ``Sobol``, ``Grid`` or ``Bayesian``.
        search_space: name → ``[type, args]``.
        policy: JSON form of the early termination policy, or None.
        max_total: maximum number of trials.
        max_concurrent: maximum number of concurrent trials.
        timeout: seconds for the whole sweep, or None.
        seed: seed of the sampling.
    """

    trial: CommandPlan
    algorithm: str
    search_space: dict[str, Any]
    metric: str
    goal: Literal["minimize", "maximize"]
    policy: dict[str, Any] | None
    max_total: int
    max_concurrent: int
    timeout: float | None
    seed: int

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SweepPlan:
        """Return the plan that ``to_json`` returned as JSON."""
        return cls(**{**data, "trial": CommandPlan.from_json(data["trial"])})
