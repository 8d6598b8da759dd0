"""Whole files: which kind one is, and the resources in it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from amlrest._paths import expand_user
from amlrest.errors import ValidationError
from amlrest.jobfile.nodes import Node, Source, parse


@frozen
class Deployed:
    """An endpoint together with the deployments that its file has.

    Attributes:
        endpoint: the endpoint.
        deployments: its deployments, in the order of the file.
    """

    endpoint: Any
    deployments: tuple[Any, ...] = field(converter=tuple)


def load(path: str | Path, otherwise: str = "") -> Any:
    """Read a YAML file.

    Args:
        path: the file.
        otherwise: what a file describes that does not say it, by ``$schema``, ``type`` or keys
            that only one kind has: the name of a schema such as ``model``. Data when empty.

    Returns:
        What it describes: `CommandJob`, `SweepJob`, `Environment`, `DataAsset`, `Model`, a compute
        or datastore, a deployment, or `Deployed` for an endpoint. Local paths in it are relative
        to the file.

    Raises:
        ValidationError: it cannot be read, or something in it makes no sense; names the line.
    """
    place = expand_user(path)
    try:
        text = place.read_text(encoding="utf-8")
    except OSError as error:
        raise ValidationError(f"cannot read {str(place)!r}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValidationError(f"{place}: not UTF-8 text") from None
    return _read(parse(text, Source(str(place), place.parent)), otherwise)


def loads(text: str, folder: str | Path = ".") -> Any:
    """Read YAML text as `load` does; `folder` is what local paths are relative to."""
    return _read(parse(text, Source("<text>", Path(folder))))


def dumps(resource: Any) -> str:
    """Return a resource as YAML that `load` reads.

    Secrets are not written.

    Raises:
        ValidationError: there is no YAML form for it.
    """
    content = _write(resource)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def dump(resource: Any, path: str | Path) -> None:
    """Write a resource to a YAML file; see `dumps`."""
    Path(path).write_text(dumps(resource), encoding="utf-8")


def _read(node: Node, otherwise: str = "") -> Any:
    kind = _schema(node) or _by_type(node) or _by_keys(node)
    kind = kind or (node.mapping() and otherwise) or _by_path(node)
    if kind not in _TABLES:
        node.fail("cannot tell what this file describes; add a $schema line or a type")
    return _read_endpoint(node, kind) if kind in _ENDPOINTS else _table(kind).read(node)


def _schema(node: Node) -> str | None:
    """The kind that the ``$schema`` line names; its URL ends in ``<kind>.schema.json``."""
    schema = node.mapping().get("$schema")
    name = str(schema.value if schema else "").rpartition("/")[2].partition(".")[0]
    kind = _SCHEMAS.get(name, name)
    return kind if kind in _TABLES else None


def _by_type(node: Node) -> str | None:
    word = node.mapping().get("type")
    return _TYPES.get(str(word.value).lower()) if word else None


def _by_keys(node: Node) -> str:
    keys = set(node.mapping())
    for kind, telling in _TELLING.items():
        if keys & telling:
            return kind
    return ""


def _by_path(node: Node) -> str:
    return "data" if node.mapping().keys() & {"path", "local_path"} else ""


_SCHEMA_HOME = "https://azuremlschemas.azureedge.net/latest"
_SCHEMAS = {"asset": "data", "dataset": "data"}
_TYPES = {
    "command_job": "commandJob",
    "sweep_job": "sweepJob",
    "azure_blob": "datastore",
    "azure_file": "datastore",
    "azure_data_lake_gen1": "datastore",
    "azure_data_lake_gen2": "datastore",
    "azure_sql_database": "datastore",
    "azure_postgre_sql": "datastore",
    "gluster_fs": "datastore",
    "amlcompute": "compute",
    "computeinstance": "compute",
    "online": "managedOnlineEndpoint",
    "batch": "batchEndpoint",
}
_TELLING = {
    "sweepJob": {"trial", "search_space", "objective"},
    "commandJob": {"command"},
    "batchDeployment": {"mini_batch_size", "error_threshold", "retry_settings"},
    "k8sOnlineDeployment": {"resource_requirements"},
    "managedOnlineDeployment": {"code_configuration", "scale_settings", "instance_type"},
    "managedOnlineEndpoint": {"traffic", "auth_mode", "deployments"},
    "environment": {"docker", "conda_file"},
    "model": {"flavors"},
    "compute": {"resource_id"},
}


_ENDPOINTS = {"managedOnlineEndpoint", "k8sOnlineEndpoint", "batchEndpoint"}
_TABLES = {
    "commandJob": "jobs.COMMAND_JOB",
    "sweepJob": "jobs.SWEEP_JOB",
    "environment": "assets.ENVIRONMENT",
    "data": "assets.DATA",
    "code": "assets.CODE",
    "model": "assets.MODEL",
    "compute": "computes.COMPUTE",
    "datastore": "datastores.DATASTORE",
    "azureBlob": "datastores.DATASTORE",
    "azureFile": "datastores.DATASTORE",
    "azureDataLakeGen1": "datastores.DATASTORE",
    "azureDataLakeGen2": "datastores.DATASTORE",
    "managedOnlineEndpoint": "endpoints.ONLINE_ENDPOINT",
    "k8sOnlineEndpoint": "endpoints.ONLINE_ENDPOINT",
    "batchEndpoint": "endpoints.BATCH_ENDPOINT",
    "managedOnlineDeployment": "endpoints.MANAGED_DEPLOYMENT",
    "k8sOnlineDeployment": "endpoints.K8S_DEPLOYMENT",
    "batchDeployment": "endpoints.BATCH_DEPLOYMENT",
}
_WRITTEN_AS = {
    "CommandJob": "commandJob",
    "SweepJob": "sweepJob",
    "Environment": "environment",
    "DataAsset": "data",
    "Code": "code",
    "Model": "model",
    "Compute": "compute",
    "AmlCompute": "compute",
    "ComputeInstance": "compute",
    "AzureBlobDatastore": "datastore",
    "AzureFileDatastore": "datastore",
    "AzureDataLakeGen1Datastore": "datastore",
    "AzureDataLakeGen2Datastore": "datastore",
    "AzureSqlDatabaseDatastore": "datastore",
    "AzurePostgreSqlDatastore": "datastore",
    "GlusterFsDatastore": "datastore",
    "OnlineEndpoint": "managedOnlineEndpoint",
    "BatchEndpoint": "batchEndpoint",
    "ManagedOnlineDeployment": "managedOnlineDeployment",
    "K8sOnlineDeployment": "k8sOnlineDeployment",
    "BatchDeployment": "batchDeployment",
}


def _table(kind: str) -> Any:
    """Load the table for a kind; those of the others stay out of memory."""
    module, name = _TABLES[kind].split(".")
    return getattr(import_module(f"amlrest.jobfile.{module}"), name)


def _read_endpoint(node: Node, kind: str) -> Deployed:
    endpoint = _table(kind).read(node, frozenset({"deployments"}))
    if kind == "managedOnlineEndpoint" and endpoint.target is not None:
        kind = "k8sOnlineEndpoint"
    found = node.mapping().get("deployments")
    items = found.items() if found and found.value is not None else []
    return Deployed(endpoint, [_read_deployment(item, kind, endpoint) for item in items])


def _read_deployment(node: Node, kind: str, endpoint: Any) -> Any:
    own = _table(kind.replace("Endpoint", "Deployment"))
    deployment = own.read(node)
    deployment.endpoint = endpoint.name
    return deployment


def _write(resource: Any) -> dict[str, Any]:
    if isinstance(resource, Deployed):
        deployments = [_write(each) for each in resource.deployments]
        for each in deployments:
            each.pop("$schema", None)
            each.pop("endpoint_name", None)
        return {**_write(resource.endpoint), "deployments": deployments}
    kind = _WRITTEN_AS.get(type(resource).__name__)
    if kind is None:
        raise ValidationError(f"{type(resource).__name__} has no YAML form")
    schema = {"data": "asset"}.get(kind, kind)
    if kind == "datastore":
        schema = type(resource).__name__.removesuffix("Datastore")
        schema = schema[0].lower() + schema[1:]
    elif kind == "managedOnlineEndpoint" and resource.target is not None:
        schema = "k8sOnlineEndpoint"
    named = {"$schema": f"{_SCHEMA_HOME}/{schema}.schema.json"} if _has_schema(schema) else {}
    return {**named, **_table(kind).write(resource)}


def _has_schema(name: str) -> bool:
    """Whether the schemas have a file of that name; the ``type`` tells kinds that have none."""
    return name in _TABLES or name in _SCHEMAS
