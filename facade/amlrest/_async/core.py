"""What every noun stands on: operations called by id, lists, long-running operations, hosts."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from amlrest import _urls
from amlrest._http.deadline import Limit
from amlrest._http.retry import RetryPolicy, Timeouts, no_limit
from amlrest._runtime import aio as rt
from amlrest.errors import AmlrestError, AuthenticationError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from amlrest._async.pages import Pages
    from amlrest._async.poller import Poller
    from amlrest._async.transport import Transport
    from amlrest._config.settings import Settings
    from amlrest._http.auth import TokenCredential
    from amlrest._http.calls import Call
    from amlrest._http.messages import Answer, Request
    from amlrest._http.retry import Left

T = TypeVar("T")


class Core:
    """A workspace as a place to send operations to.

    Nothing is opened and no credential is made before the first request. After a fork, or in
    another event loop, connections are opened anew.

    Args:
        settings: which workspace, where.
        credential: anything with `get_token`; DefaultAzureCredential by default.
        retry: how patient to be.
        timeouts: how long one attempt may take.
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
        self._given = credential
        self._made: TokenCredential | None = None
        self.retry = retry or RetryPolicy()
        self._timeouts = timeouts or Timeouts()
        self._transport: Transport | None = None
        self._regional: str | None = None
        self._location: str | None = None
        self._closed = False
        self._guard = threading.Lock()
        self._pid = os.getpid()

    @property
    def workspace_id(self) -> str:
        """The resource id of the workspace."""
        return self.settings.workspace_id

    async def call(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        budget: float | None = None,
        repeatable: bool | None = None,
        **parameters: Any,
    ) -> Any:
        """Call an operation and return its first answer.

        Args:
            operation_id: such as `Jobs_Get`.
            body: a generated model or JSON.
            budget: seconds to keep retrying transient faults for, instead of the policy's total.
            repeatable: whether a POST or PATCH may be sent again after a lost answer.
            **parameters: by wire name or in snake case; None counts as absent. Subscription,
                resource group, workspace and api-version are filled in.

        Returns:
            The operation's model, JSON, or None.

        Raises:
            ValidationError: unknown operation; unknown, missing or unusable parameter.
            AmlrestError: see `amlrest.errors`.
        """
        call = self._prepare(operation_id, body, parameters, budget, repeatable)
        return await self.send(call)

    def pages(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Pages:
        """List with an operation whose answers come in pages; nothing is sent yet.

        Raises:
            ValidationError: as in `call`, or the operation is not a list.
        """
        from amlrest._async.pages import Pages

        call = self._prepare(operation_id, body, parameters)
        call.require_pages()
        return Pages(self.send, call)

    async def begin(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        budget: float | None = None,
        **parameters: Any,
    ) -> Poller:
        """Start a long-running operation; arguments as in `call`.

        Returns:
            A poller, once the service has accepted the operation.
        """
        from amlrest._async.poller import Poller

        call = self._prepare(operation_id, body, parameters, budget)
        return Poller(self.fetch, call, await self._send(call.request, call.accept))

    async def run(
        self,
        operation_id: str,
        /,
        body: Any = None,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
        **parameters: Any,
    ) -> Any:
        """Start a long-running operation and wait for its result, as `Poller.result` does.

        The timeout is for both together.
        """
        limit = Limit(timeout)
        poller = await self.begin(operation_id, body, budget=timeout, **parameters)
        return await poller.result(limit.left())

    async def perform(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any:
        """Call an operation as its kind wants: list it, wait for it, or just call it."""
        from amlrest._http import calls

        operation = calls.find(operation_id)
        if operation.pageable is not None:
            return self.pages(operation_id, body, **parameters)
        if operation.long_running is not None:
            return await self.run(operation_id, body, **parameters)
        return await self.call(operation_id, body, **parameters)

    async def located(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return a body with a location: its own, or the workspace's, which is asked for once."""
        if "location" in body:
            return body
        if self._location is None:
            workspace = await self.call("Workspaces_Get")
            self._location = workspace.to_dict().get("location")
        return {**body, "location": self._location}

    async def discover(self, left: Left = no_limit) -> str:
        """The base URL of the workspace's regional host, for run history and metrics.

        Args:
            left: gives the seconds to keep retrying for.

        Raises:
            UntrustedUrlError: the workspace names a host outside Azure ML.
        """
        if self._regional is None:
            from amlrest._wire.fields import look_up

            workspace = await self.call("Workspaces_Get", budget=left())
            url = look_up(workspace.to_dict(), ("properties", "discoveryUrl"))
            answer = await self.get_json(await self._trusted_region(url), budget=left())
            base = answer.get("api") if isinstance(answer, dict) else None
            self._regional = (await self._trusted_region(base)).rstrip("/")
        return self._regional

    async def get_json(
        self, url: str, params: Mapping[str, Any] | None = None, *, budget: float | None = None
    ) -> Any:
        """GET JSON from the endpoint or the discovered regional host.

        Args:
            url: without a query.
            params: the query.
            budget: seconds to keep retrying for.

        Raises:
            UntrustedUrlError: the URL is on another host.
        """
        from amlrest._http import calls, responses

        target = f"{url}?{urlencode(params, doseq=True)}" if params else url
        request = calls.new_request("GET", target, budget=budget)
        return await self._send(request, responses.read_json)

    async def post_json(self, url: str, body: Any, *, repeatable: bool = False) -> Any:
        """POST JSON to the endpoint or the discovered regional host; as `get_json`."""
        from amlrest._http import calls, responses

        request = calls.new_request("POST", url, body=body, repeatable=repeatable)
        return await self._send(request, responses.read_json)

    async def get_bytes(self, url: str, *, start: int = 0, budget: float | None = None) -> bytes:
        """GET content that its own URL authorizes, such as a log; no token is sent.

        Args:
            url: any https or loopback URL.
            start: how many bytes to leave out at the beginning; beyond the end gives nothing.
            budget: seconds to keep retrying for.
        """
        from amlrest._http import calls, responses

        request = calls.anonymous_request(url, start, budget=budget)
        return await self._send(request, responses.read_bytes)

    async def get_end(self, url: str, length: int, *, budget: float | None = None) -> bytes:
        """GET the last bytes of content, however much is before them; otherwise as `get_bytes`."""
        from amlrest._http import calls, responses

        request = calls.anonymous_request(url, 0, length, budget=budget)
        content, total = await self._send(request, responses.read_part)
        if total > len(content):
            content = await self.get_bytes(url, start=total - length, budget=budget)
        return content[-length:]

    async def send(self, call: Call) -> Any:
        """Send a prepared call and read its answer."""
        return await self._send(call.request, call.read)

    async def fetch(
        self, url: str, *, budget: float | None = None, operation_id: str | None = None
    ) -> Answer:
        """GET a URL the service gave, for its status and headers.

        Args:
            url: on a trusted host.
            budget: seconds to keep retrying for.
            operation_id: what the answer belongs to, for errors.

        Raises:
            ServiceError: the answer is an error.
            UntrustedUrlError: the URL is on another host.
        """
        from amlrest._http import calls, responses

        request = calls.new_request("GET", url, budget=budget)
        return await self._send(request, lambda answer: responses.accept(answer, operation_id))

    async def token(self, scope: str) -> Any:
        """Ask the credential for a token that is not for the workspace but for what it uses."""
        return await rt.get_token(self._credential(), scope)

    def require_identity(self, why: str) -> None:
        """Refuse a fixed token, which is for the workspace alone, where it would go elsewhere.

        Raises:
            AuthenticationError: starts with `why`.
        """
        from amlrest._http.auth import StaticToken

        fixed = isinstance(self._given, StaticToken)
        if fixed and not _urls.is_loopback(self.settings.endpoint):
            raise AuthenticationError(
                f"{why}: a fixed token is for the workspace alone; leave AMLREST_TOKEN unset, or "
                "pass a credential= of azure-identity"
            )

    async def close(self) -> None:
        """Close the connections and a credential that was made here."""
        self._closed = True
        transport, self._transport = self._transport, None
        if transport is not None and transport.home == rt.home():
            await transport.close()
        made, self._made = self._made, None
        await rt.release(made)

    def _prepare(
        self,
        operation_id: str,
        body: Any,
        parameters: dict[str, Any],
        budget: float | None = None,
        repeatable: bool | None = None,
    ) -> Call:
        from amlrest._http import calls

        return calls.prepare(
            self.settings, operation_id, body, parameters, budget=budget, repeatable=repeatable
        )

    async def _send(self, request: Request, read: Callable[[Answer], T]) -> T:
        return await self._open().send(request, read)

    def _open(self) -> Transport:
        transport = self._transport
        if transport is not None and transport.home == rt.home():
            return transport
        if self._pid != os.getpid():
            # A thread of the parent process may hold the guard, and it does not exist here; a
            # credential has connections too.
            self._guard, self._made, self._pid = threading.Lock(), None, os.getpid()
        with self._guard:
            if self._transport is None or self._transport.home != rt.home():
                self._transport = self._new_transport()
            return self._transport

    def _new_transport(self) -> Transport:
        from amlrest._async.tokens import Tokens
        from amlrest._async.transport import Transport

        if self._closed:
            raise AmlrestError("the workspace is closed; make a new one")
        tokens = Tokens(self._credential(), self.settings.cloud.scope)
        transport = Transport(self.settings.endpoint, tokens, self.retry, self._timeouts)
        if self._regional is not None:
            transport.trust(self._regional)
        return transport

    def _credential(self) -> TokenCredential:
        if self._given is not None:
            return self._given
        if self._made is None:
            from amlrest._http import auth

            self._made = auth.default_credential(self.settings)
        return self._made

    async def _trusted_region(self, url: object) -> str:
        if not isinstance(url, str) or not url:
            raise TransportError(f"{self.settings.name} names no regional host")
        _urls.require_regional_host(url, self.settings.endpoint, self.settings.cloud.ml_domain)
        self._open().trust(url)
        return url
