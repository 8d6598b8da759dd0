"""The local workspace as one ASGI application."""

import errno
import logging
import sqlite3
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amlrest_emulator.auth import check_source, check_token, same_token
from amlrest_emulator.blob import Account, BlobService
from amlrest_emulator.blob.xmlbody import error_body
from amlrest_emulator.context import Context
from amlrest_emulator.control import Control
from amlrest_emulator.engine.call import Reply
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.engine.engine import Request as ArmRequest
from amlrest_emulator.engine.errors import ArmError
from amlrest_emulator.fault_middleware import CONTROL, FAIL_OPERATION, Disturbance
from amlrest_emulator.fault_rules import FaultBook
from amlrest_emulator.request_log import Traffic
from amlrest_emulator.responses import (
    headers_of,
    json_response,
    raw_path,
    refusal_response,
    request_ids,
)

_LOG = logging.getLogger(__name__)
BLOB = "Blob"
_TRACKING = ("/history/", "/mlflow/")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(slots=True)
class App:
    """Answers every request; what is wrong with the sender is refused before anything else.

    Attributes:
        port: the port the server listens on, for checking ``Host``.
    """

    context: Context
    engine: Engine
    port: int
    tracking: ASGIApp
    book: FaultBook = field(default_factory=FaultBook)
    traffic: Traffic = field(default_factory=Traffic)
    _blobs: BlobService = field(init=False)
    _control: Control = field(init=False)
    _disturbed: Disturbance = field(init=False)

    def __post_init__(self) -> None:
        identity = self.context.identity
        account = Account(identity.account_name, identity.account_key)
        self._blobs = BlobService(
            self.context.blobs, account, lambda said: same_token(said, identity.token)
        )
        self._control = Control(self.book, self.traffic, self.context.operations)
        self._disturbed = Disturbance(self._route, self.book, self.traffic, self.operation_of)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        refusal = check_source(headers_of(scope), self.port)
        if refusal is not None:
            await refusal_response(scope, refusal)(scope, receive, send)
            return
        await self._disturbed(scope, receive, send)

    def operation_of(self, method: str, path: str) -> str | None:
        """Return which operation a request is, ``Blob`` for the Blob endpoint."""
        return BLOB if self._is_blob(path) else self.engine.operation_id(method, path)

    def _is_blob(self, path: str) -> bool:
        return path.strip("/").partition("/")[0] == self.context.identity.account_name

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a full disk and a bug are answered as Azure does, and logged."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._dispatch(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception as error:
            if begun:
                raise
            problem = _problem(scope, error)
            answer = _as_xml if self._is_blob(raw_path(scope)) else _as_json
            await answer(scope, problem)(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = raw_path(scope)
        if self._is_blob(path):
            await self._blobs(scope, receive, send)
            return
        refusal = check_token(headers_of(scope), self.context.identity.token)
        if refusal is not None:
            await refusal_response(scope, refusal)(scope, receive, send)
        elif path.startswith(_TRACKING):
            await self.tracking(scope, receive, send)
        else:
            response = await self._answer(Request(scope, receive))
            await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = raw_path(request.scope)
        if path.startswith(CONTROL + "/"):
            return await self._control.answer(request)
        if path.rstrip("/") == "/discovery":
            return json_response(request.scope, 200, {"api": self.context.endpoint})
        asked = ArmRequest(
            request.method,
            path,
            request.url.query,
            await request.body(),
            fail_operation=request.scope.get(FAIL_OPERATION, False),
        )
        reply = await run_in_threadpool(self._carry_out, asked)
        return json_response(request.scope, reply.status, reply.body, reply.headers)

    def _carry_out(self, request: ArmRequest) -> Reply:
        try:
            return self.engine.answer(request)
        except ArmError as error:
            return Reply(error.status, error.body(), error.headers)


def _problem(scope: Scope, error: Exception) -> ArmError:
    """Log an exception under the request id that its answer carries."""
    ids = request_ids(scope)
    request_id = ids["x-ms-request-id"]
    if _is_no_room(error):
        _LOG.error("%s %s: %s, request id %s", scope["method"], scope["path"], error, request_id)
        message = f"The disk of the local workspace takes no more ({error}); make room on it."
        return ArmError(507, "InsufficientStorage", message, headers=ids)
    _LOG.exception("%s %s failed, request id %s", scope["method"], scope["path"], request_id)
    message = f"The local workspace failed; its server.log says why at request id {request_id}."
    return ArmError(500, "InternalServerError", message, headers=ids)


def _is_no_room(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def _as_json(scope: Scope, problem: ArmError) -> Response:
    return json_response(scope, problem.status, problem.body(), problem.headers)


def _as_xml(_scope: Scope, problem: ArmError) -> Response:
    headers = {**problem.headers, "x-ms-error-code": problem.code}
    content = error_body(problem.code, problem.message)
    return Response(content, problem.status, headers, "application/xml")
