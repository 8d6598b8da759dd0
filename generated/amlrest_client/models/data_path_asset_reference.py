# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DataPathAssetReference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .asset_reference_base import AssetReferenceBase

if TYPE_CHECKING:
    from .reference_type import ReferenceType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DataPathAssetReference(AssetReferenceBase):
    """DataPathAssetReference.

    `referenceType` is always `DataPath`.
    """

    datastore_id: str | None | Unset = UNSET
    path: str | None | Unset = UNSET
    reference_type: ReferenceType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "datastore_id": Field("datastoreId", "str"),
        "path": Field("path", "str"),
        "reference_type": Field("referenceType", "enum[ReferenceType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"referenceType": "DataPath"}
