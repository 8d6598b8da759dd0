# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DeploymentLogsRequest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .container_type import ContainerType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DeploymentLogsRequest(Model):
    """DeploymentLogsRequest."""

    container_type: ContainerType | str | None | Unset = UNSET
    tail: int | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "container_type": Field("containerType", "enum[ContainerType]"),
        "tail": Field("tail", "int"),
    }
