"""Online and batch endpoints and their deployments in YAML."""

from __future__ import annotations

from typing import Any

from amlrest.jobfile.assets import INLINE_CODE, INLINE_ENVIRONMENT, INLINE_MODEL
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.jobs import ComputeTable, compute_keys
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.values import MILLISECONDS, Form
from amlrest.resources.deployments import (
    AutoScale,
    BatchDeployment,
    ContainerResources,
    DataPath,
    JobOutput,
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    ManualScale,
    RequestSettings,
)
from amlrest.resources.endpoints import BatchEndpoint, OnlineEndpoint

READ_ONLY = frozenset({"type", "provisioning_state", "scoring_uri", "swagger_uri"})


_MODEL_PATHS = {
    "data_path": Table(DataPath, renamed={"data_path": "path"}),
    "job": Table(JobOutput),
}


class _Model(Form):
    """A model, ``data_path`` in a ``datastore``, or ``path`` in the outputs of a ``job``."""

    def read(self, node: Node) -> Any:
        keys = node.value if isinstance(node.value, dict) else {}
        table = next((t for key, t in _MODEL_PATHS.items() if key in keys), INLINE_MODEL)
        return table.read(node)

    def write(self, value: Any) -> Any:
        table = next((t for t in _MODEL_PATHS.values() if isinstance(value, t.cls)), INLINE_MODEL)
        return table.write(value)


_DEPLOYMENT_KEYS = {
    "endpoint_name": "endpoint",
    "code_configuration.code": "code",
    "code_configuration.scoring_script": "scoring_script",
}
_DEPLOYMENT_FORMS: dict[str, Form] = {
    "model": _Model(),
    "code_configuration.code": INLINE_CODE,
    "environment": INLINE_ENVIRONMENT,
    "identity": IDENTITY,
}
REQUESTS = Table(
    RequestSettings,
    renamed={"max_queue_wait_ms": "max_queue_wait", "request_timeout_ms": "request_timeout"},
    forms={"max_queue_wait_ms": MILLISECONDS, "request_timeout_ms": MILLISECONDS},
)
RESOURCES = Table(
    ContainerResources,
    renamed={
        "cpu_cores_limit": "cpu_limit",
        "memory_in_gb": "memory_gb",
        "memory_in_gb_limit": "memory_limit_gb",
    },
)


def _online_deployment(cls: Any, renamed: dict[str, str], **forms: Form) -> Table:
    scale = Tagged("scale_type", manual=Table(ManualScale), auto=Table(AutoScale))
    return Table(
        cls,
        renamed={**_DEPLOYMENT_KEYS, **renamed},
        forms={
            **_DEPLOYMENT_FORMS,
            "request_settings": REQUESTS,
            "scale_settings": scale,
            **forms,
        },
        required=("name",),
        ignored=READ_ONLY,
    )


MANAGED_DEPLOYMENT = _online_deployment(ManagedOnlineDeployment, {})
K8S_DEPLOYMENT = _online_deployment(
    K8sOnlineDeployment,
    {"resource_requirements": "container_resources"},
    resource_requirements=RESOURCES,
)
BATCH_DEPLOYMENT = ComputeTable(
    BatchDeployment,
    renamed={
        **_DEPLOYMENT_KEYS,
        **compute_keys(),
        "retry_settings.max_retries": "max_retries",
        "retry_settings.timeout": "retry_timeout",
    },
    forms=_DEPLOYMENT_FORMS,
    omitted=("is_local",),
    required=("name", "compute"),
    ignored=READ_ONLY,
)


def _endpoint(cls: Any) -> Table:
    return Table(
        cls,
        forms={"identity": IDENTITY},
        omitted=("keys",),
        required=("name",),
        ignored=READ_ONLY,
    )


ONLINE_ENDPOINT = _endpoint(OnlineEndpoint)
BATCH_ENDPOINT = _endpoint(BatchEndpoint)
