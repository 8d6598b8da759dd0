"""ASGI application of the run history, and of the places of what runs have put out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator.arm_errors import ArmError, refuse
from amlrest_emulator.blob import Account
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.context import Context
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.responses import error_response, json_response, raw_path
from amlrest_emulator.run_history.changes import change_run
from amlrest_emulator.run_history.details import run_details
from amlrest_emulator.run_history.outputs import resolved
from amlrest_emulator.run_history.runs import run_of
from amlrest_emulator.runner import RunRecord

Body = dict[str, Any]
Names = dict[str, str]
Answer = Callable[["RunHistoryService", Names, Body], Body]

PREFIXES = ("/history/", "/data/", "/modelregistry/")
_PATH = re.compile(
    r"/(?P<service>history|data|modelregistry)/v1\.0/(?P<workspace>.+?)"
    r"/(?P<rest>(?:experiments|runs|rundata|dataversion|models)(?:/.*)?)"
)
_EXPERIMENT = r"experiments/(?P<experiment>[^/]+)/"
_RUN = r"runs/(?P<run>[^/]+)"


class RunHistoryService:
    """Serves runs by name, and the URIs of their outputs.

    Args:
        context: server context with a runner.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        identity = context.identity
        self.account = Account(identity.account_name, identity.account_key)
        self._workspaces = {identity.workspace_id.strip("/").lower(), identity.workspace_guid}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        content = await whole_body(request)
        try:
            body = await run_in_threadpool(self._answer, request.method, raw_path(scope), content)
            response: Response = json_response(scope, 200, body)
        except ArmError as error:
            response = error_response(scope, error)
        await response(scope, receive, send)

    def _answer(self, method: str, path: str, content: bytes) -> Body:
        match = _PATH.fullmatch(path.rstrip("/"))
        if match is None:
            raise _unknown(method, path)
        if unquote(match["workspace"]).strip("/").lower() not in self._workspaces:
            raise _missing(f"There is no workspace {match['workspace']!r}.")
        place = f"{match['service']}/{match['rest']}"
        for allowed, pattern, answer in _ROUTES:
            found = re.fullmatch(pattern, place)
            if found and allowed == method:
                names = {key: unquote(value) for key, value in found.groupdict().items() if value}
                return answer(self, names, _object(content) if method != "GET" else {})
        raise _unknown(method, path)

    def record(self, names: Names) -> RunRecord:
        """Return the run that a path names.

        Raises:
            ArmError: 404 if there is none, or not in the experiment of the path.
        """
        record = self.context.runner.services.runs.find(names["run"])
        experiment = names.get("experiment")
        if record is None:
            raise _missing(f"There is no run {names['run']!r}.")
        if experiment and record.experiment.lower() != experiment.lower():
            raise _missing(f"There is no run {record.name!r} in the experiment {experiment!r}.")
        return record

    def get(self, names: Names, _body: Body) -> Body:
        """Return a run."""
        return run_of(self.context, self.record(names))

    def data(self, _names: Names, body: Body) -> Body:
        """Return a run whose name is in the body."""
        return {"runMetadata": self.get({"run": str(body.get("runId", ""))}, body)}

    def details(self, names: Names, _body: Body) -> Body:
        """Return the details of a run with its logs."""
        record, services = self.record(names), self.context.runner.services
        services.show_logs(record)
        return run_details(record, services.blobs, self.account, self.context.endpoint)

    def children(self, names: Names, _body: Body) -> Body:
        """Return the trials of a sweep."""
        trials = self.context.runner.services.runs.trials(self.record(names).name)
        return {"value": [run_of(self.context, trial) for trial in trials]}

    def instances(self, names: Names, _body: Body) -> Body:
        """Return the services on a node of a run: there are none."""
        self.record(names)
        return {"instances": {}}

    def modify(self, names: Names, body: Body) -> Body:
        """Change name, description, tags, properties or visibility of a run."""
        record = self.record(names)
        change_run(self.context, record, body)
        return run_of(self.context, record)

    def data_uris(self, _names: Names, body: Body) -> Body:
        """Return the URIs of the outputs of runs by their asset ids."""
        return {"values": resolved(self.context, _texts(body, "values"), "uri")}

    def model_uris(self, _names: Names, body: Body) -> Body:
        """Return the URIs of the models that runs have put out by their asset ids."""
        return {"values": resolved(self.context, _texts(body, "values"), "path")}


_ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", rf"history/(?:{_EXPERIMENT})?{_RUN}/details", RunHistoryService.details),
    ("GET", rf"history/(?:{_EXPERIMENT})?{_RUN}/children", RunHistoryService.children),
    ("GET", rf"history/(?:{_EXPERIMENT})?{_RUN}", RunHistoryService.get),
    ("GET", rf"history/{_RUN}/serviceinstances/[0-9]+", RunHistoryService.instances),
    ("PATCH", rf"history/(?:{_EXPERIMENT})?{_RUN}", RunHistoryService.modify),
    ("POST", "history/rundata", RunHistoryService.data),
    ("POST", "data/dataversion/batchGetResolvedUris", RunHistoryService.data_uris),
    ("POST", "modelregistry/models/batchGetResolvedUris", RunHistoryService.model_uris),
)


def _object(content: bytes) -> Body:
    try:
        body = read_json(content)
    except JsonTextError as error:
        raise refuse("$", f"the body is not valid JSON: {error}") from None
    if not isinstance(body, dict):
        raise refuse("$", "the body must be a JSON object")
    return body


def _texts(body: Body, key: str) -> list[str]:
    values = body.get(key)
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise refuse(key, "must be a list of strings")
    return values


def _missing(message: str) -> ArmError:
    return ArmError(404, "UserError", message)


def _unknown(method: str, path: str) -> ArmError:
    message = f"The local workspace does not support {method} {path}."
    return ArmError(501, "NotImplemented", message)
