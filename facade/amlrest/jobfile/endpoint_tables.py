"""Online and batch endpoints and their deployments in YAML."""

from typing import Any, ClassVar

from amlrest.jobfile.asset_tables import INLINE_CODE, INLINE_ENVIRONMENT, INLINE_MODEL
from amlrest.jobfile.forms import Key, Table, Tagged
from amlrest.jobfile.job_tables import compute_keys, target_finish
from amlrest.jobfile.nodes import Node, without_nulls
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
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    ManualScale,
    Probe,
    RequestSettings,
)
from amlrest.resources.endpoints import BatchEndpoint, OnlineEndpoint

_READ_ONLY = frozenset({"type", "provisioning_state", "scoring_uri", "swagger_uri"})
_LABELS = {"tags": Key("tags", STRINGS), "properties": Key("properties", STRINGS)}

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
    },
)


class _Identity:
    """A managed identity: ``system_assigned``, ``user_assigned`` or ``none``."""

    _words: ClassVar = {
        "system_assigned": "SystemAssigned",
        "user_assigned": "UserAssigned",
        "none": "None",
    }

    def read(self, node: Node) -> dict[str, Any]:
        """Return what the service takes."""
        entries = without_nulls(node.mapping())
        out: dict[str, Any] = {}
        if "type" in entries:
            out["type"] = self._words[OneOf(*self._words).read(entries["type"])]
        if "user_assigned_identities" in entries:
            named = [each.plain() for each in entries["user_assigned_identities"].items()]
            keys = [str(n.get("resource_id", "")) if isinstance(n, dict) else str(n) for n in named]
            out["userAssignedIdentities"] = {key: {} for key in keys}
        return out

    def write(self, value: Any) -> Any:
        """Return the mapping."""
        back = {wire.lower(): word for word, wire in self._words.items()}
        out: dict[str, Any] = {"type": back.get(str(value.get("type")).lower())}
        named = value.get("userAssignedIdentities")
        if named:
            out["user_assigned_identities"] = [{"resource_id": each} for each in named]
        return out


_DEPLOYMENT = {
    "name": Key("name", TEXT),
    "endpoint_name": Key("endpoint", TEXT),
    "model": Key("model", INLINE_MODEL),
    "code_configuration.code": Key("code", INLINE_CODE),
    "code_configuration.scoring_script": Key("scoring_script", TEXT),
    "environment": Key("environment", INLINE_ENVIRONMENT),
    "environment_variables": Key("environment_variables", STRINGS),
    **_LABELS,
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
    "location": Key("location", TEXT),
    "description": Key("description", TEXT),
    "identity": Key("identity", _Identity()),
    "traffic": Key("traffic", MapOf(INTEGER)),
    **_LABELS,
}
ONLINE_ENDPOINT = Table(
    OnlineEndpoint,
    {**_ENDPOINT, "target": Key("target", REFERENCE)},
    ("name",),
    ignored=_READ_ONLY,
)
BATCH_ENDPOINT = Table(BatchEndpoint, _ENDPOINT, ("name",), ignored=_READ_ONLY)
