# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EnvironmentSpecificationVersion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .docker_specification import DockerSpecification
    from .environment_specification_type import EnvironmentSpecificationType
    from .inference_container_properties import InferenceContainerProperties


@define(kw_only=True, repr=False, getstate_setstate=False)
class EnvironmentSpecificationVersion(Model):
    """EnvironmentSpecificationVersion."""

    conda_file: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    docker: DockerSpecification | None | Unset = UNSET
    environment_specification_type: EnvironmentSpecificationType | str | None | Unset = UNSET
    inference_container_properties: InferenceContainerProperties | None | Unset = UNSET
    is_anonymous: bool | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "conda_file": Field("condaFile", "str"),
        "description": Field("description", "str"),
        "docker": Field("docker", "DockerSpecification"),
        "environment_specification_type": Field(
            "environmentSpecificationType", "enum[EnvironmentSpecificationType]", read_only=True
        ),
        "inference_container_properties": Field(
            "inferenceContainerProperties", "InferenceContainerProperties"
        ),
        "is_anonymous": Field("isAnonymous", "bool"),
        "properties": Field("properties", "dict[str]"),
        "tags": Field("tags", "dict[str]"),
    }
