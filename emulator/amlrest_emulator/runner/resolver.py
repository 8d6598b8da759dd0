"""Resolver: looks up the ARM ids of a job as files, containers and computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from amlrest_emulator import names
from amlrest_emulator.json_body import part
from amlrest_emulator.runner.plan import EnvironmentSource, Source
from amlrest_emulator.shapes import Places
from amlrest_emulator.state import Resource, State
from amlrest_emulator.urls import split_url

_LOCAL = "local"
_NO_COMPUTE = frozenset({_LOCAL, "serverless"})
"""Targets that are no computes of the workspace: this machine."""


class InvalidJobError(Exception):
    """A job that cannot run.

    Args:
        target: JSON path of the invalid field.
        message: what is wrong; what to do.
    """

    def __init__(self, target: str, message: str) -> None:
        super().__init__(f"{target}: {message}")
        self.target = target
        self.message = message


class MissingReferenceError(InvalidJobError):
    """A job that names something that does not exist."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Looks up the resources that a job references.

    Attributes:
        state: resource store.
        workspace_id: ARM id of the workspace.
        places: understands URIs.
        nodes: returns the number of nodes of a compute.
        has_mpi: whether commands can find an MPI launcher.
    """

    state: State
    workspace_id: str
    places: Places
    nodes: Callable[[str], int]
    has_mpi: bool = False

    def code(self, arm_id: str, target: str) -> Source:
        """Return the source of the files of a code version."""
        properties = self._properties(arm_id, "codes/versions", "code version", target)
        return self._files(properties, target)

    def data(self, arm_id: str, target: str) -> Source:
        """Return the source of the files of a data or model version."""
        kind, label = "data/versions", "data version"
        if arm_id.lower().startswith(f"{self.workspace_id}/models/".lower()):
            kind, label = "models/versions", "model version"
        properties = self._properties(arm_id, kind, label, target)
        return self._files(properties, target)

    def place(self, uri: str, target: str) -> Source:
        """Return the source of the files at a URI."""
        found = self.places.from_uri(uri)
        if found:
            return Source("blob", found[1], self.container(found[0], target))
        return self._files({"path": uri}, target)

    def environment(self, arm_id: str, target: str) -> EnvironmentSource:
        """Return what a job needs of an environment version.

        Those of registries are not here and cannot be checked; their jobs run in this Python.
        """
        if arm_id.lower().startswith(names.REGISTRIES):
            name = arm_id.removeprefix(names.REGISTRIES)
            return EnvironmentSource(name)
        kind, label = "environments/versions", "environment version"
        properties = self._properties(arm_id, kind, label, target)
        parts = arm_id.rstrip("/").split("/")
        docker = part(properties, "docker")
        return EnvironmentSource(
            name=f"{parts[-3]}:{parts[-1]}",
            conda_file=str(properties.get("condaFile") or ""),
            image=str(docker.get("dockerImageUri") or ""),
            dockerfile=str(docker.get("dockerfile") or ""),
            context=self._build_context(docker),
            dockerfile_path=str(docker.get("dockerfilePath") or ""),
        )

    def _build_context(self, docker: dict[str, Any]) -> Source | None:
        """Return the folder of a Dockerfile; None if it is not in the local storage account."""
        uri = str(docker.get("contextUri") or "")
        try:
            found = self.place(uri, "") if uri else None
        except InvalidJobError:
            return None
        return found if found and found.kind == "blob" else None

    def container(self, arm_id: str | None, target: str) -> str:
        """Return the container of a datastore; None means the default one."""
        arm_id = arm_id or f"{self.workspace_id}/datastores/{names.DEFAULT_DATASTORE}"
        properties = self._properties(arm_id, "datastores", "datastore", target)
        contents = properties.get("contents") or {}
        found = (contents.get("contentsType"), contents.get("accountName"))
        if found != ("AzureBlob", self.places.account) or not contents.get("containerName"):
            raise InvalidJobError(
                target,
                f"{arm_id} is not in the local storage account {self.places.account!r}; "
                "the local workspace supports no other.",
            )
        return str(contents["containerName"])

    def compute(self, settings: dict[str, Any], target: str) -> tuple[str, int]:
        """Return the compute name and the number of nodes of a ComputeConfiguration."""
        count = settings.get("instanceCount") or 1
        where = settings.get("target") or ""
        if settings.get("isLocal") or where.lower() in _NO_COMPUTE:
            name = _LOCAL
        elif not where:
            raise InvalidJobError(f"{target}.target", "is required.")
        else:
            self._properties(where, "computes", "compute", f"{target}.target")
            name = where.rpartition("/")[2].lower()
        self._check_nodes(name, count, target)
        return name, count

    def _check_nodes(self, name: str, count: int, target: str) -> None:
        nodes = self.nodes(name)
        if nodes == 0:
            raise InvalidJobError(f"{target}.target", f"the compute {name!r} cannot run jobs.")
        if not 1 <= count <= nodes:
            raise InvalidJobError(
                f"{target}.instanceCount", f"must be from 1 to {nodes} for {name!r}, not {count}."
            )

    def _properties(self, arm_id: str, kind: str, label: str, target: str) -> dict[str, Any]:
        found = self._find(arm_id)
        expected = f"{names.PROVIDER}/workspaces/{kind}".lower()
        if found is None or found.type.lower() != expected:
            raise MissingReferenceError(
                target,
                f"There is no {label} {arm_id!r} in this workspace; "
                "use the ARM id of a registered one.",
            )
        return found.properties

    def _find(self, arm_id: str) -> Resource | None:
        own = arm_id.lower().startswith(f"{self.workspace_id.lower()}/")
        return self.state.get(arm_id) if own else None

    def _files(self, properties: dict[str, Any], target: str) -> Source:
        path = str(properties.get("path") or "")
        if not path:
            raise InvalidJobError(target, "The asset has no path.")
        url = split_url(path)
        if url is None:
            raise InvalidJobError(target, f"{path[:200]!r} is not a valid URL.")
        if url.scheme in {"http", "https"}:
            return self._from_url(path)
        if url.scheme == "file":
            return Source("file", unquote(url.path))
        if url.scheme:
            shown = path.partition("?")[0]
            raise InvalidJobError(
                target, f"{shown!r} is not an http, https, file or datastore path."
            )
        return Source("blob", path, self.container(properties.get("datastoreId"), target))

    def _from_url(self, url: str) -> Source:
        # The workspace reads its own blobs without a signature.
        found = self.places.own_blob(url)
        return Source("blob", found[1], found[0]) if found else Source("url", url)
