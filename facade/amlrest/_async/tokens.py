"""One token for a workspace, renewed once for everybody who waits for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from amlrest._http import auth
from amlrest._runtime import aio as rt
from amlrest.errors import AuthenticationError

if TYPE_CHECKING:
    from amlrest._http.auth import CachedToken, TokenCredential


class Tokens:
    """Hands out the token of a credential.

    Args:
        credential: anything with `get_token`.
        scope: what the token is for.
    """

    def __init__(self, credential: TokenCredential, scope: str) -> None:
        self._credential = credential
        self._scope = scope
        self._lock = rt.Lock()
        self._held: CachedToken | None = None
        self._claims: str | None = None
        self._failure: AuthenticationError | None = None
        self._renewals: dict[str | None, int] = {}

    async def get(self, *, claims: str | None = None, rejected: str | None = None) -> str:
        """Return a token that is good for a while.

        Args:
            claims: what a 401 asked the token to carry.
            rejected: a token the service refused, not to be handed out again unless the
                credential insists.

        Raises:
            AuthenticationError: the credential gave none.
        """
        before = self._renewals.get(claims, 0)
        held = self._held
        fits = held and claims in (None, self._claims) and held.token != rejected
        if held and fits and time.time() < held.renew_at:
            return held.token
        async with self._lock:
            if self._renewals.get(claims, 0) == before:
                await self._renew(claims)
                self._renewals[claims] = before + 1
            return self._outcome(rejected)

    async def _renew(self, claims: str | None) -> None:
        extra = {"claims": claims} if claims else {}
        try:
            answer = await rt.get_token(self._credential, self._scope, enable_cae=True, **extra)
            self._held = auth.cache_token(str(answer.token), float(answer.expires_on), time.time())
            self._claims, self._failure = claims, None
        except Exception as error:  # noqa: BLE001 - a credential may raise anything
            self._failure = AuthenticationError(
                f"no token from {type(self._credential).__name__}: {error}"
            )
            self._failure.__cause__ = error

    def _outcome(self, rejected: str | None) -> str:
        held = self._held
        if self._failure is None and held is not None:
            return held.token
        if held is not None and held.token != rejected and time.time() < held.expires_on:
            return held.token
        failure = self._failure or AuthenticationError("the credential gave no token")
        raise AuthenticationError(str(failure)) from failure.__cause__
