# Generated from facade/amlrest/_async/online.py by `python codegen.py generate`; edit the async source.
"""Online endpoints and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._sync.deploying import Limit, Steps
from amlrest._sync.deployments import address, changes, check_shares, located, prepare
from amlrest.checks import check_range
from amlrest.errors import ValidationError
from amlrest.names import check_name, name_of
from amlrest.resources.deployments import OnlineDeployment, online_deployment_class
from amlrest.resources.endpoints import EndpointKeys, EndpointToken, OnlineEndpoint
from amlrest.shares import check_traffic, replacing
from amlrest.wire import Scope, from_wire, plain, request_body
from amlrest.wire.codecs import TEXT, Words
from amlrest.wire.fields import look_up, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from amlrest._sync.core import Core

_KIND = "onlineEndpoints"
_COMPUTE_TYPE = ("properties", "endpointComputeType")
_CONTAINER = Words(inference_server="InferenceServer", storage_initializer="StorageInitializer")
_KEY = Words(primary="Primary", secondary="Secondary")


class OnlineEndpoints:
    """Online endpoints (``OnlineEndpoints_*``).

    Methods that start a long-running operation wait for its end, at most `timeout` seconds (by
    default what the service states, or an hour), and raise `DeadlineError` after that.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    def get(self, name: str) -> OnlineEndpoint:
        """Get an endpoint by name or id."""
        answer = self._core.call("OnlineEndpoints_Get", endpoint_name=name_of(_KIND, name))
        return from_wire(OnlineEndpoint, plain(answer))

    def list(self) -> Iterator[OnlineEndpoint]:
        """Yield the endpoints."""
        for item in self._core.pages("OnlineEndpoints_List"):
            yield from_wire(OnlineEndpoint, plain(item))

    def create_or_update(
        self,
        endpoint: OnlineEndpoint,
        *,
        timeout: float | None = None,
    ) -> OnlineEndpoint:
        """Create an endpoint, or write one that is there whole.

        Args:
            endpoint: without a location it gets the workspace's.
            timeout: seconds to wait for the end.
        """
        name = check_name(_KIND, endpoint.name or "")
        check_shares(endpoint)
        body = located(self._core, request_body(endpoint, self._scope))
        answer = self._core.run(
            "OnlineEndpoints_CreateOrUpdate", body, timeout=timeout, endpoint_name=name
        )
        return self._result(name, answer)

    def update(
        self,
        endpoint: OnlineEndpoint,
        *,
        timeout: float | None = None,
    ) -> OnlineEndpoint:
        """Send what can change of an endpoint that is there: traffic, tags, identity.

        Raises:
            ValidationError: something else was changed.
        """
        name = check_name(_KIND, endpoint.name or "")
        check_shares(endpoint)
        body = changes(endpoint, request_body(endpoint, self._scope), "traffic")
        answer = self._core.run("OnlineEndpoints_Update", body, timeout=timeout, endpoint_name=name)
        return self._result(name, answer)

    def set_traffic(
        self,
        name: str,
        traffic: Mapping[str, int],
        *,
        timeout: float | None = None,
    ) -> OnlineEndpoint:
        """Share the requests between deployments; those not named get none.

        Args:
            name: the endpoint.
            traffic: percent by deployment; together 100, or 0 for none.
            timeout: seconds to wait for the end.

        Raises:
            ValidationError: the percentages do not add up.
        """
        name = name_of(_KIND, name)
        wanted = check_traffic(traffic)
        former = (self.get(name)).traffic
        body = {"properties": {"traffic": replacing(former, wanted)}}
        answer = self._core.run("OnlineEndpoints_Update", body, timeout=timeout, endpoint_name=name)
        return self._result(name, answer)

    def deploy(
        self,
        endpoint: OnlineEndpoint,
        deployments: Sequence[OnlineDeployment] = (),
        *,
        timeout: float | None = None,
        on_ready: Callable[[OnlineEndpoint | OnlineDeployment], None] | None = None,
    ) -> OnlineEndpoint:
        """Create or update an endpoint with its deployments, and then share its traffic.

        Requests are answered all the while: an endpoint that is there keeps its traffic until
        the deployments are ready. Deployments that are there and not given stay.

        Args:
            endpoint: without traffic, traffic stays as it is.
            deployments: those that do not name their endpoint are for this one.
            timeout: seconds to wait in all.
            on_ready: told of the endpoint and of each deployment when the service has it ready.

        Returns:
            The endpoint as it is in the end.

        Raises:
            ValidationError: something can be known to be wrong; nothing has been changed.
        """
        behind = OnlineDeployments(self._core)
        steps = Steps(
            self._core,
            Limit(timeout),
            self.get,
            behind.list,
            self.create_or_update,
            behind.create_or_update,
            self.set_traffic,
        )
        return steps.run(endpoint, deployments, on_ready)  # type: ignore[no-any-return]

    def keys(self, name: str) -> EndpointKeys:
        """Get the keys of an endpoint with ``key`` authentication."""
        answer = self._core.call("OnlineEndpoints_ListKeys", endpoint_name=name_of(_KIND, name))
        return from_wire(EndpointKeys, plain(answer))

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
            endpoint_name=name_of(_KIND, name),
        )

    def token(self, name: str) -> EndpointToken:
        """Get a token of an endpoint with ``aml_token`` authentication."""
        answer = self._core.call("OnlineEndpoints_GetToken", endpoint_name=name_of(_KIND, name))
        return from_wire(EndpointToken, plain(answer))

    def delete(self, name: str, *, timeout: float | None = None) -> None:
        """Delete an endpoint with its deployments."""
        self._core.run(
            "OnlineEndpoints_Delete", timeout=timeout, endpoint_name=name_of(_KIND, name)
        )

    def _result(self, name: str, answer: Any) -> OnlineEndpoint:
        return self.get(name) if answer is None else from_wire(OnlineEndpoint, plain(answer))


class OnlineDeployments:
    """Deployments of online endpoints (``OnlineDeployments_*``); waiting as for endpoints."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    def get(self, endpoint: str, name: str) -> OnlineDeployment:
        """Get a deployment of an endpoint; both by name or id."""
        answer = self._core.call("OnlineDeployments_Get", **address(_KIND, endpoint, name))
        return _read(answer)

    def list(self, endpoint: str) -> Iterator[OnlineDeployment]:
        """Yield the deployments of an endpoint."""
        named = name_of(_KIND, endpoint)
        for item in self._core.pages("OnlineDeployments_List", endpoint_name=named):
            yield _read(item)

    def create_or_update(
        self,
        deployment: OnlineDeployment,
        *,
        timeout: float | None = None,
    ) -> OnlineDeployment:
        """Create a deployment, or write one that is there whole.

        Model, code and environment that are not in the workspace yet are registered first.

        Args:
            deployment: a `ManagedOnlineDeployment` or `K8sOnlineDeployment`.
            timeout: seconds to wait for the end.
        """
        where = address(_KIND, deployment.endpoint, deployment.name)
        if deployment.WIRE_TYPE is None and look_up(deployment.raw, _COMPUTE_TYPE) is None:
            raise ValidationError("use ManagedOnlineDeployment or K8sOnlineDeployment")
        ready = prepare(self._core, deployment)
        body = located(self._core, request_body(ready, self._scope))
        answer = self._core.run(
            "OnlineDeployments_CreateOrUpdate",
            body,
            timeout=timeout,
            **where,
        )
        return self._result(deployment, answer)

    def update(
        self,
        deployment: OnlineDeployment,
        *,
        timeout: float | None = None,
    ) -> OnlineDeployment:
        """Send what can change of a deployment that is there: scale, probes, requests, tags.

        Raises:
            ValidationError: something else was changed.
        """
        where = address(_KIND, deployment.endpoint, deployment.name)
        body = changes(
            deployment,
            request_body(deployment, self._scope),
            "endpointComputeType",
            "appInsightsEnabled",
            "containerResourceRequirements",
            "livenessProbe",
            "readinessProbe",
            "requestSettings",
            "scaleSettings",
        )
        answer = self._core.run(
            "OnlineDeployments_Update",
            body,
            timeout=timeout,
            **where,
        )
        return self._result(deployment, answer)

    def scale(
        self,
        endpoint: str,
        name: str,
        instances: int,
        *,
        timeout: float | None = None,
    ) -> OnlineDeployment:
        """Give a deployment a fixed number of instances."""
        where = address(_KIND, endpoint, name)
        check_range("instances", instances, 0, None)
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
        return self._result(deployment, answer)

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
        where = address(_KIND, endpoint, name)
        check_range("tail", tail, 1, None)
        body: dict[str, Any] = {"containerType": _CONTAINER.write(container, None, "container")}
        if tail is not None:
            body["tail"] = tail
        answer = self._core.call(
            "OnlineDeployments_GetLogs",
            body,
            repeatable=True,
            **where,
        )
        return str(plain(answer).get("content") or "")

    def delete(
        self,
        endpoint: str,
        name: str,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a deployment."""
        where = address(_KIND, endpoint, name)
        self._core.run("OnlineDeployments_Delete", timeout=timeout, **where)

    def _result(self, deployment: OnlineDeployment, answer: Any) -> OnlineDeployment:
        if answer is not None:
            return _read(answer)
        return self.get(str(deployment.endpoint), str(deployment.name))


def _read(answer: Any) -> OnlineDeployment:
    raw = plain(answer)
    return from_wire(online_deployment_class(raw), raw)
