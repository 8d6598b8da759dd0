# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OnlineDeployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .asset_reference_base import AssetReferenceBase
    from .code_configuration import CodeConfiguration
    from .deployment_provisioning_state import DeploymentProvisioningState
    from .endpoint_compute_type import EndpointComputeType
    from .online_request_settings import OnlineRequestSettings
    from .online_scale_settings import OnlineScaleSettings
    from .probe_settings import ProbeSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class OnlineDeployment(Model):
    """OnlineDeployment; `from_dict` returns the subtype selected by `endpointComputeType`."""

    app_insights_enabled: bool | None | Unset = UNSET
    code_configuration: CodeConfiguration | None | Unset = UNSET
    description: str | None | Unset = UNSET
    endpoint_compute_type: EndpointComputeType | str
    environment_id: str | None | Unset = UNSET
    environment_variables: dict[str, str] | None | Unset = UNSET
    liveness_probe: ProbeSettings | None | Unset = UNSET
    model: AssetReferenceBase | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    provisioning_state: DeploymentProvisioningState | str | None | Unset = UNSET
    request_settings: OnlineRequestSettings | None | Unset = UNSET
    scale_settings: OnlineScaleSettings | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "app_insights_enabled": Field("appInsightsEnabled", "bool"),
        "code_configuration": Field("codeConfiguration", "CodeConfiguration"),
        "description": Field("description", "str"),
        "endpoint_compute_type": Field(
            "endpointComputeType", "enum[EndpointComputeType]", required=True
        ),
        "environment_id": Field("environmentId", "str"),
        "environment_variables": Field("environmentVariables", "dict[str]"),
        "liveness_probe": Field("livenessProbe", "ProbeSettings"),
        "model": Field("model", "AssetReferenceBase"),
        "properties": Field("properties", "dict[str]"),
        "provisioning_state": Field(
            "provisioningState", "enum[DeploymentProvisioningState]", read_only=True
        ),
        "request_settings": Field("requestSettings", "OnlineRequestSettings"),
        "scale_settings": Field("scaleSettings", "OnlineScaleSettings"),
    }
    _discriminator: ClassVar[str] = "endpointComputeType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "k8s": "K8sOnlineDeployment",
        "managed": "ManagedOnlineDeployment",
    }
