"""ASGI middleware that injects faults and logs requests."""

from __future__ import annotations

import asyncio
import socket
import struct
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.fault_rules import FaultRules, Rule
from amlrest_emulator.request_log import Entry, RequestLog
from amlrest_emulator.responses import error_response, json_response, raw_path

TRANSPORT = "amlrest.transport"
FAIL_OPERATION = "amlrest.fail_operation"
CONTROL = "/_local"
_CLOSE_NOW = struct.pack("ii", 1, 0)
_PAGE = "<!DOCTYPE html><html><body><h1>{status}</h1><p>The gateway failed.</p></body></html>"
_CLAIMS = b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()
_PIECES = 10


@dataclass(frozen=True, slots=True)
class FaultMiddleware:
    """Injects the faults of the active rules; paths under ``/_local`` are exempt.

    Attributes:
        operation_of: returns the operation id of a request.
    """

    app: ASGIApp
    rules: FaultRules
    request_log: RequestLog
    operation_of: Callable[[Scope], str | None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        path = raw_path(scope)
        if path.startswith(CONTROL):
            await self.app(scope, receive, send)
            return
        operation = self.operation_of(scope)
        decision = self.rules.decide(scope["method"], path, operation)
        entry = self.request_log.start(scope["method"], path, operation)
        try:
            await asyncio.sleep(decision.latency_ms / 1000)
            await self._run(decision.rule, entry, scope, receive, _recording_status(send, entry))
        finally:
            self.request_log.finish(entry)

    async def _run(
        self, rule: Rule | None, entry: Entry, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if rule is None:
            await self.app(scope, receive, send)
            return
        entry.fault = rule.effect
        if rule.effect in {"truncate", "slow"}:
            wrap = _truncating if rule.effect == "truncate" else _slowing
            await self.app(scope, receive, wrap(rule, scope, send))
        elif rule.effect == "operation_failed":
            await self.app({**scope, FAIL_OPERATION: True}, receive, send)
        else:
            if rule.when == "after":
                await self.app(scope, receive, _discard)
            await _inject(rule, scope, receive, send)


def _recording_status(send: Send, entry: Entry) -> Send:
    async def record_status(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry.status = message["status"]
        await send(message)

    return record_status


async def _discard(_message: Message) -> None:
    return


async def _inject(rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
    if rule.effect == "reset":
        await reset(scope)
        return
    await _response_of(rule, scope)(scope, receive, send)


def _response_of(rule: Rule, scope: Scope) -> Response:
    if rule.effect == "html":
        return HTMLResponse(_PAGE.format(status=rule.status), rule.status)
    if rule.effect == "unauthorized":
        return error_response(scope, _expired(rule))
    code = {429: "TooManyRequests", 503: "ServerBusy"}.get(rule.status, "InternalServerError")
    headers = {} if rule.retry_after is None else {"Retry-After": str(rule.retry_after)}
    message = f"A fault rule of the local workspace returned {rule.status}."
    return json_response(scope, rule.status, {"error": {"code": code, "message": message}}, headers)


def _expired(rule: Rule) -> ArmError:
    challenge = 'Bearer error="invalid_token"'
    if rule.claims:
        challenge = f'Bearer error="insufficient_claims", claims="{_CLAIMS}"'
    message = "A fault rule of the local workspace reported the token as expired."
    headers = {"WWW-Authenticate": challenge}
    return ArmError(401, "ExpiredAuthenticationToken", message, headers=headers)


async def reset(scope: Scope) -> None:
    """Close the connection with a TCP reset."""
    transport = scope["extensions"][TRANSPORT]
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_NOW)
    transport.abort()
    # Lets the server see the disconnect; otherwise it would send a response of its own.
    await asyncio.sleep(0)


def _truncating(_rule: Rule, scope: Scope, send: Send) -> Send:
    """Send the headers and half of the first body chunk, then close the connection."""
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
    """Send each body chunk in small pieces over ``latency_ms``."""

    async def slowing(message: Message) -> None:
        body = message.get("body", b"")
        if message["type"] == "http.response.start" or len(body) < _PIECES:
            await send(message)
            return
        step = -(-len(body) // _PIECES)
        for start in range(0, len(body), step):
            last = start + step >= len(body)
            more = not last or message.get("more_body", False)
            await asyncio.sleep(rule.latency_ms / 1000 / _PIECES)
            await send({**message, "body": body[start : start + step], "more_body": more})

    return slowing
