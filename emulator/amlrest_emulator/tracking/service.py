"""ASGI application for the paths ``/mlflow/…``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator.bodies import whole_body
from amlrest_emulator.context import Context
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.tracking.loading import load_mlflow
from amlrest_emulator.tracking.rest import TrackingReads, UnknownRunError
from amlrest_emulator.tracking.store import MlflowTracking

_READ = re.compile(r"^/mlflow/v[12]\.0/(?P<workspace>.+)/api/2\.0/mlflow/(?P<call>[\w/-]+)")


class _RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error_code": code, "message": message}


class TrackingService:
    """Serves MLflow read operations.

    Args:
        context: server context with a runner.
    """

    def __init__(self, context: Context) -> None:
        services = context.runner.services
        if not isinstance(services.tracking, MlflowTracking):
            raise TypeError("the tracking service requires the MLflow store")
        self._reads = TrackingReads(services.tracking, services.runs)
        identity = context.identity
        self._workspaces = {identity.workspace_id.strip("/").lower(), identity.workspace_guid}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except _RefusedError as error:
            response = JSONResponse(error.body, error.status)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        if match := _READ.fullmatch(path):
            self._check_workspace(match["workspace"])
            read = self._reads.reads.get(match["call"])
            if read is not None:
                parameters = await _parameters(request)
                return JSONResponse(await run_in_threadpool(_run_read, read, parameters))
        message = f"The local workspace does not support {request.method} {path}."
        raise _RefusedError(501, "NOT_IMPLEMENTED", message)

    def _check_workspace(self, given: str) -> None:
        if unquote(given).strip("/").lower() not in self._workspaces:
            raise _RefusedError(404, "RESOURCE_DOES_NOT_EXIST", f"There is no workspace {given!r}.")


async def _parameters(request: Request) -> dict[str, Any]:
    values: dict[str, Any] = dict(request.query_params)
    if request.method != "POST":
        return values
    try:
        body = read_json(await whole_body(request))
    except JsonTextError as error:
        message = f"The body is not valid JSON: {error}."
        raise _RefusedError(400, "BAD_REQUEST", message) from None
    if not isinstance(body, dict):
        raise _RefusedError(400, "BAD_REQUEST", "The body is not a JSON object.")
    return values | body


def _run_read(
    read: Callable[[dict[str, Any]], dict[str, Any]], parameters: dict[str, Any]
) -> dict[str, Any]:
    load_mlflow()
    from mlflow.exceptions import MlflowException

    try:
        return read(parameters)
    except UnknownRunError as error:
        raise _RefusedError(404, "RESOURCE_DOES_NOT_EXIST", str(error)) from None
    except MlflowException as error:
        status = error.get_http_status_code()  # type: ignore[no-untyped-call]
        raise _RefusedError(status, error.error_code, error.message) from None
    except ValueError as error:
        raise _RefusedError(400, "INVALID_PARAMETER_VALUE", str(error)) from None
