# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Credentials that are sent to one host only."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator

import httpx


class HostAuth(httpx.Auth):
    """Adds a token, or lets another `httpx.Auth` do so, on requests to one origin.

    Args:
        base_url: The origin: scheme, host and port.
        token: Bearer token or an `httpx.Auth`.
    """

    def __init__(self, base_url: str, token: str | httpx.Auth) -> None:
        self._origin = _origin(httpx.URL(base_url))
        if isinstance(token, str) and not (token.isascii() and token.isprintable()):
            # the error of httpx would contain the token
            raise ValueError("the token has characters that a header cannot contain")
        self._token = token
        if isinstance(token, httpx.Auth):
            self.requires_request_body = token.requires_request_body
            self.requires_response_body = token.requires_response_body

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Run the flow of the wrapped credentials, for the own origin only."""
        if isinstance(self._token, httpx.Auth) and self._is_own(request):
            yield from self._token.sync_auth_flow(request)
        else:
            yield self._with_token(request)

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Run the flow of `sync_auth_flow` asynchronously."""
        if not (isinstance(self._token, httpx.Auth) and self._is_own(request)):
            yield self._with_token(request)
            return
        flow = self._token.async_auth_flow(request)
        try:
            current = await anext(flow)
            while True:
                response = yield current
                current = await flow.asend(response)
        except StopAsyncIteration:
            pass
        finally:
            await flow.aclose()

    def _with_token(self, request: httpx.Request) -> httpx.Request:
        if isinstance(self._token, str) and self._is_own(request):
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def _is_own(self, request: httpx.Request) -> bool:
        return _origin(request.url) == self._origin


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


__all__ = ["HostAuth"]
