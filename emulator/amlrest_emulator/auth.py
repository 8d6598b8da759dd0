"""Who may talk to the server: its own machine, no foreign web page, and whoever has the token."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

_HTTP_PORT = 80
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_CHALLENGE = 'Bearer authorization_uri="https://login.microsoftonline.com/common", error="{}"'


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is turned away, as ARM would say it."""

    status: int
    code: str
    message: str
    headers: Mapping[str, str]


def check_source(headers: Mapping[str, str], port: int) -> Refusal | None:
    """Refuse what a web page elsewhere could send: a foreign ``Host`` or ``Origin``.

    Args:
        headers: of the request, names in lower case.
        port: the server's own.
    """
    if not is_own_host(headers.get("host", ""), port):
        message = f"The Host header must name this server: 127.0.0.1:{port} or localhost:{port}."
        return Refusal(421, "InvalidHostHeader", message, {})
    origin = headers.get("origin")
    if origin is not None and not is_own_host(origin.removeprefix("http://"), port):
        return Refusal(403, "ForeignOrigin", "Requests from web pages elsewhere are refused.", {})
    return None


def is_own_host(host: str, port: int) -> bool:
    """Whether ``host:port`` names this server by a loopback name; clients leave out port 80."""
    if port == _HTTP_PORT and host.lower() in _LOOPBACK:
        return True
    name, _, digits = host.rpartition(":")
    return name.lower() in _LOOPBACK and digits == str(port)


def check_token(headers: Mapping[str, str], token: str) -> Refusal | None:
    """Refuse a request without the workspace's Bearer token."""
    scheme, _, said = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not said.strip():
        message = "The Authorization header is missing; send 'Bearer <token of this workspace>'."
        return _unauthorized("AuthenticationFailed", message)
    if not same_token(said.strip(), token):
        return _unauthorized("InvalidAuthenticationToken", "The token is not this workspace's.")
    return None


def same_token(said: str, token: str) -> bool:
    """Compare tokens in constant time."""
    return hmac.compare_digest(said.encode(), token.encode())


def _unauthorized(code: str, message: str) -> Refusal:
    challenge = _CHALLENGE.format("invalid_token")
    return Refusal(401, code, message, {"WWW-Authenticate": challenge})
