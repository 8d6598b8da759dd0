"""The local workspace as one ASGI application."""

import logging
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .auth import check_source, check_token, same_token
from .blob import Account, BlobService
from .context import Context
from .control import Control
from .disturbance import CONTROL, FAIL_OPERATION, Disturbance
from .engine.call import Reply
from .engine.engine import Engine
from .engine.engine import Request as ArmRequest
from .engine.errors import ArmError
from .faults import FaultBook
from .responses import headers_of, json_response, raw_path, refusal_response, request_ids
from .traffic import Traffic

_LOG = logging.getLogger(__name__)
BLOB = "Blob"
_TRACKING = ("/history/", "/mlflow/")


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
        """Answer one request; a bug is answered as ARM does, and is in the log."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._dispatch(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception:
            if begun:
                raise
            await _failure(scope)(scope, receive, send)

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


def _failure(scope: Scope) -> Response:
    """Log the exception being handled under the request id that its answer carries."""
    ids = request_ids(scope)
    request_id = ids["x-ms-request-id"]
    _LOG.exception("%s %s failed, request id %s", scope["method"], scope["path"], request_id)
    message = f"The local workspace failed; its server.log says why at request id {request_id}."
    return json_response(scope, 500, ArmError(500, "InternalServerError", message).body(), ids)
