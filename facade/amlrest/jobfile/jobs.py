"""Command and sweep jobs in YAML."""

from typing import Any

import attrs

from amlrest.jobfile.assets import INLINE_CODE, INLINE_DATA, INLINE_ENVIRONMENT
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Key, Spread, Table, Tagged
from amlrest.jobfile.values import (
    COMMAND,
    INTEGER,
    MINUTES,
    NUMBER,
    REFERENCE,
    SECONDS,
    STRINGS,
    TEXT,
    ListOf,
    MapOf,
    OneOf,
    Scalar,
)
from amlrest.resources import search_space
from amlrest.resources.jobs import (
    AmlToken,
    CommandJob,
    Input,
    ManagedIdentity,
    Mpi,
    Output,
    PyTorch,
    TensorFlow,
)
from amlrest.resources.policies import BanditPolicy, MedianStoppingPolicy, TruncationSelectionPolicy
from amlrest.resources.sweep import Objective, SweepJob, Trial

LOCAL = "local"
"""The compute target that means the submitting machine."""

INPUT = Table(
    Input,
    {
        "data": Key("data", INLINE_DATA),
        "mode": Key("mode", OneOf("mount", "download")),
        "path_on_compute": Key("path_on_compute", TEXT),
    },
    ("data",),
)
OUTPUT = Table(
    Output,
    {
        "datastore": Key("datastore", REFERENCE),
        "path": Key("path", TEXT),
        "mode": Key("mode", OneOf("mount", "upload")),
        "path_on_compute": Key("path_on_compute", TEXT),
    },
)
DISTRIBUTION = Tagged(
    "type",
    mpi=Table(Mpi, {"process_count_per_instance": Key("process_count_per_instance", INTEGER)}),
    pytorch=Table(PyTorch, {"process_count": Key("process_count", INTEGER)}),
    tensorflow=Table(
        TensorFlow,
        {
            "worker_count": Key("worker_count", INTEGER),
            "parameter_server_count": Key("parameter_server_count", INTEGER),
        },
    ),
)
IDENTITY = Tagged(
    "type",
    amltoken=Table(AmlToken, {}),
    managed=Table(
        ManagedIdentity,
        {
            "client_id": Key("client_id", TEXT),
            "object_id": Key("object_id", TEXT),
            "msi_resource_id": Key("resource_id", TEXT),
        },
    ),
)


class Target:
    """A compute by name or reference; ``local`` is read for what it means by `target_finish`."""

    def read(self, node: Node) -> str:
        """Return the reference."""
        return TEXT.read(node)

    def write(self, value: Any) -> str:
        """Return ``azureml:`` and the name or id."""
        known = value if isinstance(value, str) else getattr(value, "id", None) or value.name
        return str(known) if str(known).startswith("azureml:") else f"azureml:{known}"


def target_finish(_node: Node, job: Any) -> None:
    """Take the target ``local`` for what it means."""
    if job.compute == LOCAL:
        job.compute, job.is_local = None, True


class _Binding(Table):
    """The keys of a compute; a job on the submitting machine has the target ``local``."""

    def write(self, value: Any) -> dict[str, Any]:
        out = Table.write(self, value)
        if value.is_local:
            spot = out["trial"] if "trial" in self.spreads else out
            spot.setdefault("compute", {})["target"] = LOCAL
        return out


def compute_keys(prefix: str) -> dict[str, Key]:
    """Return the keys of a compute, below a prefix."""
    return {
        f"{prefix}compute.target": Key("compute", Target()),
        f"{prefix}compute.instance_count": Key("instance_count", INTEGER),
        f"{prefix}compute.instance_type": Key("instance_type", TEXT),
        f"{prefix}compute.location": Key("compute_location", TEXT),
        f"{prefix}compute.properties": Key("compute_properties", STRINGS),
    }


_RUN = {
    "code": Key("code", INLINE_CODE),
    "command": Key("command", COMMAND),
    "inputs": Key("inputs", MapOf(INPUT)),
    "outputs": Key("outputs", MapOf(OUTPUT)),
    "environment": Key("environment", INLINE_ENVIRONMENT),
    "distribution": Key("distribution", DISTRIBUTION),
}
_JOB = {
    "name": Key("name", TEXT),
    "experiment_name": Key("experiment_name", TEXT),
    "description": Key("description", TEXT),
    "identity": Key("identity", IDENTITY),
    "priority": Key("priority", INTEGER),
    "tags": Key("tags", STRINGS),
    "properties": Key("properties", STRINGS),
}
_READ_ONLY = frozenset({"status", "output", "parameters", "interaction_endpoints", "log_files"})

COMMAND_JOB = _Binding(
    CommandJob,
    {
        **_RUN,
        **compute_keys(""),
        "environment_variables": Key("environment_variables", STRINGS),
        "timeout": Key("timeout", SECONDS),
        **_JOB,
    },
    ("command", "compute", "environment"),
    {"type": "command_job"},
    _READ_ONLY,
    finish=target_finish,
)


def _distribution_table(cls: type[search_space.Distribution]) -> Table:
    if cls is search_space.Choice:
        scalars = ListOf(Scalar("text or a number", str, int, float, bool))
        return Table(cls, {"values": Key("values", scalars)}, ("values",))
    names = [attribute.name for attribute in attrs.fields(cls)]
    return Table(cls, {name: Key(name, NUMBER) for name in names}, tuple(names))


_DISTRIBUTIONS = Tagged(
    "type", **{kind: _distribution_table(cls) for kind, cls in search_space.KINDS.items()}
)
_INTERVALS = {
    "evaluation_interval": Key("evaluation_interval", INTEGER),
    "delay_evaluation": Key("delay_evaluation", INTEGER),
}
POLICY = Tagged(
    "policy_type",
    bandit=Table(
        BanditPolicy,
        {
            "slack_factor": Key("slack_factor", NUMBER),
            "slack_amount": Key("slack_amount", NUMBER),
            **_INTERVALS,
        },
    ),
    median_stopping=Table(MedianStoppingPolicy, _INTERVALS),
    truncation_selection=Table(
        TruncationSelectionPolicy,
        {"truncation_percentage": Key("truncation_percentage", INTEGER), **_INTERVALS},
    ),
)
OBJECTIVE = Table(
    Objective,
    {
        "primary_metric": Key("primary_metric", TEXT),
        "goal": Key("goal", OneOf("minimize", "maximize")),
    },
    ("primary_metric", "goal"),
)
TRIAL = Table(
    Trial,
    {
        **_RUN,
        "environment_variables": Key("environment_variables", STRINGS),
        "timeout": Key("timeout", SECONDS),
    },
    ("command", "environment"),
)
SWEEP_JOB = _Binding(
    SweepJob,
    {
        **compute_keys("trial."),
        "algorithm": Key("algorithm", OneOf("random", "grid", "bayesian")),
        "search_space": Key("search_space", MapOf(_DISTRIBUTIONS)),
        "objective": Key("objective", OBJECTIVE),
        "early_termination": Key("early_termination", POLICY),
        "max_total_trials": Key("max_total_trials", INTEGER),
        "max_concurrent_trials": Key("max_concurrent_trials", INTEGER),
        "timeout_minutes": Key("timeout", MINUTES),
        **_JOB,
    },
    ("trial.compute", "search_space", "objective"),
    {"type": "sweep_job"},
    _READ_ONLY,
    {"trial": Spread("trial", TRIAL)},
    finish=target_finish,
)
