# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ProgressMetrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ProgressMetrics(Model):
    """ProgressMetrics."""

    completed_datapoint_count: int | None | Unset = UNSET
    incremental_dataset_last_refresh_time: str | None | Unset = UNSET
    skipped_datapoint_count: int | None | Unset = UNSET
    total_datapoint_count: int | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "completed_datapoint_count": Field("completedDatapointCount", "int", read_only=True),
        "incremental_dataset_last_refresh_time": Field(
            "incrementalDatasetLastRefreshTime", "str", read_only=True
        ),
        "skipped_datapoint_count": Field("skippedDatapointCount", "int", read_only=True),
        "total_datapoint_count": Field("totalDatapointCount", "int", read_only=True),
    }
