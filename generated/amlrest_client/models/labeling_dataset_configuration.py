# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelingDatasetConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelingDatasetConfiguration(Model):
    """LabelingDatasetConfiguration."""

    asset_name: str | None | Unset = UNSET
    dataset_version: str | None | Unset = UNSET
    incremental_dataset_refresh_enabled: bool | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "asset_name": Field("assetName", "str"),
        "dataset_version": Field("datasetVersion", "str"),
        "incremental_dataset_refresh_enabled": Field("incrementalDatasetRefreshEnabled", "bool"),
    }
