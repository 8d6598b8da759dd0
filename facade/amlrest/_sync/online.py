# Generated from facade/amlrest/_async/online.py by `python codegen.py generate`; edit the async source.
"""Online endpoints and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._sync.deployments import Deployments
from amlrest._sync.endpoints import Endpoints
from amlrest._wire import from_wire
from amlrest._wire.codecs import TEXT, Choice
from amlrest._wire.fields import look_up, put
from amlrest.errors import ValidationError
from amlrest.resources.deployments import OnlineDeployment, online_deployment_class
from amlrest.resources.endpoints import EndpointToken, OnlineEndpoint
from amlrest.resources.ranges import check_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest.resources.asset_arguments import AssetArgument

_COMPUTE_TYPE = ("properties", "endpointComputeType")
_CONTAINER = Choice(inference_server="InferenceServer", storage_initializer="StorageInitializer")
_KEY = Choice(primary="Primary", secondary="Secondary")


class OnlineDeployments(Deployments[OnlineDeployment]):
    """Deployments of online endpoints (``OnlineDeployments_*``); waiting as for endpoints."""

    _deployment = OnlineDeployment
    _operations = "OnlineDeployments"
    _endpoints = "onlineEndpoints"
    _can_change = (
        "endpointComputeType",
        "appInsightsEnabled",
        "containerResourceRequirements",
        "livenessProbe",
        "readinessProbe",
        "requestSettings",
        "scaleSettings",
    )

    def scale(
        self,
        endpoint: str,
        name: str,
        instances: int,
        *,
        timeout: float | None = None,
    ) -> OnlineDeployment:
        """Give a deployment a fixed number of instances."""
        where = self._address(endpoint, name)
        check_range("instances", instances, 0)
        deployment = self.get(endpoint, name)
        body: dict[str, Any] = {}
        put(body, _COMPUTE_TYPE, look_up(deployment.raw, _COMPUTE_TYPE) or "Managed")
        manual = {"scaleType": "Manual", "instanceCount": instances}
        put(body, ("properties", "scaleSettings"), manual)
        answer = self._core.run(
            "OnlineDeployments_Update",
            body,
            timeout=timeout,
            **where,
        )
        return self._result(where, answer)

    def logs(
        self,
        endpoint: str,
        name: str,
        *,
        container: str = "inference_server",
        tail: int | None = None,
    ) -> str:
        """Get the log of a deployment.

        Args:
            endpoint: the endpoint.
            name: the deployment.
            container: ``inference_server`` or ``storage_initializer``.
            tail: only so many lines from the end.
        """
        where = self._address(endpoint, name)
        check_range("tail", tail, 1)
        body: dict[str, Any] = {"containerType": _CONTAINER.write(container, None, "container")}
        if tail is not None:
            body["tail"] = tail
        answer = self._core.call(
            "OnlineDeployments_GetLogs",
            body,
            repeatable=True,
            **where,
        )
        return str(answer.get("content") or "")

    def check(self, deployment: OnlineDeployment) -> Sequence[AssetArgument]:
        """Check as every deployment, and that the kind of compute is known."""
        arguments = super().check(deployment)
        if deployment.WIRE_TYPE is None and look_up(deployment.raw, _COMPUTE_TYPE) is None:
            raise ValidationError("use ManagedOnlineDeployment or K8sOnlineDeployment")
        return arguments

    def _read(self, raw: Any) -> OnlineDeployment:
        return from_wire(online_deployment_class(raw), raw)


class OnlineEndpoints(Endpoints[OnlineEndpoint, OnlineDeployment]):
    """Online endpoints (``OnlineEndpoints_*``).

    Methods that start a long-running operation wait for its end, at most `timeout` seconds (by
    default what the service states, or an hour), and raise `DeadlineError` after that.
    """

    _endpoint = OnlineEndpoint
    _behind = OnlineDeployments
    _operations = "OnlineEndpoints"

    def regenerate_key(
        self,
        name: str,
        key: str = "primary",
        *,
        value: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Replace a key.

        Args:
            name: the endpoint.
            key: ``primary`` or ``secondary``.
            value: the new key; made by the service when None.
            timeout: seconds to wait for the end.
        """
        body = {"keyType": _KEY.write(key, None, "key")}
        if value is not None:
            body["keyValue"] = TEXT.write(value, None, "value")
        self._core.run(
            "OnlineEndpoints_RegenerateKeys",
            body,
            timeout=timeout,
            endpoint_name=self._named(name),
        )

    def token(self, name: str) -> EndpointToken:
        """Get a token of an endpoint with ``aml_token`` authentication."""
        answer = self._core.call("OnlineEndpoints_GetToken", endpoint_name=self._named(name))
        return from_wire(EndpointToken, answer)
