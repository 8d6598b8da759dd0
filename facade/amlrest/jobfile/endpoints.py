"""Online and batch endpoints and their deployments in YAML."""

from typing import Any, ClassVar

from amlrest.jobfile.assets import INLINE_CODE, INLINE_ENVIRONMENT, INLINE_MODEL
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.jobs import compute_keys, target_finish
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Key, Table, Tagged
from amlrest.jobfile.values import (
    BOOLEAN,
    INTEGER,
    MILLISECONDS,
    NUMBER,
    REFERENCE,
    SECONDS,
    STRINGS,
    TEXT,
    ListOf,
    MapOf,
    OneOf,
)
from amlrest.resources.deployments import (
    AutoScale,
    BatchDeployment,
    ContainerResources,
    DataPath,
    JobOutput,
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    ManualScale,
    Probe,
    RequestSettings,
)
from amlrest.resources.endpoints import BatchEndpoint, OnlineEndpoint

_READ_ONLY = frozenset({"type", "provisioning_state", "scoring_uri", "swagger_uri"})
_TRACKED = {
    "location": Key("location", TEXT),
    "description": Key("description", TEXT),
    "identity": Key("identity", IDENTITY),
    "kind": Key("kind", TEXT),
    "tags": Key("tags", STRINGS),
    "properties": Key("properties", STRINGS),
}

PROBE = Table(
    Probe,
    {
        "failure_threshold": Key("failure_threshold", INTEGER),
        "success_threshold": Key("success_threshold", INTEGER),
        "initial_delay": Key("initial_delay", SECONDS),
        "period": Key("period", SECONDS),
        "timeout": Key("timeout", SECONDS),
    },
)
REQUESTS = Table(
    RequestSettings,
    {
        "max_concurrent_requests_per_instance": Key(
            "max_concurrent_requests_per_instance", INTEGER
        ),
        "max_queue_wait_ms": Key("max_queue_wait", MILLISECONDS),
        "request_timeout_ms": Key("request_timeout", MILLISECONDS),
    },
)
_BOUNDS = {
    "min_instances": Key("min_instances", INTEGER),
    "max_instances": Key("max_instances", INTEGER),
}
SCALE = Tagged(
    "scale_type",
    manual=Table(ManualScale, {"instance_count": Key("instance_count", INTEGER), **_BOUNDS}),
    auto=Table(
        AutoScale,
        {
            **_BOUNDS,
            "polling_interval": Key("polling_interval", SECONDS),
            "target_utilization_percentage": Key("target_utilization_percentage", INTEGER),
        },
    ),
)
RESOURCES = Table(
    ContainerResources,
    {
        "cpu": Key("cpu", NUMBER),
        "cpu_cores_limit": Key("cpu_limit", NUMBER),
        "memory_in_gb": Key("memory_gb", NUMBER),
        "memory_in_gb_limit": Key("memory_limit_gb", NUMBER),
        "gpu": Key("gpu", INTEGER),
        "fpga": Key("fpga", INTEGER),
    },
)


class _Model:
    """A model, or ``data_path`` in a ``datastore``, or ``path`` in what a ``job`` left."""

    _others: ClassVar = {
        "data_path": Table(
            DataPath,
            {"data_path": Key("path", TEXT), "datastore": Key("datastore", REFERENCE)},
        ),
        "job": Table(JobOutput, {"job": Key("job", REFERENCE), "path": Key("path", TEXT)}),
    }

    def read(self, node: Node) -> Any:
        """Return the model or what stands for one."""
        keys = node.value if isinstance(node.value, dict) else {}
        table = next((t for key, t in self._others.items() if key in keys), None)
        return table.read(node) if table else INLINE_MODEL.read(node)

    def write(self, value: Any) -> Any:
        """Return the mapping or the reference."""
        for table in self._others.values():
            if isinstance(value, table.cls):
                return table.write(value)
        return INLINE_MODEL.write(value)


_DEPLOYMENT = {
    "name": Key("name", TEXT),
    "endpoint_name": Key("endpoint", TEXT),
    "model": Key("model", _Model()),
    "code_configuration.code": Key("code", INLINE_CODE),
    "code_configuration.scoring_script": Key("scoring_script", TEXT),
    "environment": Key("environment", INLINE_ENVIRONMENT),
    "environment_variables": Key("environment_variables", STRINGS),
    **_TRACKED,
}
_ONLINE_DEPLOYMENT = {
    **_DEPLOYMENT,
    "app_insights_enabled": Key("app_insights_enabled", BOOLEAN),
    "liveness_probe": Key("liveness_probe", PROBE),
    "request_settings": Key("request_settings", REQUESTS),
    "scale_settings": Key("scale_settings", SCALE),
}
MANAGED_DEPLOYMENT = Table(
    ManagedOnlineDeployment,
    {
        **_ONLINE_DEPLOYMENT,
        "instance_type": Key("instance_type", TEXT),
        "readiness_probe": Key("readiness_probe", PROBE),
    },
    ("name",),
    ignored=_READ_ONLY,
)
K8S_DEPLOYMENT = Table(
    K8sOnlineDeployment,
    {**_ONLINE_DEPLOYMENT, "resource_requirements": Key("container_resources", RESOURCES)},
    ("name",),
    ignored=_READ_ONLY,
)
BATCH_DEPLOYMENT = Table(
    BatchDeployment,
    {
        **_DEPLOYMENT,
        **compute_keys(""),
        "error_threshold": Key("error_threshold", INTEGER),
        "logging_level": Key("logging_level", OneOf("info", "warning", "debug")),
        "mini_batch_size": Key("mini_batch_size", INTEGER),
        "output_action": Key("output_action", OneOf("summary_only", "append_row")),
        "output_file_name": Key("output_file_name", TEXT),
        "partition_keys": Key("partition_keys", ListOf(TEXT)),
        "retry_settings.max_retries": Key("max_retries", INTEGER),
        "retry_settings.timeout": Key("retry_timeout", SECONDS),
    },
    ("name", "compute"),
    ignored=_READ_ONLY,
    finish=target_finish,
)
_ENDPOINT = {
    "name": Key("name", TEXT),
    "auth_mode": Key("auth_mode", OneOf("key", "aml_token", "aad_token")),
    "traffic": Key("traffic", MapOf(INTEGER)),
    **_TRACKED,
}
ONLINE_ENDPOINT = Table(
    OnlineEndpoint,
    {**_ENDPOINT, "target": Key("target", REFERENCE)},
    ("name",),
    ignored=_READ_ONLY,
)
BATCH_ENDPOINT = Table(BatchEndpoint, _ENDPOINT, ("name",), ignored=_READ_ONLY)
