# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NotebookPreparationError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class NotebookPreparationError(Model):
    """NotebookPreparationError."""

    error_message: str | None | Unset = UNSET
    status_code: int | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "error_message": Field("errorMessage", "str"),
        "status_code": Field("statusCode", "int"),
    }
