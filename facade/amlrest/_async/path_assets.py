"""Assets made of files: data, code and models share how they are uploaded and registered."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar, cast

from amlrest._async.assets import Assets
from amlrest._async.datastores import Datastores
from amlrest._async.single_flight import Once
from amlrest._runtime import aio as rt
from amlrest._wire import check_sendable
from amlrest.errors import AmlrestError
from amlrest.names import check_name, check_version
from amlrest.resources import content_version
from amlrest.resources.assets import PathAsset
from amlrest.resources.datastores import Datastore

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._async.core import Core
    from amlrest._async.preconditions import Gate
    from amlrest._files.blob_target import BlobTarget
    from amlrest._files.snapshot import Snapshot
    from amlrest._files.transfer import Progress

P = TypeVar("P", bound=PathAsset)


USUAL_DEFAULT = "workspaceblobstore"
"""What the service calls the default datastore it makes with every workspace."""


class Place:
    """A datastore to upload to, asked for at most once by all who upload beside each other."""

    def __init__(self, core: Core, name: Any = None) -> None:
        self._datastores = Datastores(core)
        self._wanted = name
        self.datastore = Once(self._find)
        self.target = Once(self._open)
        self._likely_secrets = Once(self._guess)

    async def _find(self) -> Datastore:
        if self._wanted is None:
            return await self._datastores.get_default()
        if isinstance(self._wanted, Datastore) and self._wanted.id:
            return self._wanted
        return await self._datastores.get(self._likely)

    async def look(self) -> Datastore:
        """Get the datastore, and beside it the secrets it most likely has.

        Knowing them one round trip earlier is worth a request that may turn out useless.
        """
        store, _ = await rt.gather(self.datastore.get, self._likely_secrets.get)
        return cast("Datastore", store)

    async def _open(self) -> BlobTarget:
        store = await self.datastore.get()
        secrets = await self._likely_secrets.get() if store.name == self._likely else None
        return await self._datastores.blob_target(store, secrets)

    @property
    def _likely(self) -> str:
        wanted = self._wanted.name if isinstance(self._wanted, Datastore) else self._wanted
        return str(wanted or USUAL_DEFAULT)

    async def _guess(self) -> dict[str, Any] | None:
        """Get the likely datastore's secrets; None when it is not there."""
        try:
            return await self._datastores.raw_secrets(self._likely)
        except AmlrestError:
            return None


class PathAssets(Assets[P]):
    """Versions of assets that are files."""

    async def create(
        self,
        asset: P,
        *,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> P:
        """Register an asset, uploading local files first, unless the same is there already.

        Files go below a path made of their content, so a version never changes what it means
        and files that are there already are not sent again. The version is registered only
        when all files are there.

        Args:
            asset: with a local path, a URL, or a path in a datastore; without a version it gets
                one from its content; without a name it is anonymous.
            on_progress: told how far the upload is.

        Returns:
            The asset in the workspace; ``created`` tells whether this call made it.

        Raises:
            ValidationError: nothing is at the path, the folder has no files, or a value cannot
                be sent.
            UploadError: the files did not get there; nothing was registered.
            ResourceExistsError: that version is there with other content.
        """
        return await self.register(await self.stage(self._own(asset), on_progress))

    async def stage(
        self,
        asset: P,
        on_progress: Callable[[Progress], None] | None = None,
        place: Place | None = None,
        gate: Gate | None = None,
    ) -> P:
        """Find the asset, or upload it so that it can be registered; it has no id then.

        Args:
            asset: as in `create`.
            on_progress: told how far the upload is.
            place: where to upload, shared with other uploads; from the asset when None.
            gate: asked before anything is uploaded.
        """
        check_sendable(asset, path=None)
        path = content_version.local_path(asset)
        if path is None:
            return await self._refer(self._complete(asset, content_version.of_reference))
        from amlrest._files.snapshot import scan

        snapshot: Snapshot = await rt.in_thread(scan, path)
        place = place or Place(self._core, asset.datastore)
        ready = self._complete(asset, lambda *_: content_version.shorten(snapshot.digest))
        found, store = await rt.gather(
            lambda: self.find(str(ready.name), str(ready.version)), place.look
        )
        ready.datastore, ready.path = store, self._path_for(snapshot)
        if found is not None:
            return self._reuse(ready, cast("P", found))
        if gate is not None:
            await gate.admit(ready)
        await self._upload(await place.target.get(), snapshot, on_progress)
        return ready

    async def _refer(self, ready: P) -> P:
        found = await self.find(str(ready.name), str(ready.version))
        return ready if found is None else self._reuse(ready, found)

    async def _upload(
        self,
        target: BlobTarget,
        snapshot: Snapshot,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        from amlrest._async import uploader

        prefix = content_version.prefix(snapshot.digest)
        await uploader.upload(target, snapshot, prefix, on_progress, self._core.retry)

    def _path_for(self, snapshot: Snapshot) -> str:
        """Where the uploaded asset is; a single file is itself, a folder its prefix."""
        prefix = content_version.prefix(snapshot.digest)
        return f"{prefix}/{snapshot.files[0].path}" if snapshot.is_file else prefix

    def _complete(self, asset: P, identity: Callable[[P, Any], str]) -> P:
        ready = copy.copy(asset)
        if ready.name is None:
            ready.name, ready.is_anonymous = content_version.DEFAULT_NAMES[ready.KIND], True
        check_name(ready.KIND, ready.name)
        ready.version = asset.version or identity(ready, self._scope)
        check_version(ready.KIND, ready.version)
        return ready
