"""What is to run, with every reference resolved: the form in which jobs are queued and stored."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where files come from.

    Attributes:
        kind: ``blob`` (file or folder in a container), ``url`` or ``file`` (on this machine).
        path: blob name or prefix, URL, or absolute path.
        container: container of a ``blob``.
    """

    kind: Literal["blob", "url", "file"]
    path: str
    container: str = ""

    def __str__(self) -> str:
        """Say where, without the query of a URL: it may hold a signature."""
        if self.kind == "url":
            return self.path.partition("?")[0]
        return f"{self.container}/{self.path}" if self.container else self.path


@dataclass(frozen=True, slots=True)
class Input:
    """An input binding; ``place`` is its path below the working folder, or "" for the default."""

    source: Source
    place: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """An output binding: where the folder ``place`` goes when the command has ended.

    Attributes:
        container: container of the datastore.
        prefix: path on the datastore.
        place: path below the working folder, or "" for the default.
    """

    container: str
    prefix: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class CommandPlan:
    """A command with what it needs.

    Attributes:
        compute: name of the compute in lower case.
        nodes: number of its nodes the command takes.
        distribution: the wire form of the distribution, or None.
        timeout: seconds, or None.
        arguments: hyperparameters by the names of the search space; empty for a command job.
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

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "CommandPlan":
        """Read what ``to_json`` wrote."""
        inputs = {
            name: Input(Source(**item["source"]), item["place"])
            for name, item in data["inputs"].items()
        }
        outputs = {name: Output(**item) for name, item in data["outputs"].items()}
        code = Source(**data["code"]) if data["code"] else None
        return cls(**{**data, "inputs": inputs, "outputs": outputs, "code": code})


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """A sweep over the hyperparameters of one command.

    Attributes:
        trial: the command, without arguments.
        algorithm: ``Random`` or ``Grid``.
        search_space: name → ``[type, args]``.
        policy: the wire form of the early termination policy, or None.
        max_total: number of trials.
        max_concurrent: trials at a time.
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
    def from_json(cls, data: dict[str, Any]) -> "SweepPlan":
        """Read what ``to_json`` wrote."""
        return cls(**{**data, "trial": CommandPlan.from_json(data["trial"])})
