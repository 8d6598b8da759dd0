# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Compute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .compute_type import ComputeType
    from .error_response import ErrorResponse
    from .provisioning_state import ProvisioningState


@define(kw_only=True, repr=False, getstate_setstate=False)
class Compute(Model):
    """Compute; `from_dict` returns the subtype selected by `computeType`."""

    compute_type: ComputeType | str
    compute_location: str | None | Unset = UNSET
    provisioning_state: ProvisioningState | str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    created_on: str | None | Unset = UNSET
    modified_on: str | None | Unset = UNSET
    resource_id: str | None | Unset = UNSET
    provisioning_errors: list[ErrorResponse] | None | Unset = UNSET
    is_attached_compute: bool | None | Unset = UNSET
    disable_local_auth: bool | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
        "compute_location": Field("computeLocation", "str"),
        "provisioning_state": Field("provisioningState", "enum[ProvisioningState]", read_only=True),
        "description": Field("description", "str"),
        "created_on": Field("createdOn", "str", read_only=True),
        "modified_on": Field("modifiedOn", "str", read_only=True),
        "resource_id": Field("resourceId", "str"),
        "provisioning_errors": Field("provisioningErrors", "list[ErrorResponse]", read_only=True),
        "is_attached_compute": Field("isAttachedCompute", "bool", read_only=True),
        "disable_local_auth": Field("disableLocalAuth", "bool"),
    }
    _discriminator: ClassVar[str] = "computeType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "aks": "AKS",
        "amlcompute": "AmlCompute",
        "computeinstance": "ComputeInstance",
        "datafactory": "DataFactory",
        "datalakeanalytics": "DataLakeAnalytics",
        "databricks": "Databricks",
        "hdinsight": "HDInsight",
        "synapsespark": "SynapseSpark",
        "virtualmachine": "VirtualMachine",
    }
