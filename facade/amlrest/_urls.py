"""URLs: origins, trust checks and redaction."""

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
    """Scheme, host and port of a URL, which decide whether it may receive a token."""

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def split(url: str) -> SplitResult:
    """Return the parts of a URL; empty ones for a malformed URL, which is then never trusted."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join(base: str, link: str) -> str:
    """Return a link resolved against the URL of its response.

    Raises:
        UntrustedUrlError: the link is malformed.
    """
    try:
        return urljoin(base, link)
    except ValueError as error:
        raise UntrustedUrlError(
            f"the response of {redact_url(base)} contains a malformed link"
        ) from error


def origin(url: str) -> Origin:
    """Return the origin of an absolute URL; an invalid port counts as none."""
    parts = split(url)
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        port = None
    return Origin(parts.scheme, parts.hostname or "", port)


def is_loopback(url: str) -> bool:
    """Return whether the host of a URL is this machine."""
    return split(url).hostname in _LOOPBACK


def require_same_origin(url: str, base: str, what: str, request_id: str) -> None:
    """Raise if a URL has another origin than the response it came from.

    Raises:
        UntrustedUrlError: scheme, host or port differs.
    """
    if origin(url) != origin(base):
        raise UntrustedUrlError(
            f"{what} points to {origin(url)} instead of {origin(base)}; it was not followed "
            f"[client request id {request_id}]",
            request_id=request_id,
        )


def require_trusted(url: str, trusted: Iterable[Origin]) -> None:
    """Raise unless the workspace's token may be sent to a URL.

    Raises:
        UntrustedUrlError: its origin is not one of the trusted ones.
    """
    if origin(url) not in trusted:
        hosts = ", ".join(sorted(str(one) for one in trusted))
        raise UntrustedUrlError(f"{redact_url(url)} is not on {hosts}; no token was sent")


def require_host_in(
    url: str, endpoint: str, domain: str, *, what: str = "regional host of the workspace"
) -> None:
    """Raise unless a host that a resource names, such as in discoveryUrl, belongs to Azure ML.

    Args:
        url: any URL of the host.
        endpoint: the configured endpoint.
        domain: the cloud's domain of such hosts.
        what: what the host is, for the error.

    Raises:
        UntrustedUrlError: it is neither https in the domain nor, for a local workspace, the same
            loopback host.
    """
    found = origin(url)
    if is_loopback(endpoint):
        trusted = found.host == origin(endpoint).host
    else:
        in_domain = found.host == domain or found.host.endswith("." + domain)
        trusted = found.scheme == "https" and found.port == _PORTS["https"] and in_domain
    if not trusted:
        raise UntrustedUrlError(
            f"the {what} is {found}, which is outside {domain}; no token was sent"
        )


def require_safe_transport(url: str) -> None:
    """Raise unless a URL is https, or http on loopback.

    Raises:
        UntrustedUrlError: the URL has another scheme or host.
    """
    if split(url).scheme != "https" and not (split(url).scheme == "http" and is_loopback(url)):
        raise UntrustedUrlError(
            f"{redact_url(url)} is neither https nor a loopback address; use https"
        )


def redact_signatures(text: str) -> str:
    """Return a text with the signatures of all URLs removed."""
    return _SIGNATURE.sub(r"\1***", text)


def redact_url(url: str) -> str:
    """Return a URL for messages and logs: without user and query, which may contain secrets."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
