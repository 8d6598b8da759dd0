"""Fixed names of the local workspace."""

from __future__ import annotations

SUBSCRIPTION_ID = "00000000-0000-0000-0000-000000000000"
RESOURCE_GROUP = "local"
WORKSPACE_NAME = "local"
LOCATION = "local"
STORAGE_ACCOUNT = "amlrestlocal"
DEFAULT_COMPUTE = "cpu-cluster"
DEFAULT_ENVIRONMENT = "local-python"
DEFAULT_DATASTORE = "workspaceblobstore"
ARTIFACT_DATASTORE = "workspaceartifactstore"
MLFLOW_MODEL, MLFLOW_FLAVOR = "mlflow_model", "python_function"
DEFAULT_CONTAINER = "azureml-blobstore"
RUN_CONTAINER = "azureml"
OUTPUT_FOLDER = "azureml/${{name}}"
"""Folder of the outputs of a run that have no place of their own, in the default datastore."""
CLOUD = "AmlrestLocal"
DOMAIN = "amlrest.local"
DISCOVERY_PATH = "/discovery"
METADATA_PATH = "/metadata/endpoints"
TOKEN_PATH = "/identity/token"  # noqa: S105 - a path
REGISTRIES = "azureml://registries/"
PROVIDER = "Microsoft.MachineLearningServices"


def default_environment(workspace_id: str) -> str:
    """Return the ARM id of the environment version that jobs without one run in."""
    return f"{workspace_id}/environments/{DEFAULT_ENVIRONMENT}/versions/1"


def below_workspace(resource_type: str) -> str:
    """Return a resource type without that of its workspace, in lower case: ``data/versions``."""
    return resource_type.lower().removeprefix(f"{PROVIDER}/workspaces".lower()).lstrip("/")


def workspace_id(subscription_id: str, resource_group: str, name: str) -> str:
    """Return the ARM id of a workspace."""
    return (
        f"/subscriptions/{subscription_id}/resourceGroups/{resource_group}"
        f"/providers/{PROVIDER}/workspaces/{name}"
    )


def run_prefix(name: str) -> str:
    """Return the blob prefix of a run in the run container."""
    return f"ExperimentRun/dcid.{name}"
