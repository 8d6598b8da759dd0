"""ASGI application of the local workspace: authentication, routing, unexpected errors."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.auth import check_source, check_token, same_token
from amlrest_emulator.batch.service import BatchService, is_batch_path
from amlrest_emulator.blob import Account, BlobService
from amlrest_emulator.blob.xml_body import error_body
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.cloud import answer_openly
from amlrest_emulator.context import Context, came_over
from amlrest_emulator.control import Control
from amlrest_emulator.database import is_disk_full
from amlrest_emulator.engine.call import Reply
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.engine.engine import Request as ArmRequest
from amlrest_emulator.fault_middleware import CONTROL, FAIL_OPERATION, FaultMiddleware
from amlrest_emulator.fault_rules import FaultRules
from amlrest_emulator.request_log import RequestLog
from amlrest_emulator.responses import (
    error_response,
    headers_of,
    json_response,
    raw_path,
    request_ids,
)
from amlrest_emulator.run_history import PREFIXES
from amlrest_emulator.serving.scoring import PREFIX as SCORING
from amlrest_emulator.tracking.job_tracking import PREFIX as JOB_TRACKING
from amlrest_emulator.web import PageService

_LOG = logging.getLogger(__name__)
BLOB = "Blob"
_TRACKING = "/mlflow/"


@dataclass(slots=True)
class App:
    """The ASGI application; a foreign ``Host`` or ``Origin`` is refused before anything else."""

    context: Context
    engine: Engine
    tracking: ASGIApp
    history: ASGIApp
    job_tracking: ASGIApp
    scoring: ASGIApp
    rules: FaultRules = field(default_factory=FaultRules)
    request_log: RequestLog = field(default_factory=RequestLog)
    _batch: BatchService = field(init=False)
    _blobs: BlobService = field(init=False)
    _control: Control = field(init=False)
    _pages: PageService = field(init=False)
    _with_faults: FaultMiddleware = field(init=False)

    def __post_init__(self) -> None:
        identity = self.context.identity
        account = Account(identity.account_name, identity.account_key)
        self._blobs = BlobService(
            self.context.blobs, account, lambda given: same_token(given, identity.token)
        )
        self._batch = BatchService(self.context, self.engine)
        self._pages = PageService(self.context)
        self._control = Control(
            self.rules,
            self.request_log,
            self.context.long_running,
            self.engine,
            self._pages.new_link,
        )
        self._with_faults = FaultMiddleware(
            self._route, self.rules, self.request_log, self.operation_of
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        came_over(scope["scheme"])
        refusal = check_source(headers_of(scope), scope["server"][1], scope["scheme"])
        if refusal is not None:
            await error_response(scope, refusal)(scope, receive, send)
        elif self._pages.serves(scope):
            await self._pages(scope, receive, send)
        else:
            await self._with_faults(scope, receive, send)

    def operation_of(self, scope: Scope) -> str | None:
        """Return the operation id of a request, or ``Blob`` for the Blob endpoint."""
        path = raw_path(scope)
        if self._is_blob(path):
            return BLOB
        query = scope["query_string"].decode("latin-1")
        return self.engine.operation_id(scope["method"], path, query)

    def _is_blob(self, path: str) -> bool:
        return path.strip("/").partition("/")[0] == self.context.identity.account_name

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; unexpected errors are logged and returned in ARM's shape."""
        started = False

        async def track_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._dispatch(scope, receive, track_start)
        except ClientDisconnect:
            return
        except Exception as error:
            if started:
                raise
            problem = error if isinstance(error, ArmError) else _problem(scope, error)
            render = _as_xml if self._is_blob(raw_path(scope)) else error_response
            await render(scope, problem)(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = raw_path(scope)
        if self._is_blob(path):
            await self._blobs(scope, receive, send)
            return
        if path.startswith(JOB_TRACKING):
            await self.job_tracking(scope, receive, send)
            return
        if path.startswith(SCORING):
            await self.scoring(scope, receive, send)
            return
        answer = answer_openly(scope, self.context)
        if answer is not None:
            await answer(scope, receive, send)
            return
        refusal = check_token(headers_of(scope), self.context.identity.token)
        if refusal is not None:
            await error_response(scope, refusal)(scope, receive, send)
        elif path.startswith(_TRACKING):
            await self.tracking(scope, receive, send)
        elif path.startswith(PREFIXES):
            await self.history(scope, receive, send)
        elif is_batch_path(path):
            await self._batch(scope, receive, send)
        else:
            response = await self._arm_response(Request(scope, receive))
            await response(scope, receive, send)

    async def _arm_response(self, request: Request) -> Response:
        path = raw_path(request.scope)
        if path.startswith(CONTROL + "/"):
            return await self._control.handle(request)
        arm_request = ArmRequest(
            request.method,
            path,
            request.url.query,
            await whole_body(request),
            fail_operation=request.scope.get(FAIL_OPERATION, False),
        )
        reply = await run_in_threadpool(self._run, arm_request)
        headers = {"x-ms-response-type": "standard", **reply.headers}
        return json_response(request.scope, reply.status, reply.body, headers)

    def _run(self, request: ArmRequest) -> Reply:
        try:
            reply = self.engine.handle(request)
        except ArmError as error:
            return Reply(error.status, error.body(), error.response_headers())
        if request.method != "GET":
            self.context.settle()
        return reply


def _problem(scope: Scope, error: Exception) -> ArmError:
    """Return an exception as an ARM error, logged with the request id of the response."""
    ids = request_ids(scope)
    request_id = ids["x-ms-request-id"]
    if is_disk_full(error):
        _LOG.error("%s %s: %s, request id %s", scope["method"], scope["path"], error, request_id)
        message = f"The disk of the local workspace is full ({error}); free some space."
        return ArmError(507, "InsufficientStorage", message, headers=ids)
    _LOG.exception("%s %s failed, request id %s", scope["method"], scope["path"], request_id)
    message = (
        f"Internal error of the local workspace; see request id {request_id} in its server.log."
    )
    return ArmError(500, "InternalServerError", message, headers=ids)


def _as_xml(_scope: Scope, problem: ArmError) -> Response:
    headers = {**problem.headers, "x-ms-error-code": problem.code}
    content = error_body(problem.code, problem.message)
    return Response(content, problem.status, headers, "application/xml")
