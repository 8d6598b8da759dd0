"""MLflow's REST API for the command of a running job.

Commands in a built environment have an MLflow of their own, whose version may not be able to open
the database of the local workspace. The API is compatible across versions.
"""

from __future__ import annotations

import hmac
import logging
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator.auth import same_token
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.context import Context
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.runner.run_store import TERMINAL
from amlrest_emulator.tracking.loading import load_mlflow
from amlrest_emulator.tracking.store import MlflowTracking

if TYPE_CHECKING:
    from flask import Flask

_LOG = logging.getLogger(__name__)
PREFIX = "/job-tracking/"
# What MLflow's handlers raise for values of another type than they expect.
_STUMBLES = (AttributeError, LookupError, OverflowError, SystemError, TypeError, ValueError)
_MAX_MESSAGE = 500
_CALL = re.compile(rf"{PREFIX}(?P<job>[^/]+)(?P<call>/api/[23]\.0/mlflow/.+)")


def tracking_variables(context: Context, name: str) -> dict[str, str]:
    """Return the variables with which the command of a job finds its tracking server."""
    return {
        "MLFLOW_TRACKING_URI": f"{context.http_endpoint}{PREFIX}{quote(name, safe='')}",
        "MLFLOW_TRACKING_TOKEN": _token(context, name),
    }


def _token(context: Context, name: str) -> str:
    """Return the token of one job; it says nothing about that of the workspace."""
    message = f"job-tracking:{name.lower()}".encode()
    return hmac.new(context.identity.token.encode(), message, "sha256").hexdigest()


class JobTracking:
    """ASGI application below ``/job-tracking/<job>``, for the job's token while it is active.

    Args:
        context: server context with a runner.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._flask: Flask | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        match = _CALL.fullmatch(request.url.path)
        if match and self._is_allowed(request, unquote(match["job"])):
            body = await whole_body(request)
            response = await run_in_threadpool(self._checked, request, match["call"], body)
        else:
            message = "This is no call of MLflow with the token of an active job."
            response = _refusal(401, "PERMISSION_DENIED", message)
        await response(scope, receive, send)

    def _checked(self, request: Request, call: str, body: bytes) -> Response:
        """Return MLflow's response, or a refusal of what its handlers stumble over."""
        try:
            if body and not isinstance(read_json(body), dict):
                return _refusal(400, "BAD_REQUEST", "The body is not a JSON object.")
            return self._mlflow(request, call, body)
        except JsonTextError as error:
            return _refusal(400, "BAD_REQUEST", f"The body is not valid JSON: {error}.")
        except _STUMBLES as error:
            _LOG.info("MLflow could not read %s %s", request.method, call, exc_info=error)
            message = f"MLflow could not read the request: {type(error).__name__}: {error}"
            return _refusal(400, "INVALID_PARAMETER_VALUE", message[:_MAX_MESSAGE])

    def _is_allowed(self, request: Request, name: str) -> bool:
        given = request.headers.get("authorization", "").partition(" ")[2].strip()
        if not same_token(given, _token(self._context, name)):
            return False
        record = self._context.runner.services.runs.find(name)
        return record is not None and record.status not in TERMINAL

    def _mlflow(self, request: Request, call: str, body: bytes) -> Response:
        with self._lock:
            if self._flask is None:
                self._flask = _application(self._context)
        own = {"authorization", "content-length", "host"}
        headers = [(name, value) for name, value in request.headers.items() if name not in own]
        with self._flask.test_request_context(
            call,
            method=request.method,
            query_string=request.url.query,
            data=body,
            headers=headers,
        ):
            found = self._flask.full_dispatch_request()
            return Response(found.get_data(), found.status_code, media_type=found.mimetype)


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error_code": code, "message": message}, status)


def _application(context: Context) -> Flask:
    """Return MLflow's handlers, without its user interface, over the store of the workspace."""
    load_mlflow("mlflow.server.handlers")
    from flask import Flask
    from mlflow.server import handlers

    tracking = context.runner.services.tracking
    if isinstance(tracking, MlflowTracking):
        tracking.warm()
    root = (context.state_dir / "mlruns").resolve().as_uri()
    handlers.initialize_backend_stores(tracking.uri, tracking.uri, root)
    application = Flask("amlrest-job-tracking")
    endpoints = handlers.get_endpoints()  # type: ignore[no-untyped-call]
    for number, (path, handler, methods) in enumerate(endpoints):
        if path.startswith(("/api/2.0/mlflow/", "/api/3.0/mlflow/")):
            application.add_url_rule(path, f"call-{number}", handler, methods=methods)
    return application
