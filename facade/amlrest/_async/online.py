"""Online endpoints and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from amlrest._async.deployments import Deployments
from amlrest._async.endpoints import Endpoints
from amlrest._http.deadline import Deadline
from amlrest._runtime import aio as rt
from amlrest._wire.codecs import TEXT, Choice
from amlrest._wire.fields import look_up, put
from amlrest.errors import ResourceNotFoundError, ValidationError
from amlrest.names import name_of
from amlrest.resources.base import of_kind
from amlrest.resources.deployments import OnlineDeployment, online_deployment_class
from amlrest.resources.endpoints import EndpointToken, OnlineEndpoint
from amlrest.resources.ranges import check_range
from amlrest.resources.scoring import payload, read_response, request_headers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amlrest._async.listing import Listing
    from amlrest.resources.asset_arguments import AssetArgument
    from amlrest.resources.scoring import ScoringResponse

D = TypeVar("D", bound=OnlineDeployment)

_COMPUTE_TYPE = ("properties", "endpointComputeType")
_CONTAINER = Choice(inference_server="InferenceServer", storage_initializer="StorageInitializer")
_KEY = Choice(primary="Primary", secondary="Secondary")


class OnlineDeployments(Deployments[OnlineDeployment]):
    """Deployments of online endpoints (``OnlineDeployments_*``); `timeout` as for endpoints."""

    _deployment = OnlineDeployment
    _operations = "OnlineDeployments"
    _endpoints = "onlineEndpoints"
    _mutable = (
        "endpointComputeType",
        "appInsightsEnabled",
        "containerResourceRequirements",
        "livenessProbe",
        "readinessProbe",
        "requestSettings",
        "scaleSettings",
    )

    @overload
    async def get(self, endpoint: str, name: str, kind: type[D]) -> D: ...
    @overload
    async def get(self, endpoint: str, name: str, kind: None = None) -> OnlineDeployment: ...
    async def get(self, endpoint: str, name: str, kind: type[Any] | None = None) -> Any:
        """Get a deployment of an endpoint; both by name or id.

        Args:
            endpoint: the endpoint.
            name: the deployment.
            kind: the class that it has to be of: `ManagedOnlineDeployment`,
                `K8sOnlineDeployment`; any when None.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: it is of another class.
        """
        narrow = of_kind(kind or OnlineDeployment)
        return narrow(await super().get(endpoint, name))

    @overload
    def list(self, endpoint: str, kind: type[D]) -> Listing[D]: ...
    @overload
    def list(self, endpoint: str, kind: None = None) -> Listing[OnlineDeployment]: ...
    def list(self, endpoint: str, kind: type[Any] | None = None) -> Listing[Any]:
        """List the deployments of an endpoint.

        Args:
            endpoint: the endpoint.
            kind: only those of this class; all when None.
        """
        return self._list(endpoint, kind)

    async def scale(
        self, endpoint: str, name: str, instances: int, *, timeout: float | None = None
    ) -> OnlineDeployment:
        """Set a fixed number of instances of a deployment.

        Args:
            endpoint: the endpoint.
            name: the deployment.
            instances: their number; 0 stops it where the service allows that.
            timeout: maximum seconds to wait; no limit when None.

        Returns:
            The deployment as it is then.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: the number is negative; nothing was sent.
            DeadlineError: it was not done in time; it goes on.
        """
        where = self._address(endpoint, name)
        check_range("instances", instances, 0)
        body: dict[str, Any] = {}
        if self._scope.dialect is not None:
            body["sku"] = {"name": "Default", "capacity": instances}
            response = await self._core.run(
                "OnlineDeployments_Update", body, timeout=timeout, **where
            )
            return await self._result(where, response)
        deployment = await self.get(endpoint, name)
        put(body, _COMPUTE_TYPE, look_up(deployment.raw, _COMPUTE_TYPE) or "Managed")
        manual = {"scaleType": "Manual", "instanceCount": instances}
        put(body, ("properties", "scaleSettings"), manual)
        response = await self._core.run("OnlineDeployments_Update", body, timeout=timeout, **where)
        return await self._result(where, response)

    async def logs(
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
            tail: number of lines from the end; all when None.
        """
        where = self._address(endpoint, name)
        check_range("tail", tail, 1)
        body: dict[str, Any] = {"containerType": _CONTAINER.write(container, None, "container")}
        if tail is not None:
            body["tail"] = tail
        response = await self._core.call(
            "OnlineDeployments_GetLogs", body, repeatable=True, **where
        )
        return str(response.get("content") or "")

    def check(self, deployment: OnlineDeployment) -> Sequence[AssetArgument]:
        """Check a deployment, also that its kind of compute is known."""
        arguments = super().check(deployment)
        if deployment.WIRE_TYPE is None and look_up(deployment.raw, _COMPUTE_TYPE) is None:
            raise ValidationError(
                "OnlineDeployment cannot be created directly; "
                "use ManagedOnlineDeployment or K8sOnlineDeployment"
            )
        return arguments

    def _read(self, raw: Any) -> OnlineDeployment:
        return self._core.read(online_deployment_class(raw), raw)


class OnlineEndpoints(Endpoints[OnlineEndpoint, OnlineDeployment]):
    """Online endpoints (``OnlineEndpoints_*``).

    Methods that start a long-running operation wait for it at most `timeout` seconds (by default
    the limit that the service states, or an hour), and then raise `DeadlineError`.
    """

    _resource = OnlineEndpoint
    _deployments = OnlineDeployments
    _operations = "OnlineEndpoints"

    async def regenerate_key(
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
            value: the new key; generated by the service when None.
            timeout: maximum seconds to wait.
        """
        body = {"keyType": _KEY.write(key, None, "key")}
        if value is not None:
            body["keyValue"] = TEXT.write(value, None, "value")
        await self._core.run(
            "OnlineEndpoints_RegenerateKeys", body, timeout=timeout, **self._at(name)
        )

    async def invoke(
        self,
        name: str,
        data: Any,
        *,
        deployment: str | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str | None = None,
        timeout: float | None = None,
    ) -> ScoringResponse:
        """Send a scoring request to an endpoint.

        Its address, and the key or token that it accepts, are read once and again when it no longer
        accepts them. Scoring may have effects, so the request is sent again only if it was not
        processed: without a connection, after 429, and after 503 with Retry-After.

        Args:
            name: the endpoint.
            data: JSON, such as ``{"input_data": [[5.1, 3.5, 1.4, 0.2]]}``, whose lists can be
                arrays of numpy; a DataFrame of pandas, which is sent as ``input_data``;
                a `pathlib.Path` of a JSON file; or bytes, which are sent as they are.
            deployment: the deployment to ask, whatever its share of the traffic.
            headers: further headers.
            content_type: media type of bytes or a file; JSON if None.
            timeout: seconds for the request, also when it is sent again; 300 by default.

        Raises:
            ValidationError: the data is not JSON, or a header is invalid; nothing was sent.
            ResourceNotFoundError: there is no such endpoint or deployment, or no traffic.
            ScoringError: the code of the model failed.
            ConfigError: the endpoint has no deployment yet.
            UntrustedUrlError: its address is neither https nor on loopback.
        """
        named = self._named(name)
        asked = None if deployment is None else name_of("deployments", deployment)
        sent = request_headers(headers, asked, content_type)
        content, sent["content-type"] = await rt.in_thread(payload, data, sent.get("content-type"))
        try:
            return await self._data_plane.post(
                named,
                content,
                lambda response: read_response(response, named, asked),
                headers=sent,
                deadline=Deadline(timeout),
            )
        except ResourceNotFoundError as error:
            raise await self._explained(error, named, asked) from error

    async def token(self, name: str) -> EndpointToken:
        """Get a token of an endpoint with ``aml_token`` authentication; `invoke` gets its own.

        Args:
            name: the endpoint.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: it has another kind of authentication.
        """
        response = await self._core.call("OnlineEndpoints_GetToken", **self._at(name))
        return self._core.read(EndpointToken, response)
