# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""HTTP client of the endpoint functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from .runtime import Request, build_request, parse_response
from .types import Response

if TYPE_CHECKING:
    import httpx

    from .operations import Operation

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Client:
    """Sends operations to one host, with httpx.

    Redirects are not followed and requests are not retried; retries, polling and paging are left
    to the caller.

    Args:
        base_url: Scheme and host, with an optional path prefix.
        token: Bearer token, or an `httpx.Auth` that adds credentials itself. Sent to the host of
            `base_url` only, and only over https or to this machine.
        timeout: Seconds to wait for the service at each step of a request.
        headers: Headers of every request.
        httpx_args: Further arguments of `httpx.Client` and `httpx.AsyncClient`.

    Raises:
        ValueError: `base_url` is not an http(s) URL, or the token would be sent in clear text.
    """

    def __init__(
        self,
        base_url: str = "https://management.azure.com",
        *,
        token: str | httpx.Auth | None = None,
        timeout: float = 60.0,
        headers: Mapping[str, str] | None = None,
        httpx_args: Mapping[str, Any] | None = None,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"base_url must be an http or https URL, not {base_url!r}")
        if token is not None and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError(f"base_url {base_url!r} would send the token in clear text; use https")
        self.base_url = base_url.rstrip("/")
        self._token = token
        self._args = {"timeout": timeout, "headers": dict(headers or {}), **(httpx_args or {})}
        self._sync: httpx.Client | None = None
        self._async: httpx.AsyncClient | None = None

    def send(
        self, operation: Operation, parameters: Mapping[str, Any], body: Any = None
    ) -> Response[Any]:
        """Send the request of an operation and parse its response.

        Args:
            operation: An entry of `operations.OPERATIONS`.
            parameters: Values by wire or Python name.
            body: A model or JSON.

        Raises:
            ServiceError: The response is not a documented success.
            ValueError: See `runtime.build_request`.
            TypeError: See `runtime.build_request`.
            httpx.TransportError: No response was received.
        """
        request = build_request(operation, parameters, body)
        response = self.get_httpx_client().request(**self._arguments(request))
        return _read(operation, response)

    async def send_async(
        self, operation: Operation, parameters: Mapping[str, Any], body: Any = None
    ) -> Response[Any]:
        """Send as `send` does, asynchronously."""
        request = build_request(operation, parameters, body)
        response = await self.get_async_httpx_client().request(**self._arguments(request))
        return _read(operation, response)

    def get_httpx_client(self) -> httpx.Client:
        """Return the underlying client, created on first use."""
        if self._sync is None:
            import httpx

            self._sync = httpx.Client(**self._args, auth=self._auth())
        return self._sync

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the underlying asynchronous client, created on first use."""
        if self._async is None:
            import httpx

            self._async = httpx.AsyncClient(**self._args, auth=self._auth())
        return self._async

    def _arguments(self, request: Request) -> dict[str, Any]:
        return {
            "method": request.method,
            "url": self.base_url + request.url,
            "headers": request.headers,
            "content": request.content,
        }

    def _auth(self) -> httpx.Auth | None:
        if self._token is None:
            return None
        from ._auth import HostAuth

        return HostAuth(self.base_url, self._token)

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *reason: Any) -> None:
        await self.aclose()

    def close(self) -> None:
        """Close the connections of synchronous calls."""
        if self._sync is not None:
            self._sync.close()
            self._sync = None

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls."""
        if self._async is not None:
            await self._async.aclose()
            self._async = None

    def __repr__(self) -> str:
        return f"Client({self.base_url!r})"


def _read(operation: Operation, response: httpx.Response) -> Response[Any]:
    parsed = parse_response(operation, response.status_code, response.headers, response.content)
    return Response(response.status_code, response.headers, response.content, parsed)


__all__ = ["Client"]
