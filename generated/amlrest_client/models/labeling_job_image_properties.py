# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelingJobImageProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .labeling_job_media_properties import LabelingJobMediaProperties

if TYPE_CHECKING:
    from .image_annotation_type import ImageAnnotationType
    from .media_type import MediaType


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelingJobImageProperties(LabelingJobMediaProperties):
    """LabelingJobImageProperties.

    `mediaType` is always `Image`.
    """

    annotation_type: ImageAnnotationType | str | None | Unset = UNSET
    media_type: MediaType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "annotation_type": Field("annotationType", "enum[ImageAnnotationType]"),
        "media_type": Field("mediaType", "enum[MediaType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"mediaType": "Image"}
