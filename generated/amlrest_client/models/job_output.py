# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""JobOutput."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class JobOutput(Model):
    """JobOutput."""

    datastore_id: str | None | Unset = UNSET
    path: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "datastore_id": Field("datastoreId", "str", read_only=True),
        "path": Field("path", "str", read_only=True),
    }
