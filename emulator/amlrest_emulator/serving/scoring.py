"""The scoring URIs of online endpoints: authentication, routing, limits, and the way to a process."""

from __future__ import annotations

import asyncio
import random
import re
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote
from weakref import WeakKeyDictionary

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.json_body import part
from amlrest_emulator.responses import error_response, raw_path
from amlrest_emulator.serving.admission import (
    Admission,
    RequestSettings,
    TooManyRequestsError,
    request_settings,
)
from amlrest_emulator.serving.credentials import Credentials
from amlrest_emulator.serving.instance import Instance, ProvisioningError
from amlrest_emulator.serving.plan import NotServedError
from amlrest_emulator.serving.routing import DEPLOYMENT_HEADER, choose
from amlrest_emulator.serving.serving import Serving
from amlrest_emulator.state import Resource, State

PREFIX = "/inference/"
_PLACE = re.compile(rf"{PREFIX}(?P<endpoint>[^/]+)(?P<path>/score|/swagger\.json)")
_METHODS = ("GET", "POST", "OPTIONS")
_OK = 200
_MODEL_ERROR = 424
# Of one connection, or for this server only.
_NOT_PASSED = {
    b"authorization",
    b"connection",
    b"content-length",
    b"cookie",
    b"expect",
    b"host",
    b"keep-alive",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
    b"x-request-id",
}
_NOT_RETURNED = {
    *(b"connection", b"content-length", b"date", b"server", b"transfer-encoding"),
    b"x-request-id",
}


def scoring_path(endpoint: str) -> str:
    """Return the path of the scoring URI of an endpoint, without ``/score``."""
    return f"{PREFIX}{quote(endpoint, safe='')}"


@dataclass(frozen=True, slots=True)
class _Route:
    """A request that is allowed, with the deployment that it goes to."""

    deployment: Resource
    settings: RequestSettings


class Scoring:
    """ASGI application below ``/inference/<endpoint>``.

    Args:
        serving: the processes.
        state: resource store.
        endpoints: ARM id of the collection of endpoints.
        token: token of the workspace.
        clock: returns the current time in UTC.
    """

    def __init__(
        self,
        serving: Serving,
        state: State,
        endpoints: str,
        token: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._serving = serving
        self._state = state
        self._endpoints = endpoints
        self._token = token
        self._clock = clock
        self._dice = random.Random()  # noqa: S311 - traffic, not a secret
        self._admissions: dict[str, Admission] = {}
        self._transports: WeakKeyDictionary[Instance, httpx.AsyncHTTPTransport] = (
            WeakKeyDictionary()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request_id = str(uuid.uuid4())
        try:
            response = await self._answer(Request(scope, receive), request_id)
        except ArmError as error:
            response = error_response(scope, error)
        response.headers["x-request-id"] = request_id
        await response(scope, receive, send)

    async def _answer(self, request: Request, request_id: str) -> Response:
        place = _PLACE.fullmatch(raw_path(request.scope))
        route = await run_in_threadpool(self._route, request, place)
        if place is None:
            raise ArmError(404, "NotFound", "Scoring URIs end with /score or /swagger.json.")
        if request.method not in _METHODS:
            raise ArmError(405, "MethodNotAllowed", f"Use {' or '.join(_METHODS)}.")
        body = await whole_body(request)
        message = httpx.Request(
            request.method,
            httpx.URL(
                f"http://deployment{place['path']}", query=request.scope["query_string"] or None
            ),
            headers=[*_passed(request.scope), (b"x-request-id", request_id.encode())],
            content=body,
        )
        return await self._forward(route, message)

    def _route(self, request: Request, place: re.Match[str] | None) -> _Route:
        """Return where a request goes.

        Raises:
            ArmError: 401 without a valid key or token, 404 without a deployment.
        """
        endpoint = self._allowed(request, unquote(place["endpoint"]) if place else "")
        deployments = list(self._state.scan(endpoint.id, f"{endpoint.type}/deployments"))
        wanted = request.headers.get(DEPLOYMENT_HEADER)
        traffic = part(endpoint.properties, "traffic")
        found = choose(traffic, deployments, wanted, self._dice)
        return _Route(found, request_settings(found.properties))

    def _allowed(self, request: Request, name: str) -> Resource:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            message = "Send 'Authorization: Bearer <key or token of the endpoint>'."
            raise _unauthorized("key_auth_bad_header_forbidden", message)
        endpoint = self._state.get(f"{self._endpoints}/{name}") if name else None
        if endpoint is not None:
            secrets = self._state.secrets(endpoint.id)
            known = Credentials(endpoint, secrets, self._token)
            if known.accept(given.strip(), self._clock()):
                return endpoint
        message = "There is no such endpoint, or this key or token is not valid for it."
        raise _unauthorized("key_auth_access_denied", message)

    async def _forward(self, route: _Route, message: httpx.Request) -> Response:
        deployment, settings = route.deployment, route.settings
        admission = self._admissions.setdefault(deployment.id.lower(), Admission())
        try:
            async with asyncio.timeout(settings.timeout) as limit, admission.place(settings):
                async with _pause(limit):
                    instance = await self._instance(deployment)
                answer = await self._sent(instance, message)
        except TimeoutError:
            text = f"The deployment did not answer within {settings.timeout:g} s (requestTimeout)."
            raise ArmError(408, "RequestTimeout", text) from None
        except TooManyRequestsError:
            text = f"The deployment works on {settings.at_once} requests at a time; try later."
            raise ArmError(429, "TooManyPendingRequests", text) from None
        answer.headers[DEPLOYMENT_HEADER] = deployment.name
        return answer

    async def _instance(self, deployment: Resource) -> Instance:
        try:
            return await self._serving.instance(deployment)
        except NotServedError as error:
            text = f"The local workspace does not run the deployment {deployment.name}: {error}"
            raise ArmError(501, "DeploymentNotRun", text) from None
        except ProvisioningError as error:
            text = f"The deployment {deployment.name} is not ready: {error}"
            raise ArmError(503, error.code, text) from None

    async def _sent(self, instance: Instance, message: httpx.Request) -> Response:
        if instance not in self._transports:
            transport = httpx.AsyncHTTPTransport(uds=str(instance.socket), verify=False)
            self._transports[instance] = transport
        instance.busy += 1
        try:
            found = await self._transports[instance].handle_async_request(message)
            try:
                return _returned(found, b"".join([data async for data in found.aiter_raw()]))
            finally:
                await found.aclose()
        except httpx.TransportError as error:
            text = "The process of the deployment ended, or closed the connection; see its log."
            raise ArmError(502, "DeploymentCrashed", text) from error
        finally:
            instance.busy -= 1


@asynccontextmanager
async def _pause(limit: asyncio.Timeout) -> AsyncIterator[None]:
    """Stop a time limit: the start of a process is no part of the request."""
    clock = asyncio.get_running_loop().time
    left = (limit.when() or clock()) - clock()
    limit.reschedule(None)
    yield
    limit.reschedule(clock() + left)


def _passed(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request that its deployment gets, byte for byte."""
    return [(name, value) for name, value in scope["headers"] if name not in _NOT_PASSED]


def _returned(found: httpx.Response, content: bytes) -> Response:
    """Return the response of a deployment, as 424 unless it is 200."""
    response = Response(content, _OK if found.status_code == _OK else _MODEL_ERROR)
    for name, value in found.headers.raw:
        if name.lower() not in _NOT_RETURNED:
            response.raw_headers.append((name.lower(), value))
    if found.status_code != _OK:
        response.headers["ms-azureml-model-error-statuscode"] = str(found.status_code)
        response.headers["ms-azureml-model-error-reason"] = "model_error"
    return response


def _unauthorized(code: str, message: str) -> ArmError:
    return ArmError(401, code, message, headers={"WWW-Authenticate": "Bearer"})
