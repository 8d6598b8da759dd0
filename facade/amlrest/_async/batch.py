"""Batch endpoints and their deployments."""

from __future__ import annotations

from amlrest._async.deployments import Deployments
from amlrest._async.endpoints import Endpoints
from amlrest.resources.deployments import BatchDeployment
from amlrest.resources.endpoints import BatchEndpoint


class BatchDeployments(Deployments[BatchDeployment]):
    """Deployments of batch endpoints (``BatchDeployments_*``); waiting as for endpoints."""

    _deployment = BatchDeployment
    _operations = "BatchDeployments"
    _endpoints = "batchEndpoints"
    _can_change = ("description",)


class BatchEndpoints(Endpoints[BatchEndpoint, BatchDeployment]):
    """Batch endpoints (``BatchEndpoints_*``).

    Where the service goes on after its answer, methods wait for the end, at most `timeout` seconds
    (by default what the service states, or an hour), and raise `DeadlineError` after that.
    """

    _endpoint = BatchEndpoint
    _behind = BatchDeployments
    _operations = "BatchEndpoints"
