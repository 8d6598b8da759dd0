# Generated from facade/amlrest/_async/batch.py by `python codegen.py generate`; edit the async source.
"""Batch endpoints and their deployments."""

from __future__ import annotations

from amlrest._sync.deployments import Deployments
from amlrest._sync.endpoints import Endpoints
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
