"""ASGI middleware that carries out fault rules and keeps the log of requests."""

import asyncio
import socket
import struct
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amlrest_emulator.auth import Refusal
from amlrest_emulator.fault_rules import FaultBook, Rule
from amlrest_emulator.request_log import Entry, Traffic
from amlrest_emulator.responses import json_response, raw_path, refusal_response

TRANSPORT = "amlrest.transport"
FAIL_OPERATION = "amlrest.fail_operation"
CONTROL = "/_local"
_CLOSE_NOW = struct.pack("ii", 1, 0)
_PAGE = "<!DOCTYPE html><html><body><h1>{status}</h1><p>The gateway is unwell.</p></body></html>"
_CLAIMS = b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()
_PIECES = 10


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Runs an application under fault rules; the paths that set the rules are left alone.

    Attributes:
        operation_of: which operation a method and path are, for rules and the log.
    """

    app: ASGIApp
    book: FaultBook
    traffic: Traffic
    operation_of: Callable[[str, str], str | None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = raw_path(scope)
        if path.startswith(CONTROL):
            await self.app(scope, receive, send)
            return
        operation = self.operation_of(scope["method"], path)
        verdict = self.book.judge(scope["method"], path, operation)
        entry = self.traffic.begin(scope["method"], path, operation)
        try:
            await asyncio.sleep(verdict.latency_ms / 1000)
            await self._run(verdict.rule, entry, scope, receive, _noting(send, entry))
        finally:
            self.traffic.end(entry)

    async def _run(
        self, rule: Rule | None, entry: Entry, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if rule is None:
            await self.app(scope, receive, send)
            return
        entry.fault = rule.effect
        if rule.effect in {"truncate", "slow"}:
            altered = _truncating if rule.effect == "truncate" else _slowing
            await self.app(scope, receive, altered(rule, scope, send))
        elif rule.effect == "operation_failed":
            await self.app({**scope, FAIL_OPERATION: True}, receive, send)
        else:
            if rule.when == "after":
                await self.app(scope, receive, _swallow)
            await _strike(rule, scope, receive, send)


def _noting(send: Send, entry: Entry) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry.status = message["status"]
        await send(message)

    return noting


async def _swallow(_message: Message) -> None:
    return


async def _strike(rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
    if rule.effect == "reset":
        await reset(scope)
        return
    await _answer_of(rule, scope)(scope, receive, send)


def _answer_of(rule: Rule, scope: Scope) -> Response:
    if rule.effect == "html":
        return HTMLResponse(_PAGE.format(status=rule.status), rule.status)
    if rule.effect == "unauthorized":
        return refusal_response(scope, _expired(rule))
    code = {429: "TooManyRequests", 503: "ServerBusy"}.get(rule.status, "InternalServerError")
    headers = {} if rule.retry_after is None else {"Retry-After": str(rule.retry_after)}
    message = f"A fault rule of the local workspace answers {rule.status}."
    return json_response(scope, rule.status, {"error": {"code": code, "message": message}}, headers)


def _expired(rule: Rule) -> Refusal:
    challenge = 'Bearer error="invalid_token"'
    if rule.claims:
        challenge = f'Bearer error="insufficient_claims", claims="{_CLAIMS}"'
    message = "A fault rule of the local workspace calls the token expired."
    return Refusal(401, "ExpiredAuthenticationToken", message, {"WWW-Authenticate": challenge})


async def reset(scope: Scope) -> None:
    """Cut the connection with a TCP reset."""
    transport = scope["extensions"][TRANSPORT]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_NOW)
    transport.abort()
    # Lets the server notice, so that it does not answer in the application's place.
    await asyncio.sleep(0)


def _truncating(_rule: Rule, scope: Scope, send: Send) -> Send:
    """Send the headers and half of the first piece of the body, then close the connection."""
    closed = False

    async def truncating(message: Message) -> None:
        nonlocal closed
        if closed:
            return
        body = message.get("body", b"")
        if message["type"] == "http.response.start" or not body:
            await send(message)
            return
        closed = True
        await send({**message, "body": body[: len(body) // 2], "more_body": True})
        scope["extensions"][TRANSPORT].close()
        await asyncio.sleep(0)

    return truncating


def _slowing(rule: Rule, _scope: Scope, send: Send) -> Send:
    """Send each piece of the body in small parts over ``latency_ms``."""

    async def slowing(message: Message) -> None:
        body = message.get("body", b"")
        if message["type"] == "http.response.start" or len(body) < _PIECES:
            await send(message)
            return
        step = -(-len(body) // _PIECES)
        for begin in range(0, len(body), step):
            last = begin + step >= len(body)
            more = not last or message.get("more_body", False)
            await asyncio.sleep(rule.latency_ms / 1000 / _PIECES)
            await send({**message, "body": body[begin : begin + step], "more_body": more})

    return slowing
