"""ASGI application of the data plane of batch endpoints: makes, reads and lists their jobs.

Its paths are ``<id of the endpoint>/jobs``, which is the scoring URI, ``…/jobs/<job>``, and
``<id of the endpoint>/deployments/<deployment>/jobs``. Microsoft's SDK asks for lists below
``/mferp/managementfrontend`` of the regional host.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator import names
from amlrest_emulator.arm_errors import ArmError, Problem, missing, refuse
from amlrest_emulator.batch.deployments import Preparation, choose, endpoint_at
from amlrest_emulator.batch.invocation import Invocation, read_invocation
from amlrest_emulator.batch.scoring_job import (
    DEPLOYMENT,
    ENDPOINT,
    OUTPUT,
    scoring_job,
    settings_of,
    shown_properties,
)
from amlrest_emulator.batch.uris import check_new, input_uri
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.context import Context
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.engine.engine import Request as ArmRequest
from amlrest_emulator.json_body import part
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.responses import error_response, headers_of, json_response, raw_path
from amlrest_emulator.runner.resolver import Resolver
from amlrest_emulator.shapes import Places
from amlrest_emulator.state import Order, Resource

_PATH = re.compile(
    r"(?:/mferp/managementfrontend)?(?P<endpoint>/subscriptions/.+/batchEndpoints/[^/]+)"
    r"(?:/deployments/(?P<deployment>[^/]+))?/jobs(?:/(?P<job>[^/]+))?/?",
    re.IGNORECASE,
)
_JOBS = f"{names.PROVIDER}/workspaces/jobs"
_JOB_TYPE = f"{names.PROVIDER}/workspaces/batchEndpoints/jobs"
_DEPLOYMENT_HEADER = "azureml-model-deployment"
_REQUEST_ID_HEADERS = ("repeatability_request-id", "repeatability-request-id")
_MLFLOW_ENVIRONMENT = "mlflow-model"
_TOKEN = "$skiptoken"  # noqa: S105 - a parameter
_PAGE = 100
_NEWEST_FIRST = Order(descending=True)


def is_batch_path(path: str) -> bool:
    """Return whether an escaped path is one of this data plane."""
    return _PATH.fullmatch(path) is not None


@dataclass(slots=True)
class BatchService:
    """Makes a job of each request to a batch endpoint.

    Attributes:
        context: server context with a runner.
        engine: creates and reads the jobs.
    """

    context: Context
    engine: Engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        try:
            content = await whole_body(request)
            response: Response = await run_in_threadpool(self._answer, scope, request, content)
        except ArmError as error:
            response = error_response(scope, error)
        await response(scope, receive, send)

    def _answer(self, scope: Scope, request: Request, content: bytes) -> Response:
        match = _PATH.fullmatch(raw_path(scope))
        if match is None:
            raise missing(Problem("NotFound", f"There is nothing at {raw_path(scope)}.", "path"))
        found = {key: unquote(value) for key, value in match.groupdict().items() if value}
        endpoint = endpoint_at(self.context, found["endpoint"])
        name = found.get("deployment", "")
        if request.method == "POST" and "job" not in found:
            name = name or headers_of(scope).get(_DEPLOYMENT_HEADER, "")
            body = self._create(endpoint, name, _json(content), headers_of(scope))
            self.context.settle()
            return json_response(scope, 201, body, {"Location": self.context.endpoint + body["id"]})
        if request.method == "GET" and "job" in found:
            return json_response(scope, 200, self._get(endpoint, found["job"]))
        if request.method == "GET":
            return json_response(scope, 200, self._list(endpoint, name, request))
        message = f"{request.method} is not allowed here; use GET, or POST to …/jobs."
        raise ArmError(405, "MethodNotAllowed", message, is_gateway=False)

    def _create(
        self, endpoint: Resource, name: str, body: Any, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        invocation = read_invocation(body)
        deployment = choose(self.context, endpoint, name)
        job_name = invocation.name or _job_name(endpoint, headers)
        known = self._job(job_name)
        if known is not None and not invocation.name:
            # The response to the same request was lost.
            return self._shown(endpoint, known)
        resolver = self._resolver(endpoint)
        invocation = self._placed(invocation, resolver.places)
        preparation = Preparation(self.context, resolver, deployment)
        files = preparation.files(invocation)
        preparation.check_input(invocation)
        settings = settings_of(deployment.properties, invocation)
        if known is None:
            check_new(self.context, resolver.places, invocation.output_uri, settings.file_name)
        job = scoring_job(
            deployment.properties,
            invocation,
            files,
            settings,
            owner=(endpoint.name, deployment.name),
            environment=self._environment(deployment, preparation.conda_file()),
        )
        self._arm("PUT", f"jobs/{quote(job_name, safe='')}", job)
        return self._get(endpoint, job_name)

    @property
    def _workspace_id(self) -> str:
        return self.context.identity.workspace_id

    def _resolver(self, endpoint: Resource) -> Resolver:
        if not endpoint.id.lower().startswith(f"{self._workspace_id.lower()}/"):
            message = f"jobs run in the workspace {self.context.identity.workspace_name!r} only"
            raise refuse("workspaceName", message)
        capacity = self.context.runner.services.capacity
        places = self.context.places(f"{self._workspace_id}/jobs/_")
        return Resolver(self.context.state, self._workspace_id, places, capacity)

    def _placed(self, invocation: Invocation, places: Places) -> Invocation:
        uri = input_uri(self.context, places, invocation.uri)
        output = input_uri(self.context, places, invocation.output_uri)
        return replace(invocation, uri=uri, output_uri=output)

    def _environment(self, deployment: Resource, conda_file: str) -> str:
        """Return the environment of a deployment; an MLflow model has one of its own."""
        own = deployment.properties.get("environmentId")
        if own or not conda_file:
            return str(own or names.default_environment(self._workspace_id))
        version = hashlib.sha256(conda_file.encode()).hexdigest()[:32]
        path = f"environments/{_MLFLOW_ENVIRONMENT}/versions/{version}"
        if self.context.state.get(f"{self._workspace_id}/{path}") is None:
            self._arm("PUT", path, {"properties": {"condaFile": conda_file}})
        return f"{self._workspace_id}/{path}"

    def _arm(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return the response of the management API to a request below the workspace."""
        path = f"{self._workspace_id}/{path}"
        query = f"api-version={self.context.versions.pinned[-1]}"
        content = json.dumps(body).encode() if body is not None else b""
        return self.engine.handle(ArmRequest(method, path, query, content)).body

    def _job(self, name: str) -> Resource | None:
        return self.context.state.get(f"{self._workspace_id}/jobs/{name}")

    def _get(self, endpoint: Resource, name: str) -> dict[str, Any]:
        job = self._job(name)
        if job is None or not _belongs(job, endpoint):
            message = f"The endpoint {endpoint.name!r} has no job {name!r}."
            raise missing(Problem("JobNotFound", message, "name"))
        return self._shown(endpoint, job)

    def _shown(self, endpoint: Resource, job: Resource) -> dict[str, Any]:
        body = self._arm("GET", f"jobs/{quote(job.name, safe='')}")
        return {
            "id": f"{endpoint.id}/jobs/{job.name}",
            "name": job.name,
            "type": _JOB_TYPE,
            "properties": shown_properties(body["properties"], self._output_uri(job)),
            "systemData": body.get("systemData"),
        }

    def _output_uri(self, job: Resource) -> str | None:
        places = self.context.places(job.id)
        found = places.from_uri(f"azureml://jobs/{job.name}/outputs/{OUTPUT}")
        return places.short_uri(*found) if found else None

    def _list(self, endpoint: Resource, deployment: str, request: Request) -> dict[str, Any]:
        after = _position(request.query_params.get(_TOKEN))
        jobs = self.context.state.scan(self._workspace_id, _JOBS, _NEWEST_FIRST, after)
        mine = (job for job in jobs if _belongs(job, endpoint, deployment))
        page = list(islice(mine, _PAGE + 1))
        body: dict[str, Any] = {"value": [self._shown(endpoint, job) for job in page[:_PAGE]]}
        if len(page) > _PAGE:
            url = f"{self.context.endpoint}{raw_path(request.scope)}"
            query = {**request.query_params, _TOKEN: str(page[_PAGE - 1].seq)}
            body["nextLink"] = f"{url}?{urlencode(query)}"
        return body


def _belongs(job: Resource, endpoint: Resource, deployment: str = "") -> bool:
    labels = part(job.properties, "properties")
    same = str(labels.get(ENDPOINT)).lower() == endpoint.name.lower()
    return same and deployment.lower() in {"", str(labels.get(DEPLOYMENT)).lower()}


def _position(token: str | None) -> list[Any] | None:
    if token is None:
        return None
    if not token.isdecimal():
        raise refuse(_TOKEN, "is not one that this workspace has given.")
    return [int(token), int(token)]


def _job_name(endpoint: Resource, headers: Mapping[str, str]) -> str:
    """Return a name for a job: the same one for each try of the same request."""
    tries = next((headers[name] for name in _REQUEST_ID_HEADERS if headers.get(name)), None)
    unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{endpoint.id}/{tries}") if tries else uuid.uuid4()
    return f"batchjob-{unique}"


def _json(content: bytes) -> Any:
    try:
        return read_json(content)
    except JsonTextError as error:
        message = f"The body is not valid JSON: {error}."
        raise ArmError(400, "InvalidRequestContent", message, is_gateway=False) from None
