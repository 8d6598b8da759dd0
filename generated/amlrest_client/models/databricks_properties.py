# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatabricksProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatabricksProperties(Model):
    """DatabricksProperties."""

    databricks_access_token: str | None | Unset = UNSET
    workspace_url: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "databricks_access_token": Field("databricksAccessToken", "str", secret=True),
        "workspace_url": Field("workspaceUrl", "str"),
    }
