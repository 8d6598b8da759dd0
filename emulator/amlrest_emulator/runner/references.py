"""What a job's ARM ids stand for: files, containers, computes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from amlrest_emulator import names
from amlrest_emulator.runner.plan import Source
from amlrest_emulator.state import Resource, State

_LOCAL = "local"


class JobRefusedError(Exception):
    """A job that cannot run as it is written.

    Args:
        target: JSON path of what is wrong.
        message: what is wrong and what to do.
    """

    def __init__(self, target: str, message: str) -> None:
        super().__init__(f"{target}: {message}")
        self.target = target
        self.message = message


@dataclass(frozen=True, slots=True)
class References:
    """Looks up what a job refers to.

    Attributes:
        state: the workspace's resources.
        workspace_id: ARM id of the workspace.
        account: name of the local storage account.
        nodes: number of nodes of a compute.
    """

    state: State
    workspace_id: str
    account: str
    nodes: Callable[[str], int]

    def code(self, arm_id: str, target: str) -> Source:
        """Return where the files of a code version are."""
        properties = self._properties(arm_id, "codes/versions", "code version", target)
        return self._files(properties, target)

    def data(self, arm_id: str, target: str) -> Source:
        """Return where the files of a data version are."""
        properties = self._properties(arm_id, "data/versions", "data version", target)
        return self._files(properties, target)

    def check_environment(self, arm_id: str, target: str) -> None:
        """Refuse an environment version that is not registered."""
        self._properties(arm_id, "environments/versions", "environment version", target)

    def container(self, arm_id: str | None, target: str) -> str:
        """Return the container of a datastore; None asks for the default one."""
        arm_id = arm_id or f"{self.workspace_id}/datastores/{names.DEFAULT_DATASTORE}"
        properties = self._properties(arm_id, "datastores", "datastore", target)
        contents = properties.get("contents") or {}
        found = (contents.get("contentsType"), contents.get("accountName"))
        if found != ("AzureBlob", self.account) or not contents.get("containerName"):
            raise JobRefusedError(
                target,
                f"{arm_id} is not in the local storage account {self.account!r}; "
                "the local workspace reads no other.",
            )
        return str(contents["containerName"])

    def compute(self, settings: dict[str, Any], target: str) -> tuple[str, int]:
        """Return name and number of nodes of a ComputeConfiguration."""
        count = settings.get("instanceCount") or 1
        where = settings.get("target") or ""
        if settings.get("isLocal") or where.lower() == _LOCAL:
            name = _LOCAL
        elif not where:
            raise JobRefusedError(f"{target}.target", "is required.")
        else:
            self._properties(where, "computes", "compute", f"{target}.target")
            name = where.rpartition("/")[2].lower()
        self._check_nodes(name, count, target)
        return name, count

    def _check_nodes(self, name: str, count: int, target: str) -> None:
        nodes = self.nodes(name)
        if nodes == 0:
            raise JobRefusedError(f"{target}.target", f"The compute {name!r} runs no jobs.")
        if not 1 <= count <= nodes:
            raise JobRefusedError(
                f"{target}.instanceCount", f"{count} is not from 1 to the {nodes} of {name!r}."
            )

    def _properties(self, arm_id: str, kind: str, called: str, target: str) -> dict[str, Any]:
        found = self._find(arm_id)
        expected = f"{names.PROVIDER}/workspaces/{kind}".lower()
        if found is None or found.type.lower() != expected:
            raise JobRefusedError(
                target,
                f"There is no {called} {arm_id!r} in this workspace; "
                "give the ARM id of a registered one.",
            )
        properties: dict[str, Any] = found.body.get("properties") or {}
        return properties

    def _find(self, arm_id: str) -> Resource | None:
        own = arm_id.lower().startswith(f"{self.workspace_id.lower()}/")
        return self.state.get(arm_id) if own else None

    def _files(self, properties: dict[str, Any], target: str) -> Source:
        path = str(properties.get("path") or "")
        if not path:
            raise JobRefusedError(target, "It has no path to take files from.")
        url = urlsplit(path)
        if url.scheme in {"http", "https"}:
            return self._from_url(path)
        if url.scheme == "file":
            return Source("file", unquote(url.path))
        if url.scheme:
            shown = path.partition("?")[0]
            raise JobRefusedError(target, f"{shown!r}: no http, https, file or datastore path.")
        return Source("blob", path, self.container(properties.get("datastoreId"), target))

    def _from_url(self, url: str) -> Source:
        parts = urlsplit(url)
        first, _, rest = parts.path.strip("/").partition("/")
        container, _, name = rest.partition("/")
        # A blob of this workspace needs no key when the workspace itself reads it.
        if first == self.account and container and name:
            return Source("blob", unquote(name), container)
        return Source("url", url)
