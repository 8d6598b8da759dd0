# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatabricksComputeSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .compute_secrets import ComputeSecrets

if TYPE_CHECKING:
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatabricksComputeSecrets(ComputeSecrets):
    """DatabricksComputeSecrets.

    `computeType` is always `Databricks`.
    """

    databricks_access_token: str | None | Unset = UNSET
    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "databricks_access_token": Field("databricksAccessToken", "str", secret=True),
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "Databricks"}
