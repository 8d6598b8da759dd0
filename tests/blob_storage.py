"""Blob containers in Azurite or the local workspace, with an official SDK client for each."""

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest._files.blob_target import BlobTarget

from tests.azurite import Azurite
from tests.official import API_VERSION

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


class Storage(NamedTuple):
    """A container for one test; `sdk` is a ContainerClient of the official SDK."""

    target: BlobTarget
    sdk: Any
    key: str

    def contents(self, prefix: str = "") -> dict[str, bytes]:
        """Return names and contents of all blobs, read with the official SDK."""
        names = [blob.name for blob in self.sdk.list_blobs(name_starts_with=prefix)]
        return {name: self.sdk.download_blob(name).readall() for name in names}

    def etags(self, prefix: str = "") -> dict[str, Any]:
        """Return the ETag of each blob, which changes with every write."""
        return {blob.name: blob.etag for blob in self.sdk.list_blobs(name_starts_with=prefix)}


def azurite_container(azurite: Azurite) -> Storage:
    contents = {"accountName": azurite.account, "endpoint": f"127.0.0.1:{azurite.port}"}
    return _create_container(
        {"contentsType": "AzureBlob", "protocol": "http"} | contents, azurite.key
    )


def workspace_container(workspace: "LocalWorkspace") -> Storage:
    """Create a container in the storage account of the workspace's default datastore."""
    import httpx

    url = (
        f"{workspace.endpoint}/subscriptions/{workspace.subscription_id}"
        f"/resourceGroups/{workspace.resource_group}/providers/Microsoft.MachineLearningServices"
        f"/workspaces/{workspace.workspace_name}/datastores/workspaceblobstore"
    )
    options: dict[str, Any] = {
        "params": {"api-version": API_VERSION},
        "headers": {"Authorization": f"Bearer {workspace.token}"},
    }
    with httpx.Client(**options) as client:
        found = client.get(url).raise_for_status().json()
        secrets = client.post(f"{url}/listSecrets").raise_for_status().json()
    return _create_container(found["properties"]["contents"], secrets["key"])


def _create_container(contents: dict[str, Any], key: str) -> Storage:
    from azure.storage.blob import BlobServiceClient

    name = f"test-{uuid.uuid4().hex}"
    url = f"http://{contents['endpoint']}/{contents['accountName']}"
    client = BlobServiceClient(
        url, credential={"account_name": contents["accountName"], "account_key": key}
    )
    container = client.create_container(name)
    target = BlobTarget.from_datastore(contents | {"containerName": name}, {"key": key})
    return Storage(target, container, key)
