"""The class of the library for a recorded resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest import (
    AmlCompute,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    BatchDeployment,
    BatchEndpoint,
    Code,
    CommandJob,
    Compute,
    ComputeInstance,
    DataAsset,
    Datastore,
    Environment,
    Job,
    K8sOnlineDeployment,
    ManagedOnlineDeployment,
    Model,
    OnlineDeployment,
    OnlineEndpoint,
    SweepJob,
)

if TYPE_CHECKING:
    from tests.recordings.exchanges import Resource

_BY_TYPE: dict[str, tuple[str, dict[str, Any], Any]] = {
    "jobs": ("jobType", {"command": CommandJob, "sweep": SweepJob}, Job),
    "computes": (
        "computeType",
        {"amlcompute": AmlCompute, "computeinstance": ComputeInstance},
        Compute,
    ),
    "datastores": (
        "datastoreType",
        {
            "azureblob": AzureBlobDatastore,
            "azurefile": AzureFileDatastore,
            "azuredatalakegen1": AzureDataLakeGen1Datastore,
            "azuredatalakegen2": AzureDataLakeGen2Datastore,
        },
        Datastore,
    ),
    "onlineEndpoints/deployments": (
        "endpointComputeType",
        {
            "managed": ManagedOnlineDeployment,
            "k8s": K8sOnlineDeployment,
            "kubernetes": K8sOnlineDeployment,
        },
        OnlineDeployment,
    ),
}
_ALWAYS: dict[str, Any] = {
    "codes": Code,
    "data": DataAsset,
    "environments": Environment,
    "models": Model,
    "batchEndpoints": BatchEndpoint,
    "batchEndpoints/deployments": BatchDeployment,
    "onlineEndpoints": OnlineEndpoint,
}


def class_of(resource: Resource) -> Any:
    """Return the class; the general one for a type that the library has no class for."""
    if resource.kind in _ALWAYS:
        return _ALWAYS[resource.kind]
    name, classes, general = _BY_TYPE[resource.kind]
    properties = resource.body.get("properties") or {}
    if name == "datastoreType" and "contents" in properties:
        properties = {name: (properties["contents"] or {}).get("contentsType")}
    return classes.get(str(properties.get(name)).lower(), general)
