# Generated from facade/amlrest/_async/transport.py by `python codegen.py generate`; edit the async source.
"""Sends requests: attempts, tokens, redirects, time limits."""

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
    """One HTTP client with everything that makes a request reliable.

    Args:
        endpoint: the configured endpoint; plain http there means there is no TLS to set up.
        tokens: where the token comes from.
        policy: how patient to be.
        timeouts: how long one attempt may take.
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
                f"no connection can be set up: {error} (check HTTPS_PROXY, ALL_PROXY, NO_PROXY, "
                "SSL_CERT_FILE)"
            ) from error

    def trust(self, url: str) -> None:
        """Let the token go to one more origin."""
        self._trusted.add(_urls.origin(url))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, request: Request, read: Callable[[Response], T]) -> T:
        """Send until there is an answer to read or patience ends.

        Args:
            request: what to send.
            read: turns an answer into a result or raises what it means; a TransportError from
                it counts as a broken exchange.

        Raises:
            AmlrestError: as `read` raises, or what kept the answer away.
        """
        self._check(request)
        policy = self._policy.within(request.deadline.remaining())
        started, number, unsure = time.monotonic(), 0, False
        while True:
            number += 1
            try:
                answer = messages.accept_repeated_delete(self._authenticate(request), unsure=unsure)
                if answer.status < _ERRORS_FROM:
                    return _read(answer, read)
                outcome = Outcome(answer.status, retry.retry_after(answer.headers, time.time()))
                failure = None
            except FailedAttemptError as fault:
                outcome = Outcome(None, sent=fault.sent, permanent=fault.permanent)
                failure = fault.error
            attempt = Attempt(number, time.monotonic() - started, request.repeatable)
            wait = retry.retry_delay(outcome, attempt, policy, random.random())  # noqa: S311
            if wait is None and failure is not None:
                raise failure
            if wait is None:
                return read(answer)
            unsure = unsure or retry.may_have_taken_effect(outcome)
            _log.debug("again in %.1f s after %s [%s]", wait, outcome, request.request_id)
            rt.sleep(wait)

    def _check(self, request: Request) -> None:
        _urls.require_safe_transport(request.url)
        if request.authorized:
            _urls.require_trusted(request.url, self._trusted)

    def _authenticate(self, request: Request) -> Response:
        """Send with a token; answer one claims challenge and one plain refusal with a new one."""
        if not request.authorized:
            return self._follow(request, None)
        token = self._tokens.get()
        answer = self._follow(request, token)
        answered: set[bool] = set()
        while answer.status == _UNAUTHORIZED:
            claims = claims_challenge(answer.headers)
            if (claims is not None) in answered:
                break
            answered.add(claims is not None)
            token = self._tokens.get(claims=claims, rejected=token)
            answer = self._follow(request, token)
        return answer

    def _follow(self, request: Request, token: str | None) -> Response:
        for _ in range(_MAX_REDIRECTS):
            answer = self._exchange(request, token)
            target = messages.redirect_target(request, answer)
            if target is None:
                return answer
            url = _urls.join(request.url, target)
            _urls.require_same_origin(url, request.url, "a redirect", request.request_id)
            request = request._replace(url=url)
        raise TransportError(
            f"{request.method} {_urls.redact_url(request.url)} leads from redirect to redirect "
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
        limits = self._timeouts.within(request.deadline.remaining())
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
    """Read the body before a deadline, since each piece alone may come in time for ever."""
    pieces = []
    for piece in response.iter_bytes():
        pieces.append(piece)
        if deadline.expired:
            raise FailedAttemptError(
                RequestTimeoutError(
                    f"{request.method} {_urls.redact_url(request.url)} answered too slowly "
                    f"[client request id {request.request_id}]",
                    request_id=request.request_id,
                )
            )
    return b"".join(pieces)


def _read(answer: Response, read: Callable[[Response], T]) -> T:
    try:
        return read(answer)
    except TransportError as error:
        raise FailedAttemptError(error) from error


def _verification(endpoint: str) -> ssl.SSLContext | bool:
    """Reading the certificate authorities takes time that plain http has no use for.

    The context for loopback trusts no authority, so an https host would be refused.
    """
    return True if endpoint.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
