"""Command and sweep jobs in v2 files."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from amlrest.jobfile.jobs import DISTRIBUTIONS, ComputeTable
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.v2.assets import INLINE_ENVIRONMENT
from amlrest.jobfile.v2.bindings import INPUTS, OUTPUTS, SERVICES
from amlrest.jobfile.v2.forms import COMMAND_TEXT, PATH_OR_REFERENCE, Arguments
from amlrest.jobfile.values import ANYTHING, Form, MapOf, OneOf
from amlrest.resources.jobs import (
    AmlToken,
    CommandJob,
    ManagedIdentity,
    Mpi,
    PyTorch,
    TensorFlow,
    UserIdentity,
)
from amlrest.resources.policies import BanditPolicy, MedianStoppingPolicy, TruncationSelectionPolicy
from amlrest.resources.sweep import SweepJob, Trial

_READ_ONLY = frozenset({"status", "log_files", "parameters", "parent_job_name"})
_COMMAND: dict[str, Form] = {
    "code": PATH_OR_REFERENCE,
    "command": COMMAND_TEXT,
    "environment": INLINE_ENVIRONMENT,
    "inputs": INPUTS,
    "outputs": OUTPUTS,
    "distribution": Tagged(
        "type", mpi=Table(Mpi), pytorch=Table(PyTorch), tensorflow=Table(TensorFlow)
    ),
}
_MANAGED = Table(
    ManagedIdentity,
    renamed={"msi_resource_id": "resource_id"},
    aliases={"resource_id": "msi_resource_id"},
)


class _Priority(Form):
    """A priority in a queue; the service counts from 1."""

    _words = ("low", "medium", "high")
    _word = OneOf(*_words)

    def read(self, node: Node) -> int:
        return self._words.index(self._word.read(node)) + 1

    def write(self, value: Any) -> Any:
        known = dict(enumerate(self._words, 1))
        return known.get(value, value)


_JOB: dict[str, Form] = {
    "resources.properties": ANYTHING,
    "resources.docker_args": Arguments(),
    "queue_settings.priority": _Priority(),
    "identity": Tagged(
        "type",
        aml_token=Table(AmlToken),
        managed=_MANAGED,
        managed_identity=_MANAGED,
        user_identity=Table(UserIdentity),
    ),
    "services": SERVICES,
}


def _resources(prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}resources.instance_count": "instance_count",
        f"{prefix}resources.instance_type": "instance_type",
        f"{prefix}resources.properties": "compute_properties",
        f"{prefix}resources.shm_size": "shm_size",
        f"{prefix}resources.docker_args": "docker_args",
        f"{prefix}resources.locations": "locations",
        f"{prefix}resources.max_instance_count": "max_instance_count",
    }


_QUEUE = {"queue_settings.job_tier": "job_tier", "queue_settings.priority": "priority"}
COMMAND_JOB = ComputeTable(
    CommandJob,
    renamed={
        **_resources(),
        "limits.timeout": "timeout",
        **_QUEUE,
    },
    forms={**_COMMAND, **_JOB},
    omitted=("is_local", "is_archived"),
    required=("command", "environment"),
    constants={"type": "command"},
    ignored=_READ_ONLY,
)
_OF_THE_TRIAL = ("inputs", "outputs")


class _SweepTable(ComputeTable):
    """Keys of a sweep; its inputs and outputs and the time limit of a trial belong to the trial."""

    def read(self, node: Node) -> Any:
        """Return the sweep."""
        return super().read(_with_trial(_with_algorithm(node)))

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping."""
        out = super().write(value)
        trial = out.get("trial", {})
        out |= {key: trial.pop(key) for key in _OF_THE_TRIAL if key in trial}
        if "timeout" in trial:
            out.setdefault("limits", {})["trial_timeout"] = trial.pop("timeout")
        if set(out["sampling_algorithm"]) == {"type"}:
            out["sampling_algorithm"] = out["sampling_algorithm"]["type"]
        return out


def _with_algorithm(node: Node) -> Node:
    """Write ``sampling_algorithm: random`` as ``{type: random}``."""
    entries = node.mapping()
    found = entries.get("sampling_algorithm")
    if found is None or found.value is None or isinstance(found.value, dict):
        return node
    return evolve(
        node, value={**entries, "sampling_algorithm": evolve(found, value={"type": found})}
    )


def _with_trial(node: Node) -> Node:
    entries = dict(node.mapping())
    trial = entries.get("trial")
    if trial is None or not isinstance(trial.value, dict):
        return node
    wrong = trial.value.keys() & {*_OF_THE_TRIAL, "timeout"}
    for key in wrong:
        problem = f"unknown key; write {_PLACES.get(key, key)} beside trial"
        found = trial.value[key].problem(problem, is_unknown=True)
        node.source.trace.problems.append(found)
    inner = {k: v for k, v in trial.value.items() if k not in wrong}
    inner |= {k: entries.pop(k) for k in _OF_THE_TRIAL if k in entries}
    limits = entries.get("limits")
    if limits is not None and isinstance(limits.value, dict) and "trial_timeout" in limits.value:
        inner["timeout"] = limits.value["trial_timeout"]
        entries["limits"] = limits.without({"trial_timeout"})
    entries["trial"] = evolve(trial, value=inner)
    return evolve(node, value=entries)


_PLACES = {"timeout": "limits.trial_timeout"}
_POLICY = Tagged(
    "type",
    bandit=Table(BanditPolicy),
    median_stopping=Table(MedianStoppingPolicy),
    truncation_selection=Table(TruncationSelectionPolicy),
)
TRIAL = Table(Trial, forms=_COMMAND, required=("environment",))
SWEEP_JOB = _SweepTable(
    SweepJob,
    renamed={
        **_resources(),
        "limits.timeout": "timeout",
        "limits.max_total_trials": "max_total_trials",
        "limits.max_concurrent_trials": "max_concurrent_trials",
        **_QUEUE,
        "sampling_algorithm.type": "algorithm",
        "sampling_algorithm.seed": "seed",
        "sampling_algorithm.rule": "rule",
    },
    forms={
        **_JOB,
        "trial": TRIAL,
        "search_space": MapOf(DISTRIBUTIONS),
        "early_termination": _POLICY,
        "sampling_algorithm.type": OneOf("random", "grid", "bayesian"),
    },
    aliases={f"trial.{key}": key for key in _resources()},
    omitted=("is_local", "is_archived"),
    required=("trial", "search_space", "objective"),
    constants={"type": "sweep"},
    ignored=_READ_ONLY,
)
