"""Datastores of a workspace."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from amlrest._async.named import NamedResources
from amlrest.errors import ResourceNotFoundError, ValidationError
from amlrest.resources.base import of_kind
from amlrest.resources.credentials import CREDENTIALS, Credentials
from amlrest.resources.datastores import Datastore, StorageDatastore, class_for, storage_contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest._async.listing import Listing
    from amlrest._files.blob_target import BlobTarget

S = TypeVar("S", bound=Datastore)


class Datastores(NamedResources[Datastore]):
    """Datastores (``Datastores_*``)."""

    _resource = Datastore
    _operations = "Datastores"

    async def get_default(self) -> Datastore:
        """Get the workspace's default datastore.

        Raises:
            ResourceNotFoundError: the workspace has none.
        """
        async for item in self._core.pages("Datastores_List", is_default=True):
            return self._read(item)
        raise ResourceNotFoundError(404, message="the workspace has no default datastore")

    @overload
    async def get(self, name: str, kind: type[S]) -> S: ...
    @overload
    async def get(self, name: str, kind: None = None) -> Datastore: ...
    async def get(self, name: str, kind: type[Any] | None = None) -> Any:
        """Get a datastore by name, ``azureml:name`` or id.

        Args:
            name: the datastore.
            kind: the class that it has to be of, such as `AzureBlobDatastore`; any when None.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: it is of another class.
        """
        narrow = of_kind(kind or Datastore)
        return narrow(await super().get(name))

    @overload
    def list(
        self, kind: type[S], *, names: Sequence[str] | None = None, search: str | None = None
    ) -> Listing[S]: ...
    @overload
    def list(
        self, kind: None = None, *, names: Sequence[str] | None = None, search: str | None = None
    ) -> Listing[Datastore]: ...
    def list(
        self,
        kind: type[Any] | None = None,
        *,
        names: Sequence[str] | None = None,
        search: str | None = None,
    ) -> Listing[Any]:
        """List the datastores.

        Args:
            kind: only those of this class; all when None.
            names: only datastores with these names.
            search: only datastores whose name contains this text.
        """
        return self._list(kind, names=names, search_text=search)

    async def create_or_update(
        self,
        resource: S,
        *,
        skip_validation: bool | None = None,
        timeout: float | None = None,
    ) -> S:
        """Create a datastore, or replace an existing one.

        Args:
            resource: with credentials; secrets are not returned by reads, so set them again.
            skip_validation: whether the service skips validating the credentials.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
        """
        put = self._put(resource, skip_validation=skip_validation, timeout=timeout)
        return cast("S", await put)

    async def _body(self, resource: Datastore) -> dict[str, Any]:
        return await super()._body(self._complete(resource))

    def _complete(self, datastore: Datastore) -> Datastore:
        """Return the datastore with the endpoint of the cloud if it has none."""
        if datastore.type is None:
            raise ValidationError(
                "Datastore cannot be created directly; use AzureBlobDatastore(…) or another subclass"
            )
        if not isinstance(datastore, StorageDatastore) or datastore.endpoint or datastore.raw:
            return datastore
        ready = copy.copy(datastore)
        ready.endpoint = self._core.settings.cloud.storage_suffix
        return ready

    async def secrets(self, name: str) -> Credentials | None:
        """Get the credentials of a datastore with their secrets; None for an unknown kind."""
        raw = await self.raw_secrets(name)
        content = {"credentialsType": raw.get("secretsType"), "secrets": raw}
        found = CREDENTIALS.read(content)
        return None if isinstance(found, dict) else cast("Credentials", found)

    async def blob_target(
        self, datastore: Datastore, secrets: dict[str, Any] | None = None
    ) -> BlobTarget:
        """Return the container and credential for transfers to and from a datastore.

        Args:
            datastore: as it was read.
            secrets: as `raw_secrets` returns them, if they are known already.

        Raises:
            ValidationError: the kind of datastore does not support transfers.
            UntrustedUrlError: it has no credential and is not Azure storage.
            AuthenticationError: it has no credential, and the workspace's is a fixed token.
        """
        from amlrest._files import blob_target

        contents = storage_contents(datastore)
        name = datastore.name or ""
        if blob_target.uses_identity(contents):
            target = blob_target.BlobTarget.from_datastore(contents, {})
            blob_target.require_azure_storage(target.account_url, self._core.settings.endpoint)
            self._core.require_identity(f"the datastore {name} is accessed with your own identity")
            return target._replace(datastore=name, token=self._token)

        async def renew() -> BlobTarget:
            return blob_target.BlobTarget.from_datastore(contents, await self.raw_secrets(name))

        secrets = secrets or await self.raw_secrets(name)
        target = blob_target.BlobTarget.from_datastore(contents, secrets)
        return target._replace(datastore=name, renew=renew)

    async def _token(self) -> dict[str, Any]:
        from amlrest._files import blob_target

        return blob_target.obstore_token(await self._core.token(blob_target.SCOPE))

    async def raw_secrets(self, name: str) -> dict[str, Any]:
        """Get the secrets of a datastore as the service returns them."""
        response = await self._core.call("Datastores_ListSecrets", **self._at(name))
        return response if isinstance(response, dict) else {}

    def _class_of(self, raw: Any) -> Any:
        return class_for(raw)
