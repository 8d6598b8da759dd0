# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CommandJob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .job_base import JobBase

if TYPE_CHECKING:
    from .compute_configuration import ComputeConfiguration
    from .distribution_configuration import DistributionConfiguration
    from .identity_configuration import IdentityConfiguration
    from .input_data_binding import InputDataBinding
    from .job_output import JobOutput
    from .job_status import JobStatus
    from .job_type import JobType
    from .output_data_binding import OutputDataBinding


@define(kw_only=True, repr=False, getstate_setstate=False)
class CommandJob(JobBase):
    """CommandJob.

    `jobType` is always `Command`.
    """

    code_id: str | None | Unset = UNSET
    command: str
    compute: ComputeConfiguration
    distribution: DistributionConfiguration | None | Unset = UNSET
    environment_id: str | None | Unset = UNSET
    environment_variables: dict[str, str] | None | Unset = UNSET
    experiment_name: str | None | Unset = UNSET
    identity: IdentityConfiguration | None | Unset = UNSET
    input_data_bindings: dict[str, InputDataBinding] | None | Unset = UNSET
    output: JobOutput | None | Unset = UNSET
    output_data_bindings: dict[str, OutputDataBinding] | None | Unset = UNSET
    parameters: dict[str, Any] | None | Unset = UNSET
    priority: int | None | Unset = UNSET
    status: JobStatus | str | None | Unset = UNSET
    timeout: str | None | Unset = UNSET
    job_type: JobType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "code_id": Field("codeId", "str"),
        "command": Field("command", "str", required=True),
        "compute": Field("compute", "ComputeConfiguration", required=True),
        "distribution": Field("distribution", "DistributionConfiguration"),
        "environment_id": Field("environmentId", "str"),
        "environment_variables": Field("environmentVariables", "dict[str]"),
        "experiment_name": Field("experimentName", "str"),
        "identity": Field("identity", "IdentityConfiguration"),
        "input_data_bindings": Field("inputDataBindings", "dict[InputDataBinding]"),
        "output": Field("output", "JobOutput", read_only=True),
        "output_data_bindings": Field("outputDataBindings", "dict[OutputDataBinding]"),
        "parameters": Field("parameters", "dict[any]", read_only=True),
        "priority": Field("priority", "int"),
        "status": Field("status", "enum[JobStatus]", read_only=True),
        "timeout": Field("timeout", "str"),
        "job_type": Field("jobType", "enum[JobType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"jobType": "Command"}
