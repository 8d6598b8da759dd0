"""What is in a local workspace, read by plain HTTP and the official storage SDK."""

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
    """Reads a local workspace and sets its faults; uses nothing that is tested here."""

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
        """GET something below the workspace."""
        return self._ask("GET", path)

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """Yield the items of a list, over all its pages."""
        page = self.get(path)
        yield from page["value"]
        while link := page.get("nextLink"):
            page = self._http.get(link).raise_for_status().json()
            yield from page["value"]

    def versions(self, kind: str, name: str) -> list[dict[str, Any]]:
        """The registered versions of an asset; none when there is no such asset."""
        try:
            return list(self.all(f"{kind}/{name}/versions"))
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
            return []

    def jobs(self, tag: str) -> list[dict[str, Any]]:
        """The jobs with a tag, among the newest."""
        newest = self.get("jobs")["value"]
        return [job for job in newest if _tag(job) == tag]

    def blobs(self, prefix: str, container: str = UPLOADS) -> dict[str, bytes]:
        """Names below a folder of a container, and what is in them."""
        files = self._files(container)
        names = [blob.name for blob in files.list_blobs(name_starts_with=f"{prefix}/")]
        return {n.removeprefix(f"{prefix}/"): files.download_blob(n).readall() for n in names}

    def blob_names(self, container: str = UPLOADS) -> list[str]:
        """Names of everything in a container."""
        return [blob.name for blob in self._files(container).list_blobs()]

    def set_faults(self, rules: list[dict[str, Any]]) -> None:
        """Put rules in the place of all that are in force."""
        self._local("DELETE", "faults")
        if rules:
            self._local("POST", "faults", json=rules)

    def rules(self) -> list[dict[str, Any]]:
        """The rules in force, and how often each has hit."""
        found: list[dict[str, Any]] = self._local("GET", "faults").json()["value"]
        return found

    def clear_requests(self) -> None:
        """Begin a new log of requests."""
        self._local("DELETE", "requests")

    def requests(self) -> list[dict[str, Any]]:
        """The log of requests."""
        log = self._local("GET", "requests").json()["value"]
        return [entry for entry in log if entry["operation"]]

    def set_operation_delay(self, seconds: float) -> None:
        """Let long-running operations take so long."""
        self._local("PUT", "settings", json={"operation_delay": seconds})

    def _files(self, container: str) -> ContainerClient:
        if self._account is None:
            store = "datastores/workspaceblobstore"
            contents = self.get(store)["properties"]["contents"]
            url = f"http://{contents['endpoint']}/{contents['accountName']}"
            key = self._ask("POST", f"{store}/listSecrets")["key"]
            named = {"account_name": contents["accountName"], "account_key": key}
            self._account = BlobServiceClient(url, named)
        return self._account.get_container_client(container)

    def _ask(self, method: str, path: str) -> Any:
        where = f"{self.id}/{path}"
        answer = self._http.request(method, where, params={"api-version": API_VERSION})
        return answer.raise_for_status().json()

    def _local(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._http.request(method, f"/_local/{path}", **options).raise_for_status()


def _tag(job: dict[str, Any]) -> Any:
    return job["properties"].get("tags", {}).get("schedule")
