"""Command and sweep jobs in YAML."""

from __future__ import annotations

from typing import Any

import attrs

from amlrest.errors import ValidationError
from amlrest.jobfile.assets import INLINE_CODE, INLINE_DATA, INLINE_ENVIRONMENT
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged, put
from amlrest.jobfile.values import COMMAND, MINUTES, NUMBER, Form, ListOf, MapOf, OneOf, Scalar
from amlrest.resources import search_space
from amlrest.resources.bindings import Input, Output
from amlrest.resources.jobs import (
    AmlToken,
    CommandJob,
    ComputeJob,
    ManagedIdentity,
    Mpi,
    PyTorch,
    TensorFlow,
    is_serverless,
)
from amlrest.resources.policies import BanditPolicy, MedianStoppingPolicy, TruncationSelectionPolicy
from amlrest.resources.sweep import SweepJob, Trial

_LOCAL = "local"
"""The compute target that means the submitting machine."""


class ComputeTable(Table):
    """Keys of what runs on a compute; the target ``local`` sets `is_local`."""

    def read(self, node: Node) -> Any:
        """Return the object that a mapping describes."""
        value = super().read(node)
        if value.compute == _LOCAL:
            value.compute, value.is_local = None, True
            keys = node.source.trace.objects[-1][2]
            keys["is_local"] = keys["compute"]
        return value

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping that describes an object."""
        out = super().write(value)
        where = next(k for k, key in self.keys.items() if key.attribute == "compute")
        if value.is_local:
            put(out, where, _LOCAL)
        elif value.compute is None or is_serverless(value.compute):
            self._without_compute(value, where)
            out.pop("compute", None)
        return out

    def _without_compute(self, value: Any, where: str) -> None:
        if isinstance(value, ComputeJob) and any(where.startswith(f"{k}.") for k in self.required):
            raise ValidationError(
                f"{type(value).__name__}.compute is missing, and files of this dialect need it; "
                "use the dialect v2"
            )


def compute_keys(prefix: str = "") -> dict[str, str]:
    """Return the attributes of a compute by their keys, below a prefix."""
    return {
        f"{prefix}compute.target": "compute",
        f"{prefix}compute.instance_count": "instance_count",
        f"{prefix}compute.instance_type": "instance_type",
        f"{prefix}compute.location": "compute_location",
        f"{prefix}compute.properties": "compute_properties",
    }


class _InputTable(Table):
    """Keys of an input; ``value`` is a literal in place of ``data``."""

    def read(self, node: Node) -> Any:
        """Return the input."""
        found = super().read(node)
        if found.data is None and found.value is None:
            node.fail("data is missing; add it")
        return found


_COMMAND_FORMS: dict[str, Form] = {
    "code": INLINE_CODE,
    "command": COMMAND,
    "inputs": MapOf(
        _InputTable(Input, forms={"data": INLINE_DATA, "mode": OneOf("mount", "download")})
    ),
    "outputs": MapOf(Table(Output, forms={"mode": OneOf("mount", "upload")})),
    "environment": INLINE_ENVIRONMENT,
    "distribution": Tagged(
        "type", mpi=Table(Mpi), pytorch=Table(PyTorch), tensorflow=Table(TensorFlow)
    ),
}
_IDENTITY = Tagged(
    "type",
    amltoken=Table(AmlToken),
    managed=Table(ManagedIdentity, renamed={"msi_resource_id": "resource_id"}),
)
_READ_ONLY = frozenset({"status", "output", "parameters", "interaction_endpoints", "log_files"})

COMMAND_JOB = ComputeTable(
    CommandJob,
    renamed=compute_keys(),
    forms={**_COMMAND_FORMS, "identity": _IDENTITY},
    omitted=("is_local",),
    required=("command", "compute", "environment"),
    constants={"type": "command_job"},
    ignored=_READ_ONLY,
)


def _distribution_table(cls: type[search_space.Distribution]) -> Table:
    if cls is search_space.Choice:
        scalar = Scalar("text or a number", str, int, float, bool)
        return Table(cls, forms={"values": ListOf(scalar)})
    return Table(cls, forms={attribute.name: NUMBER for attribute in attrs.fields(cls)})


DISTRIBUTIONS = Tagged(
    "type", **{kind: _distribution_table(cls) for kind, cls in search_space.KINDS.items()}
)
_POLICY = Tagged(
    "policy_type",
    bandit=Table(BanditPolicy),
    median_stopping=Table(MedianStoppingPolicy),
    truncation_selection=Table(TruncationSelectionPolicy),
)
TRIAL = Table(Trial, forms=_COMMAND_FORMS, required=("environment",))
SWEEP_JOB = ComputeTable(
    SweepJob,
    renamed={**compute_keys("trial."), "timeout_minutes": "timeout"},
    forms={
        "trial": TRIAL,
        "search_space": MapOf(DISTRIBUTIONS),
        "early_termination": _POLICY,
        "timeout_minutes": MINUTES,
        "identity": _IDENTITY,
    },
    omitted=("is_local",),
    required=("trial.compute", "search_space", "objective"),
    constants={"type": "sweep_job"},
    ignored=_READ_ONLY,
)
