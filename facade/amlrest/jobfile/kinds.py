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
        v2_schema: the same for v2 files.
        only: the dialect, of a kind that the other does not have.
    """

    table: str
    classes: str = ""
    types: str = ""
    keys: str = ""
    schema: str | None = ""
    v2_schema: str = ""
    only: str = ""

    @property
    def dialects(self) -> tuple[str, ...]:
        """The dialects that have this kind, the newer one first."""
        return (self.only,) if self.only else DIALECTS

    def load_table(self, dialect: str = "2021") -> Any:
        """Import the table of a dialect; those of other kinds are not imported."""
        module, name = self.table.split(".")
        folder = "jobfile.v2" if dialect == "v2" else "jobfile"
        return getattr(import_module(f"amlrest.{folder}.{module}"), name)


DIALECTS = ("v2", "2021")
"""``v2`` is what ``az ml`` reads today, ``2021`` what the CLI 2.0 preview read in that year."""
KINDS = {
    "sweepJob": Kind(
        "jobs.SWEEP_JOB",
        "SweepJob",
        types="sweep_job sweep",
        keys="trial search_space objective",
    ),
    "commandJob": Kind(
        "jobs.COMMAND_JOB", "CommandJob", types="command_job command", keys="command"
    ),
    "batchDeployment": Kind(
        "endpoints.BATCH_DEPLOYMENT",
        "BatchDeployment",
        types="model",
        keys="mini_batch_size error_threshold retry_settings settings",
        v2_schema="modelBatchDeployment",
    ),
    "managedOnlineDeployment": Kind(
        "endpoints.MANAGED_DEPLOYMENT",
        "ManagedOnlineDeployment",
        types="managed",
        keys="code_configuration scale_settings instance_type",
    ),
    "k8sOnlineDeployment": Kind(
        "endpoints.K8S_DEPLOYMENT",
        "K8sOnlineDeployment",
        keys="resource_requirements code_configuration scale_settings",
        v2_schema="kubernetesOnlineDeployment",
    ),
    "managedOnlineEndpoint": Kind(
        "endpoints.ONLINE_ENDPOINT",
        "OnlineEndpoint",
        types="online",
        keys="traffic auth_mode deployments public_network_access",
    ),
    "k8sOnlineEndpoint": Kind("endpoints.ONLINE_ENDPOINT", v2_schema="kubernetesOnlineEndpoint"),
    "batchEndpoint": Kind(
        "endpoints.BATCH_ENDPOINT", "BatchEndpoint", types="batch", keys="defaults"
    ),
    "environment": Kind("assets.ENVIRONMENT", "Environment", keys="docker conda_file image build"),
    "model": Kind(
        "assets.MODEL",
        "Model",
        types="custom_model mlflow_model triton_model",
        keys="flavors",
    ),
    "code": Kind("assets.CODE", "Code", only="2021"),
    "data": Kind(
        "assets.DATA",
        "DataAsset",
        types="uri_file uri_folder mltable",
        schema="asset",
        v2_schema="data",
    ),
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
    "oneLake": Kind("datastores.DATASTORE", "OneLakeDatastore", types="one_lake", only="v2"),
    "datastore": Kind(
        "datastores.DATASTORE",
        "AzureSqlDatabaseDatastore AzurePostgreSqlDatastore GlusterFsDatastore",
        types="azure_sql_database azure_postgre_sql gluster_fs",
        schema=None,
        only="2021",
    ),
}
"""Kinds by name, in the order in which their keys are tried."""
SCHEMAS = {
    "asset": "data",
    "dataset": "data",
    "amlCompute": "compute",
    "computeInstance": "compute",
    "kubernetesCompute": "compute",
    "vmCompute": "compute",
    **{kind.v2_schema: name for name, kind in KINDS.items() if kind.v2_schema},
}
"""Kinds by the names of schemas that are called otherwise."""
_UNSUPPORTED = {
    "datatransfer": "a data transfer job",
    "pipeline": "a pipeline job",
    "automl": "an AutoML job",
    "spark": "a Spark job",
    "parallel": "a parallel job",
    "finetuning": "a fine-tuning job",
    "component": "a component",
    "import": "a data import",
    "schedule": "a schedule",
    "featureset": "a feature set",
    "featurestore": "a feature store",
    "registry": "a registry",
    "connection": "a connection",
    "modelversionpackage": "a model package",
    "modelmonitor": "a model monitor",
    "workspace": "a workspace",
}
_MARKS = {
    "jobs": "pipeline",
    "trigger": "schedule",
    "inferencing_server": "modelversionpackage",
}
"""Kinds that amlrest does not have, by keys that only they have."""


def unsupported(schema: str, word: str, keys: Any) -> str | None:
    """Return what a file describes if amlrest has no such kind, such as ``a pipeline job``.

    Args:
        schema: name of its schema.
        word: value of ``type``.
        keys: its keys.
    """
    for text in (schema.lower(), word.lower().replace("_", "").replace("-", "")):
        for name, what in _UNSUPPORTED.items():
            if name in text:
                return what
    found = next((_MARKS[key] for key in _MARKS if key in keys), "")
    return _UNSUPPORTED.get(found)
