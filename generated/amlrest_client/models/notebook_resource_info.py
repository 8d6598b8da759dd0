# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NotebookResourceInfo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .notebook_preparation_error import NotebookPreparationError


@define(kw_only=True, repr=False, getstate_setstate=False)
class NotebookResourceInfo(Model):
    """NotebookResourceInfo."""

    fqdn: str | None | Unset = UNSET
    resource_id: str | None | Unset = UNSET
    notebook_preparation_error: NotebookPreparationError | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "fqdn": Field("fqdn", "str"),
        "resource_id": Field("resourceId", "str"),
        "notebook_preparation_error": Field(
            "notebookPreparationError", "NotebookPreparationError", nullable=True
        ),
    }
