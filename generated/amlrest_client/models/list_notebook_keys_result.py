# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ListNotebookKeysResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ListNotebookKeysResult(Model):
    """ListNotebookKeysResult."""

    primary_access_key: str | None | Unset = UNSET
    secondary_access_key: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "primary_access_key": Field("primaryAccessKey", "str", read_only=True, secret=True),
        "secondary_access_key": Field("secondaryAccessKey", "str", read_only=True, secret=True),
    }
