"""Batch endpoints and their deployments."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._async.deployments import Deployments
from amlrest._async.endpoints import Endpoints
from amlrest._async.listing import Listing
from amlrest._http.deadline import Deadline
from amlrest._progress import shown_transfers
from amlrest._runtime import aio as rt
from amlrest.errors import ResourceNotFoundError
from amlrest.names import name_of
from amlrest.resources.any_job import read_job
from amlrest.resources.deployments import BatchDeployment
from amlrest.resources.endpoints import BatchEndpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from amlrest._durations import Duration
    from amlrest._files.transfer import Progress
    from amlrest.resources.jobs import Job

_LISTS = "/mferp/managementfrontend"
"""Where a regional host has the operations that list jobs."""
_VERSION = {"api-version": "2020-09-01-dataplanepreview"}
"""Their only version; no document of a later one has them."""


class BatchDeployments(Deployments[BatchDeployment]):
    """Deployments of batch endpoints (``BatchDeployments_*``); `timeout` as for endpoints."""

    _deployment = BatchDeployment
    _operations = "BatchDeployments"
    _endpoints = "batchEndpoints"
    _mutable = ("description",)


class BatchEndpoints(Endpoints[BatchEndpoint, BatchDeployment]):
    """Batch endpoints (``BatchEndpoints_*``).

    Methods that start a long-running operation wait for it at most `timeout` seconds (by default
    the limit that the service states, or an hour), and then raise `DeadlineError`.
    """

    _resource = BatchEndpoint
    _deployments = BatchDeployments
    _operations = "BatchEndpoints"
    _identity_only = True

    async def invoke(
        self,
        name: str,
        input: Any = None,  # noqa: A002 - as in the SDK and the command line of Azure
        *,
        inputs: Mapping[str, Any] | None = None,
        outputs: Mapping[str, Any] | None = None,
        deployment: str | None = None,
        mini_batch_size: int | None = None,
        instance_count: int | None = None,
        max_concurrency_per_instance: int | None = None,
        error_threshold: int | None = None,
        max_retries: int | None = None,
        retry_timeout: Duration | None = None,
        logging_level: str | None = None,
        output_file_name: str | None = None,
        job_name: str | None = None,
        experiment_name: str | None = None,
        description: str | None = None,
        tags: Mapping[str, str] | None = None,
        timeout: float | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        progress: bool | None = None,
    ) -> Job:
        """Run a deployment over files, as a job.

        The request has an id, so that it makes one job however often it is sent.

        Args:
            name: the endpoint.
            input: the data: a local file or folder, which is uploaded; `DataAsset`, name, id or
                ``azureml:name:version``; a path in a datastore such as
                ``azureml://datastores/workspaceblobstore/paths/new``; or a URL.
            inputs: several inputs by name instead, as those of jobs, with numbers, booleans and
                ``Input(value=…)`` as literals; a deployment of a model takes one.
            outputs: places of outputs by name: ``{"score": "azureml://datastores/…/paths/…"}``, or
                `Output`; a folder of the job in the default datastore if None.
            deployment: the deployment to run; the default one of the endpoint if None.
            mini_batch_size: number of files in one call of the scoring script; this and the
                following are those of the deployment if None.
            instance_count: number of nodes.
            max_concurrency_per_instance: number of processes on each node.
            error_threshold: number of failed files after which the job fails; -1 for no limit.
            max_retries: maximum number of retries of a mini batch.
            retry_timeout: time limit of a mini batch: timedelta, seconds or ISO 8601 text.
            logging_level: ``info``, ``warning`` or ``debug``.
            output_file_name: file with the predictions.
            job_name: name of the job; chosen by the service if None.
            experiment_name: experiment of the job; chosen by the service if None.
            description: description of the job.
            tags: tags of the job.
            timeout: seconds for the request, also when it is sent again; 300 by default.
            on_progress: called with upload progress.
            progress: whether to show the upload; when None, in a notebook, unless there is
                `on_progress`.

        Returns:
            The job, for `jobs.wait`, `jobs.stream` and `jobs.download`.

        Raises:
            ValidationError: a value or file cannot be used; nothing was sent.
            ResourceNotFoundError: the endpoint, the deployment or the data does not exist.
            BadRequestError: the endpoint has no default deployment, or refuses the request.
        """
        from amlrest.resources import batch_scoring

        named, scope = self._named(name), self._scope
        asked = None if deployment is None else name_of("deployments", deployment)
        settings = {
            "mini_batch_size": mini_batch_size,
            "instance_count": instance_count,
            "max_concurrency_per_instance": max_concurrency_per_instance,
            "error_threshold": error_threshold,
            "max_retries": max_retries,
            "retry_timeout": retry_timeout,
            "logging_level": logging_level,
            "output_file_name": output_file_name,
            "experiment_name": experiment_name,
            "description": description,
            "tags": tags,
        }
        properties = batch_scoring.request_properties(settings, outputs, job_name, scope)
        given = batch_scoring.given_inputs(input, inputs)
        with shown_transfers(progress, on_progress) as report:
            properties["inputData"] = await self._input_data(given, report)
        response = await self._post(named, asked, {"properties": properties}, Deadline(timeout))
        return await self._job(response)

    def jobs(self, name: str, deployment: str | None = None) -> Listing[Job]:
        """List the jobs of an endpoint, or of one of its deployments, newest first.

        They have name and status; `jobs.get` reads the rest of one.

        Returns:
            An iterator that reads page by page.
        """
        path = f"batchEndpoints/{self._named(name)}"
        if deployment is not None:
            path += f"/deployments/{name_of('deployments', deployment)}"
        return Listing(self._job_items(f"{path}/jobs"), read_job)

    async def _job_items(self, path: str) -> AsyncIterator[Any]:
        from amlrest._http.paging import VisitedPages

        base = await self._core.discover()
        url: str | None = f"{base}{_LISTS}{self._core.workspace_id}/{path}"
        visited, query = VisitedPages(str(url)), dict(_VERSION)
        while url:
            page = await self._core.get_json(url, query)
            found = page if isinstance(page, dict) else {}
            for item in found.get("value") or ():
                yield item
            url, query = visited.next_url(found.get("nextLink"), ""), {}

    async def _input_data(
        self, given: Mapping[str, Any], on_progress: Callable[[Progress], None] | None
    ) -> dict[str, Any]:
        """Return the inputs as they are sent; new data is uploaded and registered."""
        from amlrest._async.registrar import Registrar
        from amlrest.resources import batch_scoring

        scope = self._scope
        classified = [partial(batch_scoring.input_argument, each, scope) for each in given.values()]
        arguments = await rt.in_thread(lambda: [classify() for classify in classified])
        resolved = await Registrar(self._core, arguments, on_progress).resolve()
        rows = zip(given.items(), arguments, resolved, strict=True)
        return {
            name: batch_scoring.wire_input(name, each, argument, found, scope)
            for (name, each), argument, found in rows
        }

    async def _post(
        self, name: str, deployment: str | None, body: dict[str, Any], deadline: Deadline
    ) -> Any:
        from amlrest._http import responses
        from amlrest.resources.scoring import DEPLOYMENT_HEADER

        headers = {
            "content-type": "application/json",
            "accept": "application/json",
            # Spelled as in Microsoft's own SDK.
            "repeatability_request-id": str(uuid.uuid4()),
        }
        if deployment is not None:
            headers[DEPLOYMENT_HEADER] = deployment
        content = json.dumps(body, allow_nan=False).encode()
        try:
            return await self._data_plane.post(
                name,
                content,
                responses.read_json,
                headers=headers,
                deadline=deadline,
                repeatable=True,
            )
        except ResourceNotFoundError as error:
            if error.operation_id or deployment is not None:
                raise await self._explained(error, name, deployment) from error
            raise

    async def _job(self, response: Any) -> Job:
        """Return the job of the workspace that a response names."""
        from amlrest._async.jobs import Jobs

        made: Job = read_job(response)
        try:
            found = await Jobs(self._core).get(made)
        except ResourceNotFoundError:  # not there yet
            found = made
        found.created = True
        return found
