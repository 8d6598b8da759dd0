# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CocoExportSummary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .export_summary import ExportSummary

if TYPE_CHECKING:
    from .export_format_type import ExportFormatType


@define(kw_only=True, repr=False, getstate_setstate=False)
class CocoExportSummary(ExportSummary):
    """CocoExportSummary.

    `format` is always `Coco`.
    """

    container_name: str | None | Unset = UNSET
    snapshot_path: str | None | Unset = UNSET
    format_: ExportFormatType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "container_name": Field("containerName", "str", read_only=True),
        "snapshot_path": Field("snapshotPath", "str", read_only=True),
        "format_": Field("format", "enum[ExportFormatType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"format": "Coco"}
