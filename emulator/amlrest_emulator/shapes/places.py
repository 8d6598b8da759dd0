"""Places of files: datastore URIs, blob URLs of the workspace's account and asset ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from amlrest_emulator import names
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.json_body import part
from amlrest_emulator.state import State
from amlrest_emulator.urls import split_url

_DATASTORE = re.compile(
    r"azureml://(?:(?:[^/]+/)+)?datastores/(?P<store>[^/]+)(?:/paths(?:/(?P<path>.*))?)?/?",
    re.IGNORECASE | re.DOTALL,
)
_JOB_OUTPUT = re.compile(
    r"azureml://jobs/(?P<job>[^/]+)/outputs/(?P<output>[^/]+)(?:/paths(?:/(?P<path>.*))?)?/?",
    re.IGNORECASE | re.DOTALL,
)
_ARTIFACTS = ("artifacts", "default")
_ARM_ID = re.compile(r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/.+", re.IGNORECASE)
_SHORT_ID = re.compile(r"(?P<name>[^/:@]+):(?P<version>[^/:@]+)")
_DATASTORES = f"{names.PROVIDER}/workspaces/datastores"
_PREFIX = "azureml:"


@dataclass(frozen=True, slots=True)
class Places:
    """Understands the places that a request of one workspace names.

    Attributes:
        workspace_id: ARM id of the workspace.
        endpoint: URL of the local workspace.
        account: name of the local storage account.
    """

    state: State
    blobs: BlobStore
    workspace_id: str
    endpoint: str
    account: str

    def datastore_id(self, name: str) -> str:
        """Return the ARM id of a datastore of the workspace."""
        return f"{self.workspace_id}/datastores/{name}"

    def from_uri(self, uri: str) -> tuple[str, str] | None:
        """Return the datastore id and path of a URI of a datastore or of what a job has put out.

        None for another text, and for a job or an output that does not exist.
        """
        match = _DATASTORE.fullmatch(uri)
        if match:
            return self.datastore_id(match["store"]), match["path"] or ""
        output = _JOB_OUTPUT.fullmatch(uri)
        return self._of_job(output["job"], output["output"], output["path"]) if output else None

    def _of_job(self, name: str, output: str, below: str | None) -> tuple[str, str] | None:
        run, properties = self._run(name)
        if not run:
            return None
        store, folder = self._artifacts(run)
        if output not in _ARTIFACTS:
            bindings = part(properties, "outputDataBindings")
            if output not in bindings:
                return None
            store, folder = self._binding(part(bindings, output), output)
        path = f"{folder.replace('${{name}}', run)}/{below or ''}"
        return store, path.rstrip("/") if below else path

    def _run(self, name: str) -> tuple[str, Mapping[str, Any]]:
        """Return the name and the properties of a job, or of a trial of a sweep job; "" for none."""
        job = self.state.get(f"{self.workspace_id}/jobs/{name}")
        if job is not None:
            return job.name, job.properties
        parent, _, number = name.rpartition("_")
        sweep = self.state.get(f"{self.workspace_id}/jobs/{parent}") if number.isdecimal() else None
        if sweep is None:
            return "", {}
        return f"{sweep.name}_{number}", part(sweep.properties, "trial")

    def _artifacts(self, run: str) -> tuple[str, str]:
        return self.datastore_id(names.ARTIFACT_DATASTORE), names.run_prefix(run)

    def _binding(self, binding: Mapping[str, Any], output: str) -> tuple[str, str]:
        store, path = binding.get("datastoreId"), str(binding.get("pathOnDatastore") or "")
        default = self.datastore_id(names.DEFAULT_DATASTORE)
        folder = path if path or store else f"{names.OUTPUT_FOLDER}/{output}"
        return store or default, folder.strip("/")

    def from_blob_url(self, url: str) -> tuple[str, str] | None:
        """Return the datastore id and path of a blob of the workspace, None for another URL."""
        found = self.own_blob(url)
        store = self._datastore_of(found[0]) if found and found[1] else None
        return (store, found[1]) if found and store else None

    def own_blob(self, url: str) -> tuple[str, str] | None:
        """Return container and path of a URL in the local account, None for another URL."""
        container, _, path = (self._in_account(url) or "").strip("/").partition("/")
        return (container, unquote(path)) if container else None

    def as_here(self, url: Any) -> Any:
        """Return a URL in the local account at the endpoint of the request, others as they are."""
        rest = self._in_account(url) if isinstance(url, str) else None
        return f"{self.endpoint}/{self.account}/{rest}" if rest else url

    def _in_account(self, url: str) -> str | None:
        """Return what follows the account in a URL of it, escaped.

        The account is the first part of the path, or of the host as SDKs put it together.
        """
        parts = split_url(url)
        if parts is None or parts.scheme not in {"http", "https"}:
            return None
        path = parts.path.lstrip("/")
        inside = path.removeprefix(f"{self.account}/")
        by_host = parts.netloc.startswith(f"{self.account}.blob.{names.DOMAIN}")
        return inside if by_host or inside != path else None

    def _datastore_of(self, container: str) -> str | None:
        """Return the id of a datastore of a container, None if there is none."""
        for store in self.state.scan(self.workspace_id, _DATASTORES):
            contents = part(store.properties, "contents")
            if (contents.get("accountName"), contents.get("containerName")) == (
                self.account,
                container,
            ):
                return store.id
        return None

    def uri_in(self, container: str, path: str) -> str | None:
        """Return the URI of a path in a container, None if no datastore has the container."""
        store = self._datastore_of(container)
        return self.long_uri(store, path) if store else None

    def long_uri(self, datastore_id: str | None, path: str) -> str:
        """Return the datastore URI with the workspace, as data and models have it."""
        _, subscription, _, group, *_, workspace = self.workspace_id.strip("/").split("/")
        scope = f"subscriptions/{subscription}/resourcegroups/{group}/workspaces/{workspace}"
        return f"azureml://{scope}/{_below(datastore_id, path)}"

    def short_uri(self, datastore_id: str | None, path: str) -> str:
        """Return the datastore URI without the workspace, as outputs have it."""
        return f"azureml://{_below(datastore_id, path)}"

    def container_of(self, datastore_id: str | None) -> str | None:
        """Return the container of a datastore, None if it is not in the local account."""
        found = self.state.get(datastore_id or self.datastore_id(names.DEFAULT_DATASTORE))
        contents = part(found.properties, "contents") if found else {}
        is_own = contents.get("accountName") == self.account
        return contents.get("containerName") if is_own else None

    def blob_url(self, datastore_id: str | None, path: str) -> str | None:
        """Return the blob URL of a path, None if its datastore is not in the local account."""
        container = self.container_of(datastore_id)
        if container is None:
            return None
        return f"{self.endpoint}/{self.account}/{container}/{quote(path.strip('/'))}"

    def type_of_files(self, properties: Mapping[str, Any]) -> str:
        """Return the data type of the files of a data version: one file, or a folder."""
        path = str(properties.get("path") or "")
        if "://" in path:
            return "uri_folder" if path.endswith("/") else "uri_file"
        container = self.container_of(properties.get("datastoreId"))
        name = path.strip("/")
        if container and self.blobs.find(container, name) is not None:
            return "uri_file"
        if path.endswith("/") or "." not in name.rpartition("/")[2]:
            return "uri_folder"
        below = self.blobs.walk(container, f"{name}/") if container else ()
        return "uri_folder" if any(True for _ in below) else "uri_file"

    def data_type(self, data_id: str | None) -> str | None:
        """Return the data type of a registered data version, None for another id."""
        found = self.state.get(data_id) if data_id else None
        if found is None:
            return None
        return found.properties.get("dataType") or self.type_of_files(found.properties)

    def asset_id(self, text: str, collection: str) -> str | None:
        """Return the ARM id of an asset version, None for a text that names none.

        Args:
            text: an ARM id, with or without ``azureml:``, or ``azureml:<name>:<version>``.
            collection: collection of the assets that a short form names.
        """
        bare = text.removeprefix(_PREFIX)
        if _ARM_ID.fullmatch(bare):
            return bare
        match = _SHORT_ID.fullmatch(bare) if text.startswith(_PREFIX) else None
        if match is None:
            return None
        return f"{self.workspace_id}/{collection}/{match['name']}/versions/{match['version']}"


def _below(datastore_id: str | None, path: str) -> str:
    store = (datastore_id or names.DEFAULT_DATASTORE).rpartition("/")[2]
    return f"datastores/{store}/paths/{path.lstrip('/')}"


def use_asset_ids(body: dict[str, Any], places: Places, collections: Mapping[str, str]) -> None:
    """Replace the short forms of asset ids in a body by ARM ids.

    Args:
        body: object with the ids.
        places: understands the ids.
        collections: field → collection of its assets.
    """
    for key, collection in collections.items():
        text = body.get(key)
        if isinstance(text, str):
            body[key] = places.asset_id(text, collection) or text
