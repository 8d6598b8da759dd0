# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelingJob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .job_endpoint import JobEndpoint
    from .job_provisioning_state import JobProvisioningState
    from .job_status import JobStatus
    from .job_type import JobType
    from .label_category import LabelCategory
    from .labeling_dataset_configuration import LabelingDatasetConfiguration
    from .labeling_job_instructions import LabelingJobInstructions
    from .labeling_job_media_properties import LabelingJobMediaProperties
    from .ml_assist_configuration import MLAssistConfiguration
    from .progress_metrics import ProgressMetrics
    from .status_message import StatusMessage


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelingJob(Model):
    """LabelingJob."""

    created_time_utc: str | None | Unset = UNSET
    dataset_configuration: LabelingDatasetConfiguration | None | Unset = UNSET
    description: str | None | Unset = UNSET
    interaction_endpoints: dict[str, JobEndpoint] | None | Unset = UNSET
    job_instructions: LabelingJobInstructions | None | Unset = UNSET
    job_type: JobType | str
    label_categories: dict[str, LabelCategory] | None | Unset = UNSET
    labeling_job_media_properties: LabelingJobMediaProperties | None | Unset = UNSET
    ml_assist_configuration: MLAssistConfiguration | None | Unset = UNSET
    progress_metrics: ProgressMetrics | None | Unset = UNSET
    project_id: str | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    provisioning_state: JobProvisioningState | str | None | Unset = UNSET
    status: JobStatus | str | None | Unset = UNSET
    status_messages: list[StatusMessage] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "created_time_utc": Field("createdTimeUtc", "str", read_only=True),
        "dataset_configuration": Field("datasetConfiguration", "LabelingDatasetConfiguration"),
        "description": Field("description", "str"),
        "interaction_endpoints": Field("interactionEndpoints", "dict[JobEndpoint]", read_only=True),
        "job_instructions": Field("jobInstructions", "LabelingJobInstructions"),
        "job_type": Field("jobType", "enum[JobType]", required=True),
        "label_categories": Field("labelCategories", "dict[LabelCategory]"),
        "labeling_job_media_properties": Field(
            "labelingJobMediaProperties", "LabelingJobMediaProperties"
        ),
        "ml_assist_configuration": Field("mlAssistConfiguration", "MLAssistConfiguration"),
        "progress_metrics": Field("progressMetrics", "ProgressMetrics", read_only=True),
        "project_id": Field("projectId", "str", read_only=True),
        "properties": Field("properties", "dict[str]"),
        "provisioning_state": Field(
            "provisioningState", "enum[JobProvisioningState]", read_only=True
        ),
        "status": Field("status", "enum[JobStatus]", read_only=True),
        "status_messages": Field("statusMessages", "list[StatusMessage]", read_only=True),
        "tags": Field("tags", "dict[str]"),
    }
