"""Kinds of YAML files: how each is recognised, and which table reads and writes it."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A kind of file; several names are separated by spaces.

    Attributes:
        table: module and name of the table, imported when it is needed.
        classes: classes that are written as this kind.
        types: values of ``type`` that only this kind has.
        keys: keys that only this kind has.
        schema: name of the schema to write, if it is not the kind's; None when there is none.
    """

    table: str
    classes: str = ""
    types: str = ""
    keys: str = ""
    schema: str | None = ""

    def load_table(self) -> Any:
        """Import the table; those of other kinds are not imported."""
        module, name = self.table.split(".")
        return getattr(import_module(f"amlrest.jobfile.{module}"), name)


KINDS = {
    "sweepJob": Kind(
        "jobs.SWEEP_JOB", "SweepJob", types="sweep_job", keys="trial search_space objective"
    ),
    "commandJob": Kind("jobs.COMMAND_JOB", "CommandJob", types="command_job", keys="command"),
    "batchDeployment": Kind(
        "endpoints.BATCH_DEPLOYMENT",
        "BatchDeployment",
        keys="mini_batch_size error_threshold retry_settings",
    ),
    "k8sOnlineDeployment": Kind(
        "endpoints.K8S_DEPLOYMENT", "K8sOnlineDeployment", keys="resource_requirements"
    ),
    "managedOnlineDeployment": Kind(
        "endpoints.MANAGED_DEPLOYMENT",
        "ManagedOnlineDeployment",
        keys="code_configuration scale_settings instance_type",
    ),
    "managedOnlineEndpoint": Kind(
        "endpoints.ONLINE_ENDPOINT",
        "OnlineEndpoint",
        types="online",
        keys="traffic auth_mode deployments",
    ),
    "k8sOnlineEndpoint": Kind("endpoints.ONLINE_ENDPOINT"),
    "batchEndpoint": Kind("endpoints.BATCH_ENDPOINT", "BatchEndpoint", types="batch"),
    "environment": Kind("assets.ENVIRONMENT", "Environment", keys="docker conda_file"),
    "model": Kind("assets.MODEL", "Model", keys="flavors"),
    "code": Kind("assets.CODE", "Code"),
    "data": Kind("assets.DATA", "DataAsset", schema="asset"),
    "compute": Kind(
        "computes.COMPUTE",
        "Compute AmlCompute ComputeInstance",
        types="amlcompute computeinstance",
        keys="resource_id",
    ),
    "azureBlob": Kind("datastores.DATASTORE", "AzureBlobDatastore", types="azure_blob"),
    "azureFile": Kind("datastores.DATASTORE", "AzureFileDatastore", types="azure_file"),
    "azureDataLakeGen1": Kind(
        "datastores.DATASTORE", "AzureDataLakeGen1Datastore", types="azure_data_lake_gen1"
    ),
    "azureDataLakeGen2": Kind(
        "datastores.DATASTORE", "AzureDataLakeGen2Datastore", types="azure_data_lake_gen2"
    ),
    "datastore": Kind(
        "datastores.DATASTORE",
        "AzureSqlDatabaseDatastore AzurePostgreSqlDatastore GlusterFsDatastore",
        types="azure_sql_database azure_postgre_sql gluster_fs",
        schema=None,
    ),
}
"""Kinds by name, in the order in which their keys are tried."""
SCHEMAS = {"asset": "data", "dataset": "data"}
"""Kinds by the names of schemas that are called otherwise."""
