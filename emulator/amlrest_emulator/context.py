"""Shared state and services of a server process."""

from __future__ import annotations

import secrets
import uuid
from base64 import b64encode
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from amlrest_emulator import names
from amlrest_emulator.answers import Answers
from amlrest_emulator.api_versions import ApiVersions
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.long_running import LongRunningOperations
from amlrest_emulator.runner import Runner
from amlrest_emulator.serving.serving import Serving
from amlrest_emulator.shapes import Places
from amlrest_emulator.state import State

_SCHEME: ContextVar[str] = ContextVar("scheme", default="http")


@dataclass(frozen=True, slots=True)
class Identity:
    """Names and keys of the local workspace; they survive a restart.

    Attributes:
        workspace_guid: ``workspaceId`` in data-plane paths.
        token: Bearer token of the workspace.
        account_key: base64 key of the storage account.
    """

    workspace_guid: str
    token: str = field(repr=False)
    account_key: str = field(repr=False)
    subscription_id: str = names.SUBSCRIPTION_ID
    resource_group: str = names.RESOURCE_GROUP
    workspace_name: str = names.WORKSPACE_NAME
    location: str = names.LOCATION
    account_name: str = names.STORAGE_ACCOUNT

    @property
    def workspace_id(self) -> str:
        """The ARM id of the local workspace."""
        return names.workspace_id(self.subscription_id, self.resource_group, self.workspace_name)


@dataclass(slots=True)
class Context:
    """State and services of one server process.

    Attributes:
        versions: pinned documents of the API.
        http_endpoint: ``http://127.0.0.1:<port>``, without a trailing slash.
        clock: returns the current time in UTC.
        answers: whether responses are as the service's, or as is convenient.
        environments: ``build``, or ``host`` for the Python of the local workspace.
        deployments: ``serve``, or ``store`` to keep deployments without running them.
        long_running: long-running operations.
        https_endpoint: the same for https, if the server listens there.
        runner: job runner; set when the server starts.
        serving: runs deployments; set likewise.
    """

    versions: ApiVersions
    state: State
    identity: Identity
    state_dir: Path
    http_endpoint: str
    blobs: BlobStore
    long_running: LongRunningOperations
    clock: Callable[[], datetime]
    environments: str
    deployments: str = "serve"
    answers: Answers = Answers.CONVENIENT
    https_endpoint: str | None = None
    runner: Runner = field(init=False, repr=False)
    serving: Serving = field(init=False, repr=False)

    @property
    def endpoint(self) -> str:
        """The endpoint that the current request came to, for the URLs in its response."""
        return (_SCHEME.get() == "https" and self.https_endpoint) or self.http_endpoint

    def settle(self) -> None:
        """Write all changes to the disk: what a response acknowledges survives a power failure."""
        self.blobs.settle()
        self.state.settle()

    @property
    def tracking_uri(self) -> str:
        """The MLflow tracking URI of the local workspace, at the endpoint of the request."""
        return f"{self.endpoint}/mlflow/v1.0{self.identity.workspace_id}"

    def places(self, resource_id: str) -> Places:
        """Return the places that a resource, or a request for it, can name."""
        parts = resource_id.split("/")
        workspace_id = "/".join(parts[:9]) if len(parts) > 9 else resource_id  # noqa: PLR2004
        account = self.identity.account_name
        return Places(self.state, self.blobs, workspace_id, self.endpoint, account)


def came_over(scheme: str) -> None:
    """Set the scheme of the current request, ``http`` or ``https``."""
    _SCHEME.set(scheme)


def load_identity(state: State) -> Identity:
    """Return the names and keys of the workspace; keys are generated on first use."""
    return Identity(
        workspace_guid=state.setting("workspace_guid", lambda: str(uuid.uuid4())),
        token=state.setting("token", lambda: secrets.token_urlsafe(32)),
        account_key=state.setting(
            "account_key", lambda: b64encode(secrets.token_bytes(64)).decode()
        ),
    )


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)
