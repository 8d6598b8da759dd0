"""Core of a workspace: call operations by id, list, follow long-running operations, fetch URLs."""

from __future__ import annotations

import os
import threading
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from amlrest import _urls, errors
from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._http.retry import RetryPolicy, Timeouts
from amlrest._runtime import aio as rt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from amlrest._async.pages import Pages
    from amlrest._async.poller import Poller
    from amlrest._async.tokens import Tokens
    from amlrest._async.transport import Transport
    from amlrest._config.settings import Settings
    from amlrest._http.auth import TokenCredential
    from amlrest._http.calls import Call
    from amlrest._http.messages import Request, Response
    from amlrest._wire.fields import Scope
    from amlrest._wire.objects import WireObject

T = TypeVar("T")
W = TypeVar("W", bound="WireObject")


class Core:
    """Sends the operations of one workspace.

    No connection is opened and no credential is created before the first request. After a fork, or
    in another event loop, new connections are opened.

    Args:
        settings: the workspace and its endpoint.
        credential: anything with `get_token`; DefaultAzureCredential by default.
        retry: retry policy.
        timeouts: time limits of one attempt.
    """

    def __init__(
        self,
        settings: Settings,
        credential: TokenCredential | None = None,
        *,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.settings = settings
        self._credential_argument = credential
        self._own_credential: TokenCredential | None = None
        self.retry = retry or RetryPolicy()
        self._timeouts = timeouts or Timeouts()
        self._transport: Transport | None = None
        self._regional: str | None = None
        self._location: str | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._pid = os.getpid()

    @property
    def workspace_id(self) -> str:
        """The resource id of the workspace."""
        return self.settings.workspace_id

    @cached_property
    def scope(self) -> Scope:
        """What requests are written for: this workspace, in the wire shape of the API version."""
        from amlrest_client import API_VERSION

        from amlrest._wire.fields import Scope
        from amlrest.dialects import dialect_for

        return Scope(self.workspace_id, dialect_for(self.settings.api_version or API_VERSION))

    def read(self, cls: type[W], response: Any) -> W:
        """Return a resource from the JSON of a response."""
        from amlrest._wire import from_wire

        return from_wire(cls, response, self.scope.dialect)

    async def call(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        deadline: Deadline = NO_DEADLINE,
        repeatable: bool | None = None,
        models: bool = False,
        **parameters: Any,
    ) -> Any:
        """Call an operation and return its first response.

        Args:
            operation_id: such as `Jobs_Get`.
            body: a generated model or JSON.
            deadline: how long to retry transient faults, instead of the policy's total.
            repeatable: whether a POST or PATCH may be sent again after a lost response.
            models: whether to return the operation's models rather than JSON.
            **parameters: by wire name or in snake case; None counts as absent. Subscription,
                resource group, workspace and api-version are filled in.

        Returns:
            JSON or a model; None when there is no body.

        Raises:
            ValidationError: unknown operation; unknown, missing or unusable parameter.
            AmlrestError: see `amlrest.errors`.
        """
        call = self._prepare(
            operation_id, body, parameters, deadline=deadline, repeatable=repeatable, models=models
        )
        return await self.send(call)

    def pages(
        self, operation_id: str, /, body: Any = None, *, models: bool = False, **parameters: Any
    ) -> Pages:
        """List with an operation whose responses come in pages; nothing is sent yet.

        Raises:
            ValidationError: as in `call`, or the operation is not a list.
        """
        from amlrest._async.pages import Pages

        call = self._prepare(operation_id, body, parameters, models=models)
        call.require_pageable()
        return Pages(self.send, call)

    async def begin(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        deadline: Deadline = NO_DEADLINE,
        models: bool = False,
        **parameters: Any,
    ) -> Poller:
        """Start a long-running operation; arguments as in `call`.

        Returns:
            A poller, once the service has accepted the operation.
        """
        from amlrest._async.poller import Poller

        call = self._prepare(operation_id, body, parameters, deadline=deadline, models=models)
        return Poller(self.fetch, call, await self._send(call.request, call.check))

    async def run(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        timeout: float | None = None,
        **parameters: Any,
    ) -> Any:
        """Start a long-running operation and wait for its result, as `Poller.result` does.

        The timeout is for both together.
        """
        deadline = Deadline(timeout)
        poller = await self.begin(operation_id, body, deadline=deadline, **parameters)
        return await poller.result(deadline.remaining())

    async def delete(
        self, operation_id: str, /, *, timeout: float | None = None, **parameters: Any
    ) -> bool:
        """Run an operation that deletes, as `run` does.

        Returns:
            Whether there was something to delete; when there was not, the service answers 204, or
            of some kinds 404.

        Raises:
            ResourceNotFoundError: it is the workspace that does not exist.
        """
        deadline = Deadline(timeout)
        try:
            poller = await self.begin(operation_id, deadline=deadline, **parameters)
        except errors.ResourceNotFoundError:
            await self.call("Workspaces_Get")
            return False
        await poller.result(deadline.remaining())
        return poller.first_status != HTTPStatus.NO_CONTENT

    async def perform(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any:
        """Call an operation with models: list, or wait for the result.

        Whether an operation goes on after its response is what the response says; the document
        does not flag all that do.
        """
        from amlrest._http import calls

        operation = calls.find_operation(operation_id, self.settings.api_version)
        if operation.pageable is not None:
            return self.pages(operation_id, body, models=True, **parameters)
        return await self.run(operation_id, body, models=True, **parameters)

    async def with_location(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return a body with its location, or the workspace's, which is requested once."""
        if "location" in body:
            return body
        if self._location is None:
            workspace = await self.call("Workspaces_Get")
            self._location = workspace.get("location")
        return {**body, "location": self._location}

    async def discover(self, deadline: Deadline = NO_DEADLINE) -> str:
        """Return the base URL of the workspace's regional host, for run history and metrics.

        Args:
            deadline: how long to keep retrying.

        Raises:
            UntrustedUrlError: the workspace names a host outside Azure ML.
        """
        if self._regional is None:
            from amlrest._wire.fields import look_up

            workspace = await self.call("Workspaces_Get", deadline=deadline)
            url = look_up(workspace, ("properties", "discoveryUrl"))
            response = await self.get_json(await self._trusted_region(url), deadline=deadline)
            base = response.get("api") if isinstance(response, dict) else None
            self._regional = (await self._trusted_region(base)).rstrip("/")
        return self._regional

    async def get_json(
        self, url: str, params: Mapping[str, Any] | None = None, *, deadline: Deadline = NO_DEADLINE
    ) -> Any:
        """GET JSON from the endpoint or the discovered regional host.

        Args:
            url: without a query.
            params: the query.
            deadline: how long to keep retrying.

        Raises:
            UntrustedUrlError: the URL is on another host.
        """
        from amlrest._http import calls, responses

        target = f"{url}?{urlencode(params, doseq=True)}" if params else url
        request = calls.new_request("GET", target, deadline=deadline)
        return await self._send(request, responses.read_json)

    async def post_json(self, url: str, body: Any, *, repeatable: bool = False) -> Any:
        """POST JSON to the endpoint or the discovered regional host; as `get_json`."""
        from amlrest._http import calls, responses

        request = calls.new_request("POST", url, body=body, repeatable=repeatable)
        return await self._send(request, responses.read_json)

    async def get_bytes(
        self, url: str, *, start: int = 0, deadline: Deadline = NO_DEADLINE
    ) -> bytes:
        """GET content that its own URL authorizes, such as a log; no token is sent.

        Args:
            url: any https or loopback URL.
            start: the first byte; beyond the end nothing is returned.
            deadline: how long to keep retrying.
        """
        from amlrest._http import calls, responses

        request = calls.anonymous_request(url, start, deadline=deadline)
        return await self._send(request, responses.read_bytes)

    async def get_end(self, url: str, length: int, *, deadline: Deadline = NO_DEADLINE) -> bytes:
        """GET the last bytes of content of any size; otherwise as `get_bytes`."""
        from amlrest._http import calls, responses

        request = calls.anonymous_request(url, 0, length, deadline=deadline)
        content, total = await self._send(request, responses.read_part)
        if total > len(content):
            content = await self.get_bytes(url, start=total - length, deadline=deadline)
        return content[-length:]

    async def send(self, call: Call) -> Any:
        """Send a prepared call and read its response."""
        return await self._send(call.request, call.parse)

    async def fetch(
        self, url: str, *, deadline: Deadline = NO_DEADLINE, operation_id: str | None = None
    ) -> Response:
        """GET a URL that the service returned, for its status and headers.

        Args:
            url: on a trusted host.
            deadline: how long to keep retrying.
            operation_id: the operation it belongs to, for errors.

        Raises:
            ServiceError: the response is an error.
            UntrustedUrlError: the URL is on another host.
        """
        from amlrest._http import calls, responses

        request = calls.new_request("GET", url, deadline=deadline)
        return await self._send(request, lambda response: responses.check(response, operation_id))

    async def exchange(self, request: Request, read: Callable[[Response], T]) -> T:
        """Send a request that is not one of an operation, and read its response."""
        return await self._send(request, read)

    def tokens(self, scope: str) -> Tokens:
        """Return a cache of tokens for another scope than the workspace's."""
        from amlrest._async.tokens import Tokens

        return Tokens(self._credential(), scope)

    async def token(self, scope: str) -> Any:
        """Get a token for another scope than the workspace's, such as storage."""
        return await rt.get_token(self._credential(), scope)

    def require_identity(self, why: str) -> None:
        """Raise if the credential is a fixed token, which is valid for the workspace only.

        Raises:
            AuthenticationError: starts with `why`.
        """
        from amlrest._http.auth import StaticToken

        fixed = isinstance(self._credential_argument, StaticToken)
        if fixed and not _urls.is_loopback(self.settings.endpoint):
            raise errors.AuthenticationError(
                f"{why}: a fixed token is valid for the workspace only; leave AMLREST_TOKEN unset, or "
                "pass a credential= of azure-identity"
            )

    async def close(self) -> None:
        """Close the connections and a credential that was created here."""
        self._closed = True
        transport, self._transport = self._transport, None
        if transport is not None and transport.home == rt.home():
            await transport.close()
        own, self._own_credential = self._own_credential, None
        await rt.release(own)

    def _prepare(
        self, operation_id: str, body: Any, parameters: dict[str, Any], **options: Any
    ) -> Call:
        from amlrest._http import calls

        return calls.prepare_call(self.settings, operation_id, body, parameters, **options)

    async def _send(self, request: Request, read: Callable[[Response], T]) -> T:
        return await self._open().send(request, read)

    def _open(self) -> Transport:
        transport = self._transport
        if transport is not None and transport.home == rt.home():
            return transport
        if self._pid != os.getpid():
            # A thread of the parent process may hold the lock, and does not exist here; a
            # credential has connections too.
            self._lock, self._own_credential, self._pid = threading.Lock(), None, os.getpid()
        with self._lock:
            if self._transport is None or self._transport.home != rt.home():
                self._transport = self._new_transport()
            return self._transport

    def _new_transport(self) -> Transport:
        from amlrest._async.transport import Transport

        if self._closed:
            raise errors.AmlrestError("the workspace is closed; create a new one")
        tokens = self.tokens(self.settings.cloud.scope)
        transport = Transport(self.settings.endpoint, tokens, self.retry, self._timeouts)
        if self._regional is not None:
            transport.trust(self._regional)
        return transport

    def _credential(self) -> TokenCredential:
        if self._credential_argument is not None:
            return self._credential_argument
        if self._own_credential is None:
            from amlrest._http import auth

            self._own_credential = auth.default_credential(self.settings)
        return self._own_credential

    async def _trusted_region(self, url: object) -> str:
        if not isinstance(url, str) or not url:
            raise errors.TransportError(f"the workspace {self.settings.name} has no regional host")
        _urls.require_host_in(url, self.settings.endpoint, self.settings.cloud.ml_domain)
        self._open().trust(url)
        return url
