# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ExportSummary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .export_format_type import ExportFormatType


@define(kw_only=True, repr=False, getstate_setstate=False)
class ExportSummary(Model):
    """ExportSummary; `from_dict` returns the subtype selected by `format`."""

    end_time_utc: str | None | Unset = UNSET
    exported_row_count: int | None | Unset = UNSET
    format_: ExportFormatType | str
    labeling_job_id: str | None | Unset = UNSET
    start_time_utc: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "end_time_utc": Field("endTimeUtc", "str", read_only=True),
        "exported_row_count": Field("exportedRowCount", "int", read_only=True),
        "format_": Field("format", "enum[ExportFormatType]", required=True),
        "labeling_job_id": Field("labelingJobId", "str", read_only=True),
        "start_time_utc": Field("startTimeUtc", "str", read_only=True),
    }
    _discriminator: ClassVar[str] = "format"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "csv": "CsvExportSummary",
        "coco": "CocoExportSummary",
        "dataset": "DatasetExportSummary",
    }
