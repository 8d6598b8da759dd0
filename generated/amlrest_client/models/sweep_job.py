# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SweepJob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .job_base import JobBase

if TYPE_CHECKING:
    from .compute_configuration import ComputeConfiguration
    from .early_termination_policy import EarlyTerminationPolicy
    from .identity_configuration import IdentityConfiguration
    from .job_output import JobOutput
    from .job_status import JobStatus
    from .job_type import JobType
    from .objective import Objective
    from .sampling_algorithm import SamplingAlgorithm
    from .trial_component import TrialComponent


@define(kw_only=True, repr=False, getstate_setstate=False)
class SweepJob(JobBase):
    """SweepJob.

    `jobType` is always `Sweep`.
    """

    algorithm: SamplingAlgorithm | str
    compute: ComputeConfiguration
    early_termination: EarlyTerminationPolicy | None | Unset = UNSET
    experiment_name: str | None | Unset = UNSET
    identity: IdentityConfiguration | None | Unset = UNSET
    max_concurrent_trials: int | None | Unset = UNSET
    max_total_trials: int | None | Unset = UNSET
    objective: Objective
    output: JobOutput | None | Unset = UNSET
    priority: int | None | Unset = UNSET
    search_space: dict[str, Any]
    status: JobStatus | str | None | Unset = UNSET
    timeout: str | None | Unset = UNSET
    trial: TrialComponent | None | Unset = UNSET
    job_type: JobType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "algorithm": Field("algorithm", "enum[SamplingAlgorithm]", required=True),
        "compute": Field("compute", "ComputeConfiguration", required=True),
        "early_termination": Field("earlyTermination", "EarlyTerminationPolicy"),
        "experiment_name": Field("experimentName", "str"),
        "identity": Field("identity", "IdentityConfiguration"),
        "max_concurrent_trials": Field("maxConcurrentTrials", "int"),
        "max_total_trials": Field("maxTotalTrials", "int"),
        "objective": Field("objective", "Objective", required=True),
        "output": Field("output", "JobOutput", read_only=True),
        "priority": Field("priority", "int"),
        "search_space": Field("searchSpace", "dict[any]", required=True),
        "status": Field("status", "enum[JobStatus]", read_only=True),
        "timeout": Field("timeout", "str"),
        "trial": Field("trial", "TrialComponent"),
        "job_type": Field("jobType", "enum[JobType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"jobType": "Sweep"}
