"""Inspector of a local workspace, built on plain HTTP and the official storage SDK."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
from azure.storage.blob import BlobServiceClient, ContainerClient

from tests.official import API_VERSION

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

UPLOADS = "azureml-blobstore"
RUNS = "azureml"


class Inspector:
    """Reads the state of a local workspace and sets its faults, without any code under test."""

    def __init__(self, local: "LocalWorkspace") -> None:
        self.local = local
        self.id = (
            f"/subscriptions/{local.subscription_id}/resourceGroups/{local.resource_group}/providers"
            f"/Microsoft.MachineLearningServices/workspaces/{local.workspace_name}"
        )
        headers = {"authorization": f"Bearer {local.token}"}
        self._http = httpx.Client(base_url=local.endpoint, headers=headers, timeout=30)
        self._account: BlobServiceClient | None = None

    def close(self) -> None:
        self.set_faults([])
        self.set_operation_delay(0)
        self._http.close()
        if self._account is not None:
            self._account.close()

    def get(self, path: str) -> Any:
        """Return the JSON of a resource, by its path below the workspace."""
        return self._request("GET", path)

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """Yield the items of all pages of a list."""
        page = self.get(path)
        yield from page["value"]
        while link := page.get("nextLink"):
            page = self._http.get(link).raise_for_status().json()
            yield from page["value"]

    def versions(self, kind: str, name: str) -> list[dict[str, Any]]:
        """Return the registered versions of an asset, or [] if there is no such asset."""
        try:
            return list(self.all(f"{kind}/{name}/versions"))
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
            return []

    def jobs(self, tag: str) -> list[dict[str, Any]]:
        """Return the jobs on the first page whose `schedule` tag has this value."""
        newest = self.get("jobs")["value"]
        return [job for job in newest if _tag(job) == tag]

    def blobs(self, prefix: str, container: str = UPLOADS) -> dict[str, bytes]:
        """Return relative names and contents of the blobs below a prefix."""
        files = self._files(container)
        names = [blob.name for blob in files.list_blobs(name_starts_with=f"{prefix}/")]
        return {n.removeprefix(f"{prefix}/"): files.download_blob(n).readall() for n in names}

    def blob_names(self, container: str = UPLOADS) -> list[str]:
        """Return the names of all blobs in a container."""
        return [blob.name for blob in self._files(container).list_blobs()]

    def set_faults(self, rules: list[dict[str, Any]]) -> None:
        """Replace all fault rules."""
        self._local("DELETE", "faults")
        if rules:
            self._local("POST", "faults", json=rules)

    def rules(self) -> list[dict[str, Any]]:
        """Return the active fault rules with their hit counts."""
        found: list[dict[str, Any]] = self._local("GET", "faults").json()["value"]
        return found

    def clear_requests(self) -> None:
        """Clear the request log."""
        self._local("DELETE", "requests")

    def requests(self) -> list[dict[str, Any]]:
        """Return the logged API and blob requests."""
        log = self._local("GET", "requests").json()["value"]
        return [entry for entry in log if entry["operation"]]

    def set_operation_delay(self, seconds: float) -> None:
        """Set the duration of long-running operations."""
        self._local("PUT", "settings", json={"operation_delay": seconds})

    def _files(self, container: str) -> ContainerClient:
        if self._account is None:
            store = "datastores/workspaceblobstore"
            contents = self.get(store)["properties"]["contents"]
            url = f"http://{contents['endpoint']}/{contents['accountName']}"
            key = self._request("POST", f"{store}/listSecrets")["key"]
            named = {"account_name": contents["accountName"], "account_key": key}
            self._account = BlobServiceClient(url, named)
        return self._account.get_container_client(container)

    def _request(self, method: str, path: str) -> Any:
        url = f"{self.id}/{path}"
        response = self._http.request(method, url, params={"api-version": API_VERSION})
        return response.raise_for_status().json()

    def _local(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._http.request(method, f"/_local/{path}", **options).raise_for_status()


def _tag(job: dict[str, Any]) -> Any:
    return job["properties"].get("tags", {}).get("schedule")
