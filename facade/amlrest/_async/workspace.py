"""A workspace: the one object a script starts with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from amlrest._async.core import Core
from amlrest._config.settings import find_settings, make_settings

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from amlrest_client.calls import AsyncCalls

    from amlrest._async.batch import BatchDeployments, BatchEndpoints
    from amlrest._async.codes import Codes
    from amlrest._async.computes import Computes
    from amlrest._async.data import Data
    from amlrest._async.datastores import Datastores
    from amlrest._async.environments import Environments
    from amlrest._async.jobs import Jobs
    from amlrest._async.models import Models
    from amlrest._async.online import OnlineDeployments, OnlineEndpoints
    from amlrest._async.workspaces import Workspaces
    from amlrest._http.auth import TokenCredential
    from amlrest._http.retry import RetryPolicy, Timeouts

_NOUNS = {
    "batch_deployments": ("batch", "BatchDeployments"),
    "batch_endpoints": ("batch", "BatchEndpoints"),
    "codes": ("codes", "Codes"),
    "computes": ("computes", "Computes"),
    "data": ("data", "Data"),
    "datastores": ("datastores", "Datastores"),
    "environments": ("environments", "Environments"),
    "jobs": ("jobs", "Jobs"),
    "models": ("models", "Models"),
    "online_deployments": ("online", "OnlineDeployments"),
    "online_endpoints": ("online", "OnlineEndpoints"),
    "workspaces": ("workspaces", "Workspaces"),
}


class Workspace:
    """One Azure ML workspace, or a local one.

    Making it costs nothing: connections are opened and a credential is made with the first
    request. Close it, or use it in a `with` block. It may be used from many threads at once, and
    after a fork. The asyncio twin belongs to one event loop at a time.

    Args:
        subscription_id: the subscription.
        resource_group: the resource group.
        name: the workspace.
        endpoint: https, or http on loopback; the cloud's Azure Resource Manager by default.
        credential: anything with azure-identity's `get_token`; DefaultAzureCredential by default.
        cloud: `public` (default), `china` or `usgov`, or another Azure tool's name for it.
        retry: how patient to be with faults that pass.
        timeouts: how long one attempt may take.

    Raises:
        ConfigError: a value is missing or not usable.
    """

    computes: Computes
    environments: Environments
    datastores: Datastores
    data: Data
    codes: Codes
    models: Models
    jobs: Jobs
    online_endpoints: OnlineEndpoints
    online_deployments: OnlineDeployments
    batch_endpoints: BatchEndpoints
    batch_deployments: BatchDeployments
    workspaces: Workspaces

    def __init__(
        self,
        subscription_id: str | None = None,
        resource_group: str | None = None,
        name: str | None = None,
        *,
        endpoint: str | None = None,
        credential: TokenCredential | None = None,
        cloud: str | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        settings = make_settings(
            subscription_id=subscription_id,
            resource_group=resource_group,
            name=name,
            endpoint=endpoint,
            cloud=cloud,
        )
        self.core = Core(settings, credential, retry=retry, timeouts=timeouts)

    @classmethod
    def from_config(
        cls,
        *,
        subscription_id: str | None = None,
        resource_group: str | None = None,
        name: str | None = None,
        endpoint: str | None = None,
        credential: TokenCredential | None = None,
        cloud: str | None = None,
        config_file: str | Path | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
    ) -> Self:
        """Look up what is not given, in the order `amlrest._config.settings` documents.

        The credential is the argument, else the token in `AMLREST_TOKEN`, else
        DefaultAzureCredential.

        Args:
            subscription_id: the subscription.
            resource_group: the resource group.
            name: the workspace.
            endpoint: https, or http on loopback.
            credential: anything with azure-identity's `get_token`.
            cloud: the cloud's name.
            config_file: this file instead of a search for `config.json`.
            retry: how patient to be with faults that pass.
            timeouts: how long one attempt may take.

        Raises:
            NoWorkspaceError: a value is nowhere; says what and where it was looked for.
            ConfigError: a value or a file cannot be used.
        """
        given = {"subscription_id": subscription_id, "resource_group": resource_group}
        given |= {"name": name, "endpoint": endpoint, "cloud": cloud}
        found = find_settings(given, config_file=config_file)
        if credential is None:
            from amlrest._http import auth

            credential = auth.environment_credential(os.environ)
        return cls(
            found.subscription_id,
            found.resource_group,
            found.name,
            endpoint=found.endpoint,
            credential=credential,
            cloud=found.cloud.name,
            retry=retry,
            timeouts=timeouts,
        )

    @property
    def id(self) -> str:
        """The resource id."""
        return self.core.workspace_id

    @property
    def name(self) -> str:
        """The name."""
        return self.core.settings.name

    if TYPE_CHECKING:
        call: AsyncCalls
        """Call any operation of the API by its id; see `amlrest_client.calls`."""
    else:

        async def call(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any:
            """Call any operation of the API by its id.

            Args:
                operation_id: such as `Quotas_List`.
                body: a generated model or JSON.
                **parameters: by wire name or in snake case. Subscription, resource group, workspace
                    and api-version are filled in. `timeout` limits the seconds to wait for a
                    long-running operation.

            Returns:
                An iterable of models for a list; the final result of a long-running operation; else
                the operation's model, JSON, or None.

            Raises:
                ValidationError: unknown operation; unknown, missing or unusable parameter.
                AmlrestError: see `amlrest.errors`.
            """
            return await self.core.perform(operation_id, body, **parameters)

        def __getattr__(self, noun: str) -> Any:
            if noun not in _NOUNS:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {noun!r}")
            from importlib import import_module

            module, kind = _NOUNS[noun]
            value = getattr(import_module(f"amlrest._async.{module}"), kind)(self.core)
            return self.__dict__.setdefault(noun, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_NOUNS})

    def __repr__(self) -> str:
        where = self.core.settings
        return f"<Workspace {where.name} in {where.resource_group} at {where.endpoint}>"

    async def close(self) -> None:
        """Close the connections; using the workspace afterwards is an error."""
        await self.core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
