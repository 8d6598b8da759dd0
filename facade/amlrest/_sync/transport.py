# Generated from facade/amlrest/_async/transport.py by `python codegen.py generate`; edit the async source.
"""Transport: send requests with retries, tokens, redirects and timeouts."""

from __future__ import annotations

import logging
import random
import ssl
import time
from typing import TYPE_CHECKING, TypeVar

from amlrest import _urls
from amlrest._http import messages, retry, transport_errors
from amlrest._http.auth import claims_challenge
from amlrest._http.deadline import Deadline
from amlrest._http.lean_httpx import httpx
from amlrest._http.messages import Request, Response
from amlrest._http.retry import Attempt, Outcome
from amlrest._http.transport_errors import FailedAttemptError
from amlrest._runtime import sync as rt
from amlrest._version import __version__
from amlrest.errors import AmlrestError, RequestTimeoutError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._http.retry import RetryPolicy, Timeouts
    from amlrest._sync.tokens import Tokens

T = TypeVar("T")

_log = logging.getLogger("amlrest")
_MAX_REDIRECTS = 5
_UNAUTHORIZED = 401
_ERRORS_FROM = 400
logging.getLogger("httpx").addFilter(transport_errors.redact_signature)
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=32, keepalive_expiry=60)


class Transport:
    """An HTTP client with retries, authentication and checked redirects.

    Args:
        endpoint: the configured endpoint; TLS is set up for https only.
        tokens: the token cache.
        policy: retry policy.
        timeouts: time limits of one attempt.
    """

    def __init__(
        self, endpoint: str, tokens: Tokens, policy: RetryPolicy, timeouts: Timeouts
    ) -> None:
        self.home = rt.home()
        self._tokens = tokens
        self._policy = policy
        self._timeouts = timeouts
        self._trusted = {_urls.origin(endpoint)}
        try:
            self._client = rt.open_client(
                limits=_LIMITS,
                verify=_verification(endpoint),
                # A proxy for plain http would read the token, and cannot reach this machine.
                trust_env=not _urls.is_loopback(endpoint),
                follow_redirects=False,
            )
        except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
            raise TransportError(
                f"no connection can be set up: {error}; check HTTPS_PROXY, ALL_PROXY, NO_PROXY, "
                "SSL_CERT_FILE"
            ) from error

    def trust(self, url: str) -> None:
        """Allow the token to be sent to one more origin."""
        self._trusted.add(_urls.origin(url))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, request: Request, read: Callable[[Response], T]) -> T:
        """Send a request, retrying by the policy.

        Args:
            request: what to send.
            read: returns the result of a response or raises its error; a TransportError from it
                counts as a failed attempt.

        Raises:
            AmlrestError: raised by `read`, or the reason why there is no response.
        """
        self._check(request)
        policy = self._policy.within(request.deadline.remaining())
        started, number, unsure = time.monotonic(), 0, False
        while True:
            number += 1
            try:
                response = messages.accept_repeated_delete(
                    self._authenticate(request), unsure=unsure
                )
                if response.status < _ERRORS_FROM:
                    return _read(response, read)
                outcome = Outcome(response.status, retry.retry_after(response.headers, time.time()))
                failure = None
            except FailedAttemptError as fault:
                outcome = Outcome(None, sent=fault.sent, permanent=fault.permanent)
                failure = fault.error
            elapsed = time.monotonic() - started
            attempt = Attempt(number, elapsed, request.repeatable, request.at_most_once)
            wait = retry.retry_delay(outcome, attempt, policy, random.random())  # noqa: S311
            if wait is None and failure is not None:
                raise failure
            if wait is None:
                return read(response)
            unsure = unsure or retry.may_have_taken_effect(outcome)
            _log.debug("retrying in %.1f s after %s [%s]", wait, outcome, request.request_id)
            rt.sleep(wait)

    def _check(self, request: Request) -> None:
        _urls.require_safe_transport(request.url)
        if request.authorized:
            _urls.require_trusted(request.url, self._trusted)

    def _authenticate(self, request: Request) -> Response:
        """Send with a token; get a new one after a claims challenge and after another 401, once each."""
        if not request.authorized:
            return self._follow(request, None)
        token = self._tokens.get()
        response = self._follow(request, token)
        renewed_for: set[bool] = set()
        while response.status == _UNAUTHORIZED:
            claims = claims_challenge(response.headers)
            if (claims is not None) in renewed_for:
                break
            renewed_for.add(claims is not None)
            token = self._tokens.get(claims=claims, rejected=token)
            response = self._follow(request, token)
        return response

    def _follow(self, request: Request, token: str | None) -> Response:
        for _ in range(_MAX_REDIRECTS):
            response = self._exchange(request, token)
            target = messages.redirect_target(request, response)
            if target is None:
                return response
            url = _urls.join(request.url, target)
            _urls.require_same_origin(url, request.url, "a redirect", request.request_id)
            request = request._replace(url=url)
        raise TransportError(
            f"{request.method} {_urls.redact_url(request.url)} has too many redirects "
            f"[client request id {request.request_id}]",
            request_id=request.request_id,
        )

    def _exchange(self, request: Request, token: str | None) -> Response:
        headers = dict(request.headers) | {
            "user-agent": f"amlrest/{__version__}",
            "x-ms-client-request-id": request.request_id,
        }
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        patient = self._timeouts.patient(request.patience)
        limits = patient.within(request.deadline.remaining())
        deadline = Deadline(limits.total)
        try:
            with self._client.stream(
                request.method,
                request.url,
                headers=headers,
                content=request.content,
                timeout=httpx.Timeout(limits.read, connect=limits.connect, write=limits.write),
            ) as response:
                content = _read_all(response, deadline, request)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as fault:
            _log.debug("%s %s: %r", request.method, _urls.redact_url(request.url), fault)
            raise transport_errors.map_error(fault, request) from fault
        except RuntimeError as error:
            if self._client.is_closed:
                raise AmlrestError("the workspace was closed before the request ended") from error
            raise
        _log.debug("%s %s: %d", request.method, _urls.redact_url(request.url), response.status_code)
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status_code, lowered, content, request)


def _read_all(response: httpx.Response, deadline: Deadline, request: Request) -> bytes:
    """Read the body before a deadline; `httpx` limits only the time between two pieces."""
    pieces = []
    for piece in response.iter_bytes():
        pieces.append(piece)
        if deadline.expired:
            raise FailedAttemptError(
                RequestTimeoutError(
                    f"{request.method} {_urls.redact_url(request.url)} timed out: the response took too long "
                    f"[client request id {request.request_id}]",
                    request_id=request.request_id,
                )
            )
    return b"".join(pieces)


def _read(response: Response, read: Callable[[Response], T]) -> T:
    try:
        return read(response)
    except TransportError as error:
        raise FailedAttemptError(error) from error


def _verification(endpoint: str) -> ssl.SSLContext | bool:
    """Return what to verify with; loading the certificate authorities takes time, so only for https.

    The context for http trusts no authority, so an https host would be rejected.
    """
    return True if endpoint.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
