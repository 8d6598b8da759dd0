# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DockerSpecification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .docker_image_platform import DockerImagePlatform
    from .docker_specification_type import DockerSpecificationType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DockerSpecification(Model):
    """DockerSpecification; `from_dict` returns the subtype selected by `dockerSpecificationType`."""

    docker_specification_type: DockerSpecificationType | str
    platform: DockerImagePlatform | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "docker_specification_type": Field(
            "dockerSpecificationType", "enum[DockerSpecificationType]", required=True
        ),
        "platform": Field("platform", "DockerImagePlatform"),
    }
    _discriminator: ClassVar[str] = "dockerSpecificationType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "build": "DockerBuild",
        "image": "DockerImage",
    }
