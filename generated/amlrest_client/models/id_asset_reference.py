# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""IdAssetReference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .asset_reference_base import AssetReferenceBase

if TYPE_CHECKING:
    from .reference_type import ReferenceType


@define(kw_only=True, repr=False, getstate_setstate=False)
class IdAssetReference(AssetReferenceBase):
    """IdAssetReference.

    `referenceType` is always `Id`.
    """

    asset_id: str
    reference_type: ReferenceType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "asset_id": Field("assetId", "str", required=True),
        "reference_type": Field("referenceType", "enum[ReferenceType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"referenceType": "Id"}
