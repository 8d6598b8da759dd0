# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PartialOnlineDeployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .endpoint_compute_type import EndpointComputeType
    from .online_request_settings import OnlineRequestSettings
    from .online_scale_settings import OnlineScaleSettings
    from .probe_settings import ProbeSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class PartialOnlineDeployment(Model):
    """PartialOnlineDeployment; `from_dict` returns the subtype selected by `endpointComputeType`."""

    app_insights_enabled: bool | None | Unset = UNSET
    endpoint_compute_type: EndpointComputeType | str
    liveness_probe: ProbeSettings | None | Unset = UNSET
    request_settings: OnlineRequestSettings | None | Unset = UNSET
    scale_settings: OnlineScaleSettings | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "app_insights_enabled": Field("appInsightsEnabled", "bool"),
        "endpoint_compute_type": Field(
            "endpointComputeType", "enum[EndpointComputeType]", required=True
        ),
        "liveness_probe": Field("livenessProbe", "ProbeSettings"),
        "request_settings": Field("requestSettings", "OnlineRequestSettings"),
        "scale_settings": Field("scaleSettings", "OnlineScaleSettings"),
    }
    _discriminator: ClassVar[str] = "endpointComputeType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "k8s": "PartialAksOnlineDeployment",
        "managed": "PartialManagedOnlineDeployment",
    }
