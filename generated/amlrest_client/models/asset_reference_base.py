# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AssetReferenceBase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .reference_type import ReferenceType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AssetReferenceBase(Model):
    """AssetReferenceBase; `from_dict` returns the subtype selected by `referenceType`."""

    reference_type: ReferenceType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "reference_type": Field("referenceType", "enum[ReferenceType]", required=True),
    }
    _discriminator: ClassVar[str] = "referenceType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "datapath": "DataPathAssetReference",
        "id": "IdAssetReference",
        "outputpath": "OutputPathAssetReference",
    }
