# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OutputDataBinding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .data_binding_mode import DataBindingMode


@define(kw_only=True, repr=False, getstate_setstate=False)
class OutputDataBinding(Model):
    """OutputDataBinding."""

    datastore_id: str | None | Unset = UNSET
    mode: DataBindingMode | str | None | Unset = UNSET
    path_on_compute: str | None | Unset = UNSET
    path_on_datastore: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "datastore_id": Field("datastoreId", "str"),
        "mode": Field("mode", "enum[DataBindingMode]"),
        "path_on_compute": Field("pathOnCompute", "str"),
        "path_on_datastore": Field("pathOnDatastore", "str"),
    }
