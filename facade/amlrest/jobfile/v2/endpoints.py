"""Online and batch endpoints and their deployments in v2 files."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from amlrest.jobfile.endpoints import READ_ONLY, REQUESTS
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.jobs import ComputeTable
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.v2.assets import INLINE_ENVIRONMENT, INLINE_MODEL
from amlrest.jobfile.v2.data_collection import DATA_COLLECTOR
from amlrest.jobfile.v2.forms import ACCESS, PATH_OR_REFERENCE, Quantity, renamed
from amlrest.jobfile.values import ANYTHING, INTEGER, TEXT, Form
from amlrest.resources.deployments import (
    AutoScale,
    BatchDeployment,
    ContainerResources,
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    ManualScale,
)
from amlrest.resources.endpoints import BatchEndpoint, OnlineEndpoint

_DEPLOYMENT_KEYS = {
    "endpoint_name": "endpoint",
    "code_configuration.code": "code",
    "code_configuration.scoring_script": "scoring_script",
}
_DEPLOYMENT_FORMS: dict[str, Form] = {
    "model": INLINE_MODEL,
    "code_configuration.code": PATH_OR_REFERENCE,
    "environment": INLINE_ENVIRONMENT,
    "identity": IDENTITY,
}


class _OnlineTable(Table):
    """Keys of an online deployment; ``instance_count`` beside ``scale_settings`` belongs to it."""

    def read(self, node: Node) -> Any:
        """Return the deployment."""
        count = node.mapping().get("instance_count")
        deployment = super().read(node.without({"instance_count"}))
        if count is None or count.value is None:
            return deployment
        if isinstance(deployment.scale_settings, AutoScale):
            count.fail("the number of instances follows the load here; use min_instances")
        deployment.scale_settings = ManualScale(instance_count=INTEGER.read(count))
        return deployment

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping."""
        out = super().write(value)
        scale = value.scale_settings
        if isinstance(scale, ManualScale):
            del out["scale_settings"]
            out["instance_count"] = scale.instance_count
        return out


_SCALE = Tagged(
    "type",
    default=Table(
        ManualScale,
        omitted=(
            "instance_count",
            "min_instances",
            "max_instances",
        ),
    ),
    target_utilization=Table(AutoScale),
)


def _online(cls: Any, word: str, **more: Any) -> Table:
    return _OnlineTable(
        cls,
        renamed={**_DEPLOYMENT_KEYS, **more.get("renamed", {})},
        forms={
            **_DEPLOYMENT_FORMS,
            "request_settings": REQUESTS,
            "scale_settings": _SCALE,
            "egress_public_network_access": ACCESS,
            "data_collector": DATA_COLLECTOR,
            **more.get("forms", {}),
        },
        required=("name",),
        constants={"type": word},
        ignored=READ_ONLY,
    )


class _ContainerTable(Table):
    """Keys of the resources of a container; Kubernetes calls the graphics cards nvidia.com/gpu."""

    def read(self, node: Node) -> Any:
        """Return the resources."""
        entries = {
            key: renamed(each, nvidia_com_gpu="gpu") if isinstance(each.value, dict) else each
            for key, each in node.mapping().items()
        }
        return super().read(evolve(node, value=entries))


_RESOURCES = _ContainerTable(
    ContainerResources,
    renamed={
        "requests.cpu": "cpu",
        "requests.memory": "memory_gb",
        "limits.cpu": "cpu_limit",
        "limits.memory": "memory_limit_gb",
        "limits.gpu": "gpu",
        "requests.gpu": "gpu_request",
    },
    forms={
        "requests.cpu": Quantity(),
        "requests.memory": Quantity("Gi"),
        "limits.cpu": Quantity(),
        "limits.memory": Quantity("Gi"),
        "limits.gpu": Quantity(),
        "requests.gpu": Quantity(),
    },
)
MANAGED_DEPLOYMENT = _online(ManagedOnlineDeployment, "managed")
K8S_DEPLOYMENT = _online(
    K8sOnlineDeployment,
    "kubernetes",
    renamed={"resources": "container_resources"},
    forms={"resources": _RESOURCES},
)
_SETTINGS = {
    "error_threshold": "error_threshold",
    "logging_level": "logging_level",
    "max_concurrency_per_instance": "max_concurrency_per_instance",
    "mini_batch_size": "mini_batch_size",
    "output_action": "output_action",
    "output_file_name": "output_file_name",
    "retry_settings.max_retries": "max_retries",
    "retry_settings.timeout": "retry_timeout",
}
BATCH_DEPLOYMENT = ComputeTable(
    BatchDeployment,
    renamed={
        **_DEPLOYMENT_KEYS,
        "resources.instance_count": "instance_count",
        "resources.instance_type": "instance_type",
        "resources.properties": "compute_properties",
        **{f"settings.{key}": name for key, name in _SETTINGS.items()},
    },
    forms={**_DEPLOYMENT_FORMS, "resources.properties": ANYTHING},
    aliases={
        **{key: f"settings.{key}" for key in _SETTINGS},
        "settings.instance_count": "resources.instance_count",
        "settings.environment_variables": "environment_variables",
    },
    omitted=("is_local",),
    required=("name", "compute"),
    constants={"type": "model"},
    ignored=READ_ONLY - {"type"},
)


class _DefaultDeployment(Form):
    """The deployment that a batch endpoint sends everything to."""

    def read(self, node: Node) -> dict[str, int]:
        return {TEXT.read(node): 100}

    def write(self, value: Any) -> Any:
        return next((name for name, share in value.items() if share), None)


def _endpoint(cls: Any, keys: dict[str, str], **forms: Form) -> Table:
    return Table(
        cls,
        renamed=keys,
        forms={"identity": IDENTITY, **forms},
        omitted=("keys",),
        required=("name",),
        ignored=READ_ONLY,
    )


ONLINE_ENDPOINT = _endpoint(OnlineEndpoint, {"compute": "target"}, public_network_access=ACCESS)
BATCH_ENDPOINT = _endpoint(
    BatchEndpoint,
    {"defaults.deployment_name": "traffic"},
    **{"defaults.deployment_name": _DefaultDeployment()},
)
