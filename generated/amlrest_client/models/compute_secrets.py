# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeSecrets(Model):
    """ComputeSecrets; `from_dict` returns the subtype selected by `computeType`."""

    compute_type: ComputeType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _discriminator: ClassVar[str] = "computeType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "aks": "AksComputeSecrets",
        "databricks": "DatabricksComputeSecrets",
        "virtualmachine": "VirtualMachineSecrets",
    }
