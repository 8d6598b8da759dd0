"""Batch endpoints and their deployments."""

from __future__ import annotations

from amlrest._async.deployments import Deployments
from amlrest._async.endpoints import Endpoints
from amlrest.resources.deployments import BatchDeployment
from amlrest.resources.endpoints import BatchEndpoint


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
