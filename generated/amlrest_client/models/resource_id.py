# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceId."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ResourceId(Model):
    """ResourceId."""

    id: str

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", required=True),
    }
