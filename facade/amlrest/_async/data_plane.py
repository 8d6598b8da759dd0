"""Data plane: requests to the addresses of endpoints, each with the credential that it asks for."""

from __future__ import annotations

import math
import time
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from amlrest import _urls
from amlrest._http.auth import cache_token
from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._http.messages import Request
from amlrest._runtime import aio as rt
from amlrest.errors import (
    AuthenticationError,
    ConfigError,
    ResourceNotFoundError,
    UnauthorizedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from amlrest._async.core import Core
    from amlrest._http.messages import Response

T = TypeVar("T")

_RENEWALS = 2
"""What another caller has renewed can be old already, too."""
_PATIENCE = 300.0
"""Seconds that a deployment may take to respond, at most, by the documents of the service."""


class Access(NamedTuple):
    """The address of an endpoint, and the credential that it accepts.

    Attributes:
        url: the address.
        credential: a key or a token; None for a Microsoft Entra token, which is kept elsewhere.
        renew_at: when to get another, in seconds since the epoch.
    """

    url: str
    credential: str | None = None
    renew_at: float = math.inf

    def __repr__(self) -> str:
        return f"Access({_urls.redact_url(self.url)})"


class DataPlane:
    """Sends requests to the endpoints of one kind.

    Addresses and credentials are kept, and read again when an endpoint does not accept them.

    Args:
        core: the workspace.
        endpoints: their collection.
        identity_only: whether they accept Microsoft Entra tokens only, whatever they say.
    """

    def __init__(self, core: Core, endpoints: Any, *, identity_only: bool = False) -> None:
        self.home = rt.home()
        self._core = core
        self._endpoints = endpoints
        self._identity_only = identity_only
        self._held: dict[str, _Held] = {}
        self._tokens = core.tokens(core.settings.cloud.data_plane_scope)

    async def post(
        self,
        name: str,
        content: bytes,
        read: Callable[[Response], T],
        *,
        headers: Mapping[str, str],
        deadline: Deadline = NO_DEADLINE,
        repeatable: bool = False,
    ) -> T:
        """POST to the address of an endpoint.

        Nothing is processed twice: the request is sent again only without a connection, after 429,
        after 503 with Retry-After, and after 401 or 404 if the address or the credential changed.
        A repeatable one is sent again after any transient error.

        Args:
            name: the endpoint.
            content: the body.
            read: returns the result of a response or raises its error.
            headers: content type and others.
            deadline: how long to keep trying; no attempt takes longer.
            repeatable: whether the headers identify the request, so that it is processed once.

        Raises:
            ConfigError: the endpoint has no address.
            AmlrestError: raised by `read`, or the reason why there is no response.
        """
        access = await self._access(name)
        credential = access.credential or await self._tokens.get()
        request = Request(
            "POST",
            access.url,
            str(uuid.uuid4()),
            {**headers, "authorization": f"Bearer {credential}"},
            content,
            authorized=False,
            repeatable=repeatable,
            at_most_once=not repeatable,
            patience=_PATIENCE,
            deadline=deadline,
        )
        for _ in range(_RENEWALS):
            try:
                return await self._core.exchange(request, read)
            except (UnauthorizedError, ResourceNotFoundError):
                access = await self._access(name, rejected=access)
                renewed = access.credential or await self._tokens.get(rejected=credential)
                if (access.url, renewed) == (request.url, credential):
                    raise
            credential = renewed
            sent = {**headers, "authorization": f"Bearer {credential}"}
            request = request._replace(url=access.url, headers=sent)
        return await self._core.exchange(request, read)

    async def _access(self, name: str, rejected: Access | None = None) -> Access:
        held = self._held.setdefault(name.lower(), _Held())
        async with held.lock:
            known = held.access
            if known is None or known is rejected or time.time() >= known.renew_at:
                known = held.access = await self._read(name)
            return known

    async def _read(self, name: str) -> Access:
        endpoint = await self._endpoints.get(name)
        url = endpoint.scoring_uri
        mode = None if self._identity_only else endpoint.auth_mode
        if not url:
            raise ConfigError(f"endpoint {name} has no address yet; create a deployment for it")
        _urls.require_safe_transport(url)
        if mode == "key":
            keys = await self._endpoints.keys(name)
            return _access(url, name, keys.primary, math.inf)
        if mode == "aml_token":
            token = await self._endpoints.token(name)
            access = _access(url, name, token.access_token, token.expires_at or math.inf)
            return access._replace(renew_at=min(access.renew_at, token.refresh_after or math.inf))
        self._require_trusted(url)
        return Access(url)

    def _require_trusted(self, url: str) -> None:
        """Raise unless a token that is valid for all endpoints may be sent to an address.

        Raises:
            UntrustedUrlError: its host is outside Azure ML.
            AuthenticationError: there is only a token that is valid for the workspace.
        """
        settings = self._core.settings
        what = "address of the endpoint"
        _urls.require_host_in(url, settings.endpoint, settings.cloud.data_plane, what=what)
        self._core.require_identity("the endpoint accepts Microsoft Entra tokens only")


class _Held:
    """What is known of one endpoint."""

    def __init__(self) -> None:
        self.lock = rt.Lock()
        self.access: Access | None = None


def _access(url: str, name: str, credential: str | None, expires_on: float) -> Access:
    try:
        held = cache_token(credential or "", expires_on, time.time())
    except ValueError as error:
        raise AuthenticationError(
            f"the service returned no usable key or token for endpoint {name}: {error}"
        ) from error
    return Access(url, held.token, held.renew_at)
