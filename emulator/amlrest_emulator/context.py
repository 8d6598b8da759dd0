"""What handlers and the job runner may use; made once per server process."""

import secrets
import uuid
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest_emulator import names
from amlrest_emulator.spec import Spec
from amlrest_emulator.state import State

if TYPE_CHECKING:
    from amlrest_emulator.blob.store import BlobStore
    from amlrest_emulator.engine.operations import Operations
    from amlrest_emulator.runner import Runner


@dataclass(frozen=True, slots=True)
class Identity:
    """Names and keys of the local workspace; the same after a restart.

    Attributes:
        workspace_guid: the ``workspaceId`` that data-plane paths use.
        token: the Bearer token of the ARM surface.
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
        endpoint: ``http://127.0.0.1:<port>``, without a slash at the end.
        clock: the current time in UTC.
        operations: long-running operations under way.
        runner: runs the jobs; set when the server comes up.
    """

    spec: Spec
    state: State
    identity: Identity
    state_dir: Path
    endpoint: str
    blobs: "BlobStore"
    operations: "Operations"
    clock: Callable[[], datetime]
    runner: "Runner" = field(init=False, repr=False)


def load_identity(state: State) -> Identity:
    """Read the workspace's keys from the state, made on first use."""
    return Identity(
        workspace_guid=state.setting("workspace_guid", lambda: str(uuid.uuid4())),
        token=state.setting("token", lambda: secrets.token_urlsafe(32)),
        account_key=state.setting(
            "account_key", lambda: b64encode(secrets.token_bytes(64)).decode()
        ),
    )


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """Return a time as ARM writes it, in UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
