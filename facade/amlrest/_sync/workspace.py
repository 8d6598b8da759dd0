# Generated from facade/amlrest/_async/workspace.py by `python codegen.py generate`; edit the async source.
"""Workspace: the entry point of the library."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest._config.settings import find_settings, make_settings
from amlrest._sync.core import Core

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from amlrest._http.auth import TokenCredential
    from amlrest._http.retry import RetryPolicy, Timeouts
    from amlrest._sync.batch import BatchDeployments, BatchEndpoints
    from amlrest._sync.codes import Codes
    from amlrest._sync.computes import Computes
    from amlrest._sync.data import Data
    from amlrest._sync.datastores import Datastores
    from amlrest._sync.environments import Environments
    from amlrest._sync.jobs import Jobs
    from amlrest._sync.models import Models
    from amlrest._sync.online import OnlineDeployments, OnlineEndpoints
    from amlrest._sync.workspaces import Workspaces
    from amlrest_client.calls import Calls

T = TypeVar("T")


class Workspace:
    """One Azure ML workspace, or a local one.

    Nothing is sent before the first request, which opens connections and creates a credential.
    Close it, or use it in a `with` block. It can be used from several threads and after a fork;
    the asyncio version from one event loop at a time.

    Args:
        subscription_id: the subscription.
        resource_group: the resource group.
        name: the workspace.
        endpoint: https, or http on loopback; the cloud's Azure Resource Manager by default.
        credential: anything with azure-identity's `get_token`; DefaultAzureCredential by default.
        cloud: `public` (default), `china` or `usgov`, or another Azure tool's name for it.
        api_version: API version of the requests, 2021-03-01-preview or later; that of the generated
            client by default.
        retry: retry policy for transient faults.
        timeouts: time limits of one attempt.

    Raises:
        ConfigError: a value is missing or invalid.
    """

    def __init__(
        self,
        subscription_id: str | None = None,
        resource_group: str | None = None,
        name: str | None = None,
        *,
        endpoint: str | None = None,
        credential: TokenCredential | None = None,
        cloud: str | None = None,
        api_version: str | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        settings = make_settings(
            subscription_id=subscription_id,
            resource_group=resource_group,
            name=name,
            endpoint=endpoint,
            cloud=cloud,
            api_version=api_version,
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
        api_version: str | None = None,
        config_file: str | Path | None = None,
        retry: RetryPolicy | None = None,
        timeouts: Timeouts | None = None,
    ) -> Self:
        """Find the workspace in arguments, environment and files, in the order `amlrest._config.settings` documents.

        The credential is the argument, else the token in `AMLREST_TOKEN`, else
        DefaultAzureCredential.

        Args:
            subscription_id: the subscription.
            resource_group: the resource group.
            name: the workspace.
            endpoint: https, or http on loopback.
            credential: anything with azure-identity's `get_token`.
            cloud: the cloud's name.
            api_version: API version of the requests.
            config_file: this file instead of a search for `config.json`.
            retry: retry policy for transient faults.
            timeouts: time limits of one attempt.

        Raises:
            NoWorkspaceError: a value was not found; the message names it and the places searched.
            ConfigError: a value or a file is invalid.
        """
        given = {"subscription_id": subscription_id, "resource_group": resource_group}
        given |= {"name": name, "endpoint": endpoint, "cloud": cloud}
        given |= {"api_version": api_version}
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
            api_version=found.api_version,
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

    @cached_property
    def computes(self) -> Computes:
        """Compute targets."""
        from amlrest._sync.computes import Computes

        return self._shared("computes", Computes(self.core))

    @cached_property
    def environments(self) -> Environments:
        """Environments and their versions."""
        from amlrest._sync.environments import Environments

        return self._shared("environments", Environments(self.core))

    @cached_property
    def datastores(self) -> Datastores:
        """Datastores."""
        from amlrest._sync.datastores import Datastores

        return self._shared("datastores", Datastores(self.core))

    @cached_property
    def data(self) -> Data:
        """Data assets and their versions."""
        from amlrest._sync.data import Data

        return self._shared("data", Data(self.core))

    @cached_property
    def codes(self) -> Codes:
        """Code assets and their versions."""
        from amlrest._sync.codes import Codes

        return self._shared("codes", Codes(self.core))

    @cached_property
    def models(self) -> Models:
        """Models and their versions."""
        from amlrest._sync.models import Models

        return self._shared("models", Models(self.core))

    @cached_property
    def jobs(self) -> Jobs:
        """Command and sweep jobs."""
        from amlrest._sync.jobs import Jobs

        return self._shared("jobs", Jobs(self.core))

    @cached_property
    def online_endpoints(self) -> OnlineEndpoints:
        """Online endpoints."""
        from amlrest._sync.online import OnlineEndpoints

        return self._shared("online_endpoints", OnlineEndpoints(self.core))

    @cached_property
    def online_deployments(self) -> OnlineDeployments:
        """Deployments of online endpoints."""
        from amlrest._sync.online import OnlineDeployments

        return self._shared("online_deployments", OnlineDeployments(self.core))

    @cached_property
    def batch_endpoints(self) -> BatchEndpoints:
        """Batch endpoints."""
        from amlrest._sync.batch import BatchEndpoints

        return self._shared("batch_endpoints", BatchEndpoints(self.core))

    @cached_property
    def batch_deployments(self) -> BatchDeployments:
        """Deployments of batch endpoints."""
        from amlrest._sync.batch import BatchDeployments

        return self._shared("batch_deployments", BatchDeployments(self.core))

    @cached_property
    def workspaces(self) -> Workspaces:
        """Workspaces of the resource group or subscription."""
        from amlrest._sync.workspaces import Workspaces

        return self._shared("workspaces", Workspaces(self.core))

    def _shared(self, name: str, collection: T) -> T:
        """Return the same collection to all threads, since `cached_property` has no lock."""
        found: T = self.__dict__.setdefault(name, collection)
        return found

    if TYPE_CHECKING:
        call: Calls
        """Call any operation of the API by its id; see `amlrest_client.calls`."""
    else:

        def call(self, operation_id: str, /, body: Any = None, **parameters: Any) -> Any:
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
            return self.core.perform(operation_id, body, **parameters)

    def __repr__(self) -> str:
        where = self.core.settings
        return f"<Workspace {where.name} in {where.resource_group} at {where.endpoint}>"

    def close(self) -> None:
        """Close the connections; the workspace cannot be used afterwards."""
        self.core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
