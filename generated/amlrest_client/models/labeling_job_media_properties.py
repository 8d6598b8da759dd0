# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelingJobMediaProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .media_type import MediaType


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelingJobMediaProperties(Model):
    """LabelingJobMediaProperties; `from_dict` returns the subtype selected by `mediaType`."""

    media_type: MediaType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "media_type": Field("mediaType", "enum[MediaType]", required=True),
    }
    _discriminator: ClassVar[str] = "mediaType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "image": "LabelingJobImageProperties",
        "text": "LabelingJobTextProperties",
    }
