"""Token cache: one token for a workspace, renewed once for concurrent requests."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from amlrest._advice import TO_DO, sign_in
from amlrest._http import auth
from amlrest._runtime import aio as rt
from amlrest.errors import AuthenticationError

if TYPE_CHECKING:
    from amlrest._http.auth import CachedToken, TokenCredential


class Tokens:
    """Caches the token of a credential.

    Args:
        credential: anything with `get_token`.
        scope: the scope of the token.
    """

    def __init__(self, credential: TokenCredential, scope: str) -> None:
        self._credential = credential
        self._scope = scope
        self._lock = rt.Lock()
        self._held: CachedToken | None = None
        self._claims: str | None = None
        self._failure: AuthenticationError | None = None
        self._advice = ""
        self._renewals: dict[str | None, int] = {}

    async def get(self, *, claims: str | None = None, rejected: str | None = None) -> str:
        """Return a token that does not expire soon.

        Args:
            claims: the claims challenge of a 401.
            rejected: a token that the service rejected; not returned again unless the credential
                returns it.

        Raises:
            AuthenticationError: the credential returned no token.
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
            response = await rt.get_token(self._credential, self._scope, enable_cae=True, **extra)
            self._held = auth.cache_token(
                str(response.token), float(response.expires_on), time.time()
            )
            self._claims, self._failure = claims, None
        except Exception as error:  # noqa: BLE001 - a credential may raise anything
            self._failure = AuthenticationError(
                f"no token from {type(self._credential).__name__}: {error}"
            )
            self._failure.__cause__ = error
            if type(self._credential).__name__ == "DefaultAzureCredential":
                self._advice = sign_in(os.environ)

    def _outcome(self, rejected: str | None) -> str:
        held = self._held
        if self._failure is None and held is not None:
            return held.token
        if held is not None and held.token != rejected and time.time() < held.expires_on:
            return held.token
        failure = self._failure or AuthenticationError("the credential returned no token")
        error = AuthenticationError(str(failure))
        if self._advice:
            error.add_note(TO_DO + self._advice)
        raise error from failure.__cause__
