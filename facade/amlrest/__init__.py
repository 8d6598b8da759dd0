"""Train models on Azure Machine Learning over its REST API.

`Workspace` is the entry point; `amlrest.aio.Workspace` is its asyncio counterpart. Names are
imported on first use, so that importing this package is fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amlrest._http.auth import StaticToken as StaticToken
    from amlrest._http.retry import RetryPolicy as RetryPolicy
    from amlrest._http.retry import Timeouts as Timeouts
    from amlrest._sync.workspace import Workspace as Workspace
    from amlrest._version import __version__ as __version__
    from amlrest.errors import AmlrestError as AmlrestError
    from amlrest.resources.assets import Code as Code
    from amlrest.resources.assets import DataAsset as DataAsset
    from amlrest.resources.assets import Environment as Environment
    from amlrest.resources.assets import InferenceConfig as InferenceConfig
    from amlrest.resources.assets import Model as Model
    from amlrest.resources.assets import Route as Route
    from amlrest.resources.bindings import Input as Input
    from amlrest.resources.bindings import Output as Output
    from amlrest.resources.computes import AmlCompute as AmlCompute
    from amlrest.resources.computes import Compute as Compute
    from amlrest.resources.computes import ComputeInstance as ComputeInstance
    from amlrest.resources.computes import ComputeNode as ComputeNode
    from amlrest.resources.credentials import AccountKey as AccountKey
    from amlrest.resources.credentials import Certificate as Certificate
    from amlrest.resources.credentials import NoCredentials as NoCredentials
    from amlrest.resources.credentials import SasToken as SasToken
    from amlrest.resources.credentials import ServicePrincipal as ServicePrincipal
    from amlrest.resources.credentials import SqlAdmin as SqlAdmin
    from amlrest.resources.data_collection import Collection as Collection
    from amlrest.resources.data_collection import DataCollector as DataCollector
    from amlrest.resources.datastores import AzureBlobDatastore as AzureBlobDatastore
    from amlrest.resources.datastores import (
        AzureDataLakeGen1Datastore as AzureDataLakeGen1Datastore,
    )
    from amlrest.resources.datastores import (
        AzureDataLakeGen2Datastore as AzureDataLakeGen2Datastore,
    )
    from amlrest.resources.datastores import AzureFileDatastore as AzureFileDatastore
    from amlrest.resources.datastores import AzurePostgreSqlDatastore as AzurePostgreSqlDatastore
    from amlrest.resources.datastores import AzureSqlDatabaseDatastore as AzureSqlDatabaseDatastore
    from amlrest.resources.datastores import Datastore as Datastore
    from amlrest.resources.datastores import GlusterFsDatastore as GlusterFsDatastore
    from amlrest.resources.datastores import OneLakeDatastore as OneLakeDatastore
    from amlrest.resources.deployments import AutoScale as AutoScale
    from amlrest.resources.deployments import BatchDeployment as BatchDeployment
    from amlrest.resources.deployments import ContainerResources as ContainerResources
    from amlrest.resources.deployments import DataPath as DataPath
    from amlrest.resources.deployments import JobOutput as JobOutput
    from amlrest.resources.deployments import K8sOnlineDeployment as K8sOnlineDeployment
    from amlrest.resources.deployments import ManagedOnlineDeployment as ManagedOnlineDeployment
    from amlrest.resources.deployments import ManualScale as ManualScale
    from amlrest.resources.deployments import OnlineDeployment as OnlineDeployment
    from amlrest.resources.deployments import Probe as Probe
    from amlrest.resources.deployments import RequestSettings as RequestSettings
    from amlrest.resources.endpoints import BatchEndpoint as BatchEndpoint
    from amlrest.resources.endpoints import EndpointKeys as EndpointKeys
    from amlrest.resources.endpoints import EndpointToken as EndpointToken
    from amlrest.resources.endpoints import OnlineEndpoint as OnlineEndpoint
    from amlrest.resources.jobs import AmlToken as AmlToken
    from amlrest.resources.jobs import CommandJob as CommandJob
    from amlrest.resources.jobs import Job as Job
    from amlrest.resources.jobs import ManagedIdentity as ManagedIdentity
    from amlrest.resources.jobs import Mpi as Mpi
    from amlrest.resources.jobs import PyTorch as PyTorch
    from amlrest.resources.jobs import TensorFlow as TensorFlow
    from amlrest.resources.jobs import UserIdentity as UserIdentity
    from amlrest.resources.notifications import NotificationSetting as NotificationSetting
    from amlrest.resources.notifications import Webhook as Webhook
    from amlrest.resources.policies import BanditPolicy as BanditPolicy
    from amlrest.resources.policies import MedianStoppingPolicy as MedianStoppingPolicy
    from amlrest.resources.policies import TruncationSelectionPolicy as TruncationSelectionPolicy
    from amlrest.resources.results import JobEvent as JobEvent
    from amlrest.resources.results import TrialRun as TrialRun
    from amlrest.resources.scoring import ScoringResponse as ScoringResponse
    from amlrest.resources.search_space import choice as choice
    from amlrest.resources.search_space import lognormal as lognormal
    from amlrest.resources.search_space import loguniform as loguniform
    from amlrest.resources.search_space import normal as normal
    from amlrest.resources.search_space import qlognormal as qlognormal
    from amlrest.resources.search_space import qloguniform as qloguniform
    from amlrest.resources.search_space import qnormal as qnormal
    from amlrest.resources.search_space import quniform as quniform
    from amlrest.resources.search_space import randint as randint
    from amlrest.resources.search_space import uniform as uniform
    from amlrest.resources.sweep import Objective as Objective
    from amlrest.resources.sweep import SweepJob as SweepJob
    from amlrest.resources.sweep import Trial as Trial
    from amlrest.resources.sweep import maximize as maximize
    from amlrest.resources.sweep import minimize as minimize
    from amlrest.resources.workspaces import WorkspaceInfo as WorkspaceInfo

_NAMES = {
    "_version": "__version__",
    "_sync.workspace": "Workspace",
    "_http.auth": "StaticToken",
    "errors": "AmlrestError",
    "resources.policies": "BanditPolicy MedianStoppingPolicy TruncationSelectionPolicy",
    "resources.assets": "Code DataAsset Environment InferenceConfig Model Route",
    "resources.bindings": "Input Output",
    "resources.computes": "AmlCompute Compute ComputeInstance ComputeNode",
    "resources.credentials": "AccountKey Certificate NoCredentials SasToken ServicePrincipal SqlAdmin",
    "resources.data_collection": "Collection DataCollector",
    "resources.datastores": "AzureBlobDatastore AzureDataLakeGen1Datastore AzureDataLakeGen2Datastore AzureFileDatastore AzurePostgreSqlDatastore AzureSqlDatabaseDatastore Datastore GlusterFsDatastore OneLakeDatastore",
    "resources.deployments": "AutoScale BatchDeployment ContainerResources DataPath JobOutput K8sOnlineDeployment ManagedOnlineDeployment ManualScale OnlineDeployment Probe RequestSettings",
    "resources.endpoints": "BatchEndpoint EndpointKeys EndpointToken OnlineEndpoint",
    "resources.jobs": "AmlToken CommandJob Job ManagedIdentity Mpi PyTorch TensorFlow UserIdentity",
    "resources.notifications": "NotificationSetting Webhook",
    "resources.results": "JobEvent TrialRun",
    "resources.scoring": "ScoringResponse",
    "resources.sweep": "Objective SweepJob Trial maximize minimize",
    "resources.workspaces": "WorkspaceInfo",
    "_http.retry": "RetryPolicy Timeouts",
    "resources.search_space": "choice lognormal loguniform normal qlognormal qloguniform qnormal quniform randint uniform",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [*_HOME]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"amlrest.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
