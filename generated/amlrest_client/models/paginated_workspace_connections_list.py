# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PaginatedWorkspaceConnectionsList."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .workspace_connection import WorkspaceConnection


@define(kw_only=True, repr=False, getstate_setstate=False)
class PaginatedWorkspaceConnectionsList(Model):
    """PaginatedWorkspaceConnectionsList."""

    value: list[WorkspaceConnection] | None | Unset = UNSET
    next_link: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "list[WorkspaceConnection]"),
        "next_link": Field("nextLink", "str"),
    }
