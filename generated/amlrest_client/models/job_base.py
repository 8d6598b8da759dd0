# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""JobBase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .job_endpoint import JobEndpoint
    from .job_provisioning_state import JobProvisioningState
    from .job_type import JobType


@define(kw_only=True, repr=False, getstate_setstate=False)
class JobBase(Model):
    """JobBase; `from_dict` returns the subtype selected by `jobType`."""

    description: str | None | Unset = UNSET
    interaction_endpoints: dict[str, JobEndpoint] | None | Unset = UNSET
    job_type: JobType | str
    properties: dict[str, str] | None | Unset = UNSET
    provisioning_state: JobProvisioningState | str | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "description": Field("description", "str"),
        "interaction_endpoints": Field("interactionEndpoints", "dict[JobEndpoint]", read_only=True),
        "job_type": Field("jobType", "enum[JobType]", required=True),
        "properties": Field("properties", "dict[str]"),
        "provisioning_state": Field(
            "provisioningState", "enum[JobProvisioningState]", read_only=True
        ),
        "tags": Field("tags", "dict[str]"),
    }
    _discriminator: ClassVar[str] = "jobType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "command": "CommandJob",
        "sweep": "SweepJob",
    }
