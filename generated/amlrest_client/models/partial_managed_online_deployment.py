# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PartialManagedOnlineDeployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .partial_online_deployment import PartialOnlineDeployment

if TYPE_CHECKING:
    from .endpoint_compute_type import EndpointComputeType
    from .probe_settings import ProbeSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class PartialManagedOnlineDeployment(PartialOnlineDeployment):
    """PartialManagedOnlineDeployment.

    `endpointComputeType` is always `Managed`.
    """

    readiness_probe: ProbeSettings | None | Unset = UNSET
    endpoint_compute_type: EndpointComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "readiness_probe": Field("readinessProbe", "ProbeSettings"),
        "endpoint_compute_type": Field(
            "endpointComputeType", "enum[EndpointComputeType]", required=True
        ),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"endpointComputeType": "Managed"}
