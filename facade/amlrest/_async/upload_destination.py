"""Upload destination: a datastore that concurrent uploads share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from amlrest._async.datastores import Datastores
from amlrest._async.single_flight import SingleFlight
from amlrest._runtime import aio as rt
from amlrest.errors import AmlrestError
from amlrest.resources.datastores import Datastore

if TYPE_CHECKING:
    from amlrest._async.core import Core
    from amlrest._files.blob_target import BlobTarget

USUAL_DEFAULT = "workspaceblobstore"
"""The default datastore that the service creates with every workspace."""


class UploadDestination:
    """A datastore to upload to, requested at most once.

    Args:
        core: the workspace.
        datastore: name, id or datastore; the default datastore when None.
    """

    def __init__(self, core: Core, datastore: Any = None) -> None:
        self._datastores = Datastores(core)
        self._wanted = datastore
        self._datastore = SingleFlight(self._find)
        self._likely_secrets = SingleFlight(self._get_likely_secrets)
        self.target = SingleFlight(self._open)

    async def datastore(self) -> Datastore:
        """Return the datastore, and concurrently get the secrets it most likely has.

        Knowing them one round trip earlier is worth a request that may turn out useless.
        """
        store, _ = await rt.gather(self._datastore.get, self._likely_secrets.get)
        return cast("Datastore", store)

    async def _find(self) -> Datastore:
        if self._wanted is None:
            return await self._datastores.get_default()
        if isinstance(self._wanted, Datastore) and self._wanted.id:
            return self._wanted
        return await self._datastores.get(self._likely)

    async def _open(self) -> BlobTarget:
        store = await self._datastore.get()
        secrets = await self._likely_secrets.get() if store.name == self._likely else None
        return await self._datastores.blob_target(store, secrets)

    @property
    def _likely(self) -> str:
        wanted = self._wanted.name if isinstance(self._wanted, Datastore) else self._wanted
        return str(wanted or USUAL_DEFAULT)

    async def _get_likely_secrets(self) -> dict[str, Any] | None:
        try:
            return await self._datastores.raw_secrets(self._likely)
        except AmlrestError:
            return None
