# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Types of calls by operation identifier, for type checkers.

Subscription, resource group and workspace may be omitted. Other calls, such as those with wire
names or with an identifier known only at run time, are allowed and untyped.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

if TYPE_CHECKING:
    from .models import (
        AmlComputeNodeInformation,
        AmlUserFeature,
        BatchDeploymentTrackedResource,
        BatchEndpointTrackedResource,
        ClusterUpdateParameters,
        CodeContainerResource,
        CodeVersionResource,
        ComputeResource,
        ComputeSchedules,
        ComputeSecrets,
        DataContainerResource,
        DatastorePropertiesResource,
        DatastoreSecrets,
        DataVersionResource,
        DeploymentLogs,
        DeploymentLogsRequest,
        EndpointAuthKeys,
        EndpointAuthToken,
        EndpointComputeType,
        EnvironmentContainerResource,
        EnvironmentSpecificationVersionResource,
        ExportSummary,
        JobBaseResource,
        LabelingJobResource,
        ListNotebookKeysResult,
        ListStorageAccountKeysResult,
        ListWorkspaceKeysResult,
        ModelContainerResource,
        ModelVersionResource,
        NotebookAccessTokenResult,
        NotebookResourceInfo,
        OnlineDeploymentTrackedResource,
        OnlineEndpointTrackedResource,
        Operation,
        OrderString,
        PartialBatchDeploymentPartialTrackedResource,
        PartialBatchEndpointPartialTrackedResource,
        PartialOnlineDeploymentPartialTrackedResource,
        PartialOnlineEndpointPartialTrackedResource,
        PrivateEndpointConnection,
        PrivateLinkResourceListResult,
        QuotaUpdateParameters,
        RegenerateEndpointKeysRequest,
        ResourceQuota,
        UnderlyingResourceAction,
        UpdateWorkspaceQuotasResult,
        Usage,
        VirtualMachineSizeListResult,
        Workspace,
        WorkspaceConnection,
        WorkspaceSku,
        WorkspaceUpdateParameters,
    )


class Calls(Protocol):
    """Type of synchronous calls; return items, a long-running operation's result or the response."""

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchDeployments_CreateOrUpdate"],
        /,
        body: BatchDeploymentTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchDeployments_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchDeployments_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchDeployments_List"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[BatchDeploymentTrackedResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchDeployments_Update"],
        /,
        body: PartialBatchDeploymentPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_CreateOrUpdate"],
        /,
        body: BatchEndpointTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_List"],
        /,
        body: None = None,
        *,
        count: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[BatchEndpointTrackedResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_ListKeys"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthKeys: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Update"],
        /,
        body: PartialBatchEndpointPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeContainers_CreateOrUpdate"],
        /,
        body: CodeContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> CodeContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> CodeContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[CodeContainerResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeVersions_CreateOrUpdate"],
        /,
        body: CodeVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> CodeVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> CodeVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["CodeVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[CodeVersionResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_CreateOrUpdate"],
        /,
        body: ComputeResource | Mapping[str, Any],
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Delete"],
        /,
        body: None = None,
        *,
        compute_name: str,
        underlying_resource_action: UnderlyingResourceAction | str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Get"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[ComputeResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_ListKeys"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> ComputeSecrets: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_ListNodes"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> Iterable[AmlComputeNodeInformation]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Restart"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Start"],
        /,
        body: None = None,
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Stop"],
        /,
        body: None = None,
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_Update"],
        /,
        body: ClusterUpdateParameters | Mapping[str, Any],
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Compute_UpdateSchedules"],
        /,
        body: ComputeSchedules | Mapping[str, Any] | None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataContainers_CreateOrUpdate"],
        /,
        body: DataContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> DataContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DataContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[DataContainerResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataVersions_CreateOrUpdate"],
        /,
        body: DataVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> DataVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> DataVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["DataVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        tags: str | None = None,
        **_where: str,
    ) -> Iterable[DataVersionResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Datastores_CreateOrUpdate"],
        /,
        body: DatastorePropertiesResource | Mapping[str, Any],
        *,
        name: str,
        skip_validation: bool | None = None,
        **_where: str,
    ) -> DatastorePropertiesResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Datastores_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Datastores_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DatastorePropertiesResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Datastores_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        is_default: bool | None = None,
        names: Sequence[str] | None = None,
        search_text: str | None = None,
        order_by: str | None = None,
        order_by_asc: bool | None = None,
        **_where: str,
    ) -> Iterable[DatastorePropertiesResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Datastores_ListSecrets"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DatastoreSecrets: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_CreateOrUpdate"],
        /,
        body: EnvironmentContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> EnvironmentContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> EnvironmentContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[EnvironmentContainerResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_CreateOrUpdate"],
        /,
        body: EnvironmentSpecificationVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> EnvironmentSpecificationVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> EnvironmentSpecificationVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[EnvironmentSpecificationVersionResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Jobs_Cancel"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Jobs_CreateOrUpdate"],
        /,
        body: JobBaseResource | Mapping[str, Any],
        *,
        id: str,
        **_where: str,
    ) -> JobBaseResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Jobs_Delete"],
        /,
        body: None = None,
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Jobs_Get"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> JobBaseResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Jobs_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        job_type: str | None = None,
        tags: str | None = None,
        tag: str | None = None,
        **_where: str,
    ) -> Iterable[JobBaseResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_CreateOrUpdate"],
        /,
        body: LabelingJobResource | Mapping[str, Any],
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> LabelingJobResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_Delete"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_ExportLabels"],
        /,
        body: ExportSummary | Mapping[str, Any],
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ExportSummary | None: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_Get"],
        /,
        body: None = None,
        *,
        id: str,
        include_job_instructions: bool | None = None,
        include_label_categories: bool | None = None,
        **_where: str,
    ) -> LabelingJobResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        **_where: str,
    ) -> Iterable[LabelingJobResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_Pause"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["LabelingJobs_Resume"],
        /,
        body: None = None,
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelContainers_CreateOrUpdate"],
        /,
        body: ModelContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> ModelContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> ModelContainerResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        **_where: str,
    ) -> Iterable[ModelContainerResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelVersions_CreateOrUpdate"],
        /,
        body: ModelVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> ModelVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> ModelVersionResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["ModelVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        skip: str | None = None,
        order_by: str | None = None,
        top: int | None = None,
        version: str | None = None,
        description: str | None = None,
        offset: int | None = None,
        tags: str | None = None,
        properties: str | None = None,
        **_where: str,
    ) -> Iterable[ModelVersionResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_CreateOrUpdate"],
        /,
        body: OnlineDeploymentTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_GetLogs"],
        /,
        body: DeploymentLogsRequest | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> DeploymentLogs: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_List"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[OnlineDeploymentTrackedResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Update"],
        /,
        body: PartialOnlineDeploymentPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource | None: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_CreateOrUpdate"],
        /,
        body: OnlineEndpointTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineEndpointTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> OnlineEndpointTrackedResource: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_GetToken"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthToken: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_List"],
        /,
        body: None = None,
        *,
        name: str | None = None,
        count: int | None = None,
        compute_type: EndpointComputeType | str | None = None,
        skip: str | None = None,
        tags: str | None = None,
        properties: str | None = None,
        order_by: OrderString | str | None = None,
        **_where: str,
    ) -> Iterable[OnlineEndpointTrackedResource]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_ListKeys"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthKeys: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_RegenerateKeys"],
        /,
        body: RegenerateEndpointKeysRequest | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Update"],
        /,
        body: PartialOnlineEndpointPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineEndpointTrackedResource | None: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Operations_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> Iterable[Operation]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_CreateOrUpdate"],
        /,
        body: PrivateEndpointConnection | Mapping[str, Any],
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> PrivateEndpointConnection: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_Delete"],
        /,
        body: None = None,
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_Get"],
        /,
        body: None = None,
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> PrivateEndpointConnection: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> Iterable[PrivateEndpointConnection]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["PrivateLinkResources_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> PrivateLinkResourceListResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Quotas_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> Iterable[ResourceQuota]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Quotas_Update"],
        /,
        body: QuotaUpdateParameters | Mapping[str, Any],
        *,
        location: str,
        **_where: str,
    ) -> UpdateWorkspaceQuotasResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Usages_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> Iterable[Usage]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["VirtualMachineSizes_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> VirtualMachineSizeListResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Create"],
        /,
        body: WorkspaceConnection | Mapping[str, Any],
        *,
        connection_name: str,
        **_where: str,
    ) -> WorkspaceConnection: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Delete"],
        /,
        body: None = None,
        *,
        connection_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Get"],
        /,
        body: None = None,
        *,
        connection_name: str,
        **_where: str,
    ) -> WorkspaceConnection: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_List"],
        /,
        body: None = None,
        *,
        target: str | None = None,
        category: str | None = None,
        **_where: str,
    ) -> Iterable[WorkspaceConnection]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceFeatures_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> Iterable[AmlUserFeature]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["WorkspaceSkus_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> Iterable[WorkspaceSku]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_CreateOrUpdate"],
        /,
        body: Workspace | Mapping[str, Any],
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Workspace | None: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_Delete"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_Get"],
        /,
        body: None = None,
        **_where: str,
    ) -> Workspace: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListByResourceGroup"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[Workspace]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListBySubscription"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> Iterable[Workspace]: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListWorkspaceKeysResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListNotebookAccessToken"],
        /,
        body: None = None,
        **_where: str,
    ) -> NotebookAccessTokenResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListNotebookKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListNotebookKeysResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ListStorageAccountKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListStorageAccountKeysResult: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_PrepareNotebook"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> NotebookResourceInfo | None: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_ResyncKeys"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    def __call__(
        self,
        operation_id: Literal["Workspaces_Update"],
        /,
        body: WorkspaceUpdateParameters | Mapping[str, Any],
        **_where: str,
    ) -> Workspace: ...

    @overload
    def __call__(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any: ...


class AsyncCalls(Protocol):
    """Type of asynchronous calls; return items, a long-running operation's result or the response."""

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchDeployments_CreateOrUpdate"],
        /,
        body: BatchDeploymentTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchDeployments_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchDeployments_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchDeployments_List"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[BatchDeploymentTrackedResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchDeployments_Update"],
        /,
        body: PartialBatchDeploymentPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> BatchDeploymentTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_CreateOrUpdate"],
        /,
        body: BatchEndpointTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_List"],
        /,
        body: None = None,
        *,
        count: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[BatchEndpointTrackedResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_ListKeys"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthKeys: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["BatchEndpoints_Update"],
        /,
        body: PartialBatchEndpointPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        **_where: str,
    ) -> BatchEndpointTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeContainers_CreateOrUpdate"],
        /,
        body: CodeContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> CodeContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> CodeContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[CodeContainerResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeVersions_CreateOrUpdate"],
        /,
        body: CodeVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> CodeVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> CodeVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["CodeVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[CodeVersionResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_CreateOrUpdate"],
        /,
        body: ComputeResource | Mapping[str, Any],
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Delete"],
        /,
        body: None = None,
        *,
        compute_name: str,
        underlying_resource_action: UnderlyingResourceAction | str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Get"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[ComputeResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_ListKeys"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> ComputeSecrets: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_ListNodes"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> AsyncIterable[AmlComputeNodeInformation]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Restart"],
        /,
        body: None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Start"],
        /,
        body: None = None,
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Stop"],
        /,
        body: None = None,
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_Update"],
        /,
        body: ClusterUpdateParameters | Mapping[str, Any],
        *,
        compute_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ComputeResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Compute_UpdateSchedules"],
        /,
        body: ComputeSchedules | Mapping[str, Any] | None = None,
        *,
        compute_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataContainers_CreateOrUpdate"],
        /,
        body: DataContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> DataContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DataContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[DataContainerResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataVersions_CreateOrUpdate"],
        /,
        body: DataVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> DataVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> DataVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["DataVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        tags: str | None = None,
        **_where: str,
    ) -> AsyncIterable[DataVersionResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Datastores_CreateOrUpdate"],
        /,
        body: DatastorePropertiesResource | Mapping[str, Any],
        *,
        name: str,
        skip_validation: bool | None = None,
        **_where: str,
    ) -> DatastorePropertiesResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Datastores_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Datastores_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DatastorePropertiesResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Datastores_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        is_default: bool | None = None,
        names: Sequence[str] | None = None,
        search_text: str | None = None,
        order_by: str | None = None,
        order_by_asc: bool | None = None,
        **_where: str,
    ) -> AsyncIterable[DatastorePropertiesResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Datastores_ListSecrets"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> DatastoreSecrets: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_CreateOrUpdate"],
        /,
        body: EnvironmentContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> EnvironmentContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> EnvironmentContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[EnvironmentContainerResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_CreateOrUpdate"],
        /,
        body: EnvironmentSpecificationVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> EnvironmentSpecificationVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> EnvironmentSpecificationVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["EnvironmentSpecificationVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[EnvironmentSpecificationVersionResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Jobs_Cancel"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Jobs_CreateOrUpdate"],
        /,
        body: JobBaseResource | Mapping[str, Any],
        *,
        id: str,
        **_where: str,
    ) -> JobBaseResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Jobs_Delete"],
        /,
        body: None = None,
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Jobs_Get"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> JobBaseResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Jobs_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        job_type: str | None = None,
        tags: str | None = None,
        tag: str | None = None,
        **_where: str,
    ) -> AsyncIterable[JobBaseResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_CreateOrUpdate"],
        /,
        body: LabelingJobResource | Mapping[str, Any],
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> LabelingJobResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_Delete"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_ExportLabels"],
        /,
        body: ExportSummary | Mapping[str, Any],
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> ExportSummary | None: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_Get"],
        /,
        body: None = None,
        *,
        id: str,
        include_job_instructions: bool | None = None,
        include_label_categories: bool | None = None,
        **_where: str,
    ) -> LabelingJobResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        **_where: str,
    ) -> AsyncIterable[LabelingJobResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_Pause"],
        /,
        body: None = None,
        *,
        id: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["LabelingJobs_Resume"],
        /,
        body: None = None,
        *,
        id: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelContainers_CreateOrUpdate"],
        /,
        body: ModelContainerResource | Mapping[str, Any],
        *,
        name: str,
        **_where: str,
    ) -> ModelContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelContainers_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelContainers_Get"],
        /,
        body: None = None,
        *,
        name: str,
        **_where: str,
    ) -> ModelContainerResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelContainers_List"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        count: int | None = None,
        **_where: str,
    ) -> AsyncIterable[ModelContainerResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelVersions_CreateOrUpdate"],
        /,
        body: ModelVersionResource | Mapping[str, Any],
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> ModelVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelVersions_Delete"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelVersions_Get"],
        /,
        body: None = None,
        *,
        name: str,
        version: str,
        **_where: str,
    ) -> ModelVersionResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["ModelVersions_List"],
        /,
        body: None = None,
        *,
        name: str,
        skip: str | None = None,
        order_by: str | None = None,
        top: int | None = None,
        version: str | None = None,
        description: str | None = None,
        offset: int | None = None,
        tags: str | None = None,
        properties: str | None = None,
        **_where: str,
    ) -> AsyncIterable[ModelVersionResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_CreateOrUpdate"],
        /,
        body: OnlineDeploymentTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_GetLogs"],
        /,
        body: DeploymentLogsRequest | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        **_where: str,
    ) -> DeploymentLogs: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_List"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        order_by: str | None = None,
        top: int | None = None,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[OnlineDeploymentTrackedResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineDeployments_Update"],
        /,
        body: PartialOnlineDeploymentPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        deployment_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineDeploymentTrackedResource | None: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_CreateOrUpdate"],
        /,
        body: OnlineEndpointTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineEndpointTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Delete"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Get"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> OnlineEndpointTrackedResource: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_GetToken"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthToken: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_List"],
        /,
        body: None = None,
        *,
        name: str | None = None,
        count: int | None = None,
        compute_type: EndpointComputeType | str | None = None,
        skip: str | None = None,
        tags: str | None = None,
        properties: str | None = None,
        order_by: OrderString | str | None = None,
        **_where: str,
    ) -> AsyncIterable[OnlineEndpointTrackedResource]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_ListKeys"],
        /,
        body: None = None,
        *,
        endpoint_name: str,
        **_where: str,
    ) -> EndpointAuthKeys: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_RegenerateKeys"],
        /,
        body: RegenerateEndpointKeysRequest | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["OnlineEndpoints_Update"],
        /,
        body: PartialOnlineEndpointPartialTrackedResource | Mapping[str, Any],
        *,
        endpoint_name: str,
        timeout: float | None = None,
        **_where: str,
    ) -> OnlineEndpointTrackedResource | None: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Operations_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> AsyncIterable[Operation]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_CreateOrUpdate"],
        /,
        body: PrivateEndpointConnection | Mapping[str, Any],
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> PrivateEndpointConnection: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_Delete"],
        /,
        body: None = None,
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_Get"],
        /,
        body: None = None,
        *,
        private_endpoint_connection_name: str,
        **_where: str,
    ) -> PrivateEndpointConnection: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["PrivateEndpointConnections_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> AsyncIterable[PrivateEndpointConnection]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["PrivateLinkResources_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> PrivateLinkResourceListResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Quotas_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> AsyncIterable[ResourceQuota]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Quotas_Update"],
        /,
        body: QuotaUpdateParameters | Mapping[str, Any],
        *,
        location: str,
        **_where: str,
    ) -> UpdateWorkspaceQuotasResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Usages_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> AsyncIterable[Usage]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["VirtualMachineSizes_List"],
        /,
        body: None = None,
        *,
        location: str,
        **_where: str,
    ) -> VirtualMachineSizeListResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Create"],
        /,
        body: WorkspaceConnection | Mapping[str, Any],
        *,
        connection_name: str,
        **_where: str,
    ) -> WorkspaceConnection: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Delete"],
        /,
        body: None = None,
        *,
        connection_name: str,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_Get"],
        /,
        body: None = None,
        *,
        connection_name: str,
        **_where: str,
    ) -> WorkspaceConnection: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceConnections_List"],
        /,
        body: None = None,
        *,
        target: str | None = None,
        category: str | None = None,
        **_where: str,
    ) -> AsyncIterable[WorkspaceConnection]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceFeatures_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> AsyncIterable[AmlUserFeature]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["WorkspaceSkus_List"],
        /,
        body: None = None,
        **_where: str,
    ) -> AsyncIterable[WorkspaceSku]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_CreateOrUpdate"],
        /,
        body: Workspace | Mapping[str, Any],
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Workspace | None: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_Delete"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_Get"],
        /,
        body: None = None,
        **_where: str,
    ) -> Workspace: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListByResourceGroup"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[Workspace]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListBySubscription"],
        /,
        body: None = None,
        *,
        skip: str | None = None,
        **_where: str,
    ) -> AsyncIterable[Workspace]: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListWorkspaceKeysResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListNotebookAccessToken"],
        /,
        body: None = None,
        **_where: str,
    ) -> NotebookAccessTokenResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListNotebookKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListNotebookKeysResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ListStorageAccountKeys"],
        /,
        body: None = None,
        **_where: str,
    ) -> ListStorageAccountKeysResult: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_PrepareNotebook"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> NotebookResourceInfo | None: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_ResyncKeys"],
        /,
        body: None = None,
        *,
        timeout: float | None = None,
        **_where: str,
    ) -> Any: ...

    @overload
    async def __call__(
        self,
        operation_id: Literal["Workspaces_Update"],
        /,
        body: WorkspaceUpdateParameters | Mapping[str, Any],
        **_where: str,
    ) -> Workspace: ...

    @overload
    async def __call__(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any: ...


__all__ = ["AsyncCalls", "Calls"]
