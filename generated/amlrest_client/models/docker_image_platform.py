# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DockerImagePlatform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .operating_system_type import OperatingSystemType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DockerImagePlatform(Model):
    """DockerImagePlatform."""

    operating_system_type: OperatingSystemType | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "operating_system_type": Field("operatingSystemType", "enum[OperatingSystemType]"),
    }
