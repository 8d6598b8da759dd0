"""Request authentication: Bearer token, and protection against foreign web pages."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from amlrest_emulator.arm_errors import ArmError

_HTTP_PORT = 80
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_CHALLENGE = 'Bearer authorization_uri="https://login.microsoftonline.com/common", error="{}"'


def check_source(headers: Mapping[str, str], port: int, scheme: str = "http") -> ArmError | None:
    """Return the refusal of a foreign ``Host`` or ``Origin``, which a web page could send."""
    if not is_own_host(headers.get("host", ""), port):
        message = f"The Host header must name this server: 127.0.0.1:{port} or localhost:{port}."
        return ArmError(421, "InvalidHostHeader", message)
    origin = headers.get("origin")
    if origin is not None and not is_own_host(origin.removeprefix(f"{scheme}://"), port):
        return ArmError(403, "ForeignOrigin", "Requests from other web pages are not allowed.")
    return None


def is_own_host(host: str, port: int) -> bool:
    """Return whether ``host:port`` is this server; clients leave out port 80."""
    if port == _HTTP_PORT and host.lower() in _LOOPBACK:
        return True
    name, _, digits = host.rpartition(":")
    return name.lower() in _LOOPBACK and digits == str(port)


def check_token(headers: Mapping[str, str], token: str) -> ArmError | None:
    """Return the refusal of a request without the workspace's Bearer token."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        message = "The Authorization header is missing; send 'Bearer <token of this workspace>'."
        return _unauthorized("AuthenticationFailed", message)
    if not same_token(given.strip(), token):
        return _unauthorized(
            "InvalidAuthenticationToken", "The token is not valid for this workspace."
        )
    return None


def same_token(given: str, token: str) -> bool:
    """Return whether a token is that of the workspace, compared in constant time.

    It may come as a JWT with it as its signature, see `cloud`, for clients that read claims.
    """
    return hmac.compare_digest(given.rpartition(".")[2].encode(), token.encode())


def _unauthorized(code: str, message: str) -> ArmError:
    challenge = _CHALLENGE.format("invalid_token")
    return ArmError(401, code, message, headers={"WWW-Authenticate": challenge})
