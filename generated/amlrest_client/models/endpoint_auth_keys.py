# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EndpointAuthKeys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class EndpointAuthKeys(Model):
    """EndpointAuthKeys."""

    primary_key: str | None | Unset = UNSET
    secondary_key: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "primary_key": Field("primaryKey", "str", secret=True),
        "secondary_key": Field("secondaryKey", "str", secret=True),
    }
