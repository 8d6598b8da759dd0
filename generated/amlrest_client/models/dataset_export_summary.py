# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatasetExportSummary."""

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
class DatasetExportSummary(ExportSummary):
    """DatasetExportSummary.

    `format` is always `Dataset`.
    """

    labeled_asset_name: str | None | Unset = UNSET
    format_: ExportFormatType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "labeled_asset_name": Field("labeledAssetName", "str", read_only=True),
        "format_": Field("format", "enum[ExportFormatType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"format": "Dataset"}
