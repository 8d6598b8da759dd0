"""Which URLs may be followed, and which may be shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from amlrest.errors import UntrustedUrlError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SIGNATURE = re.compile(r"(?i)([?&]sig=)[^&\s'\"]+")
_PORTS = {"https": 443, "http": 80}


class Origin(NamedTuple):
    """Scheme, host and port: what a token may be sent to or not."""

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def split(url: str) -> SplitResult:
    """Take a URL apart; one that cannot be has no parts, and so is nowhere trusted."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join(base: str, link: str) -> str:
    """Resolve a link against the URL of the answer it came in.

    Raises:
        UntrustedUrlError: it is no URL.
    """
    try:
        return urljoin(base, link)
    except ValueError as error:
        raise UntrustedUrlError(
            f"the answer of {redact_url(base)} holds a malformed link"
        ) from error


def origin(url: str) -> Origin:
    """The origin of an absolute URL; a port that is not a number counts as none."""
    parts = split(url)
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        port = None
    return Origin(parts.scheme, parts.hostname or "", port)


def is_loopback(url: str) -> bool:
    """Whether a URL names this machine."""
    return split(url).hostname in _LOOPBACK


def require_same_origin(url: str, base: str, what: str, request_id: str) -> None:
    """Refuse a URL that leads away from where it came from.

    Raises:
        UntrustedUrlError: scheme, host or port differ.
    """
    if origin(url) != origin(base):
        raise UntrustedUrlError(
            f"{what} points to {origin(url)} instead of {origin(base)}; it was not followed "
            f"[client request id {request_id}]",
            request_id=request_id,
        )


def require_trusted(url: str, trusted: Iterable[Origin]) -> None:
    """Refuse to send the workspace's token anywhere else.

    Raises:
        UntrustedUrlError: the URL has none of the trusted origins.
    """
    if origin(url) not in trusted:
        hosts = ", ".join(sorted(str(one) for one in trusted))
        raise UntrustedUrlError(f"{redact_url(url)} is not on {hosts}; no token was sent there")


def require_regional_host(url: str, endpoint: str, ml_domain: str) -> None:
    """Accept a host named by a workspace's discoveryUrl only where Azure ML lives.

    Raises:
        UntrustedUrlError: it is neither https in the cloud's Azure ML domain nor, for a local
            workspace, the same loopback host.
    """
    found = origin(url)
    if is_loopback(endpoint):
        trusted = found.host == origin(endpoint).host
    else:
        in_domain = found.host == ml_domain or found.host.endswith("." + ml_domain)
        trusted = found.scheme == "https" and found.port == _PORTS["https"] and in_domain
    if not trusted:
        raise UntrustedUrlError(
            f"the workspace names {found} as its regional host, which is outside "
            f"{ml_domain}; no token was sent there"
        )


def require_safe_transport(url: str) -> None:
    """Accept https, or http on loopback.

    Raises:
        UntrustedUrlError: anything else.
    """
    if split(url).scheme != "https" and not (split(url).scheme == "http" and is_loopback(url)):
        raise UntrustedUrlError(f"{redact_url(url)} is neither https nor on this machine")


def redact_signatures(text: str) -> str:
    """Hide the signatures of all URLs in a text."""
    return _SIGNATURE.sub(r"\1***", text)


def redact_url(url: str) -> str:
    """A URL for messages and logs: without its query, which may hold a signature."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
