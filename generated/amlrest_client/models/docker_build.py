# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DockerBuild."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .docker_specification import DockerSpecification

if TYPE_CHECKING:
    from .docker_specification_type import DockerSpecificationType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DockerBuild(DockerSpecification):
    """DockerBuild.

    `dockerSpecificationType` is always `Build`.
    """

    context: str | None | Unset = UNSET
    dockerfile: str
    docker_specification_type: DockerSpecificationType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "context": Field("context", "str"),
        "dockerfile": Field("dockerfile", "str", required=True),
        "docker_specification_type": Field(
            "dockerSpecificationType", "enum[DockerSpecificationType]", required=True
        ),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"dockerSpecificationType": "Build"}
