# Generated from facade/amlrest/_async/path_assets.py by `python codegen.py generate`; edit the async source.
"""Path assets: upload and register data, code and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from amlrest import _job_uris
from amlrest._runtime import sync as rt
from amlrest._sync import job_outputs
from amlrest._sync.assets import Assets
from amlrest._sync.upload_destination import UploadDestination
from amlrest.resources import content_version
from amlrest.resources.assets import PathAsset

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._files.snapshot import Snapshot
    from amlrest._files.transfer import Progress
    from amlrest._sync.preconditions import Preconditions
    from amlrest.resources.asset_arguments import NewAsset

P = TypeVar("P", bound=PathAsset)


class PathAssets(Assets[P]):
    """Versions of assets that are files."""

    def stage(
        self,
        new: NewAsset,
        on_progress: Callable[[Progress], None] | None = None,
        destination: UploadDestination | None = None,
        preconditions: Preconditions | None = None,
    ) -> P:
        """As `Assets.stage`; the files are uploaded."""
        asset: P = new.asset
        if new.local is None:
            ready = self._with_identity(asset, self._version_of_reference)
            found = self._existing(ready)
            if self._scope.dialect is not None:
                self._fit_reference(ready, found)
            else:
                self._find_output(ready)
                self._fit_first(ready)
            return self._reuse(ready, found)
        from amlrest._files.snapshot import scan

        snapshot: Snapshot = rt.in_thread(scan, new.local)
        destination = destination or UploadDestination(self._core, asset.datastore)
        kind = getattr(asset, "type", None)
        version = self._version_of(snapshot, kind)
        ready = self._with_identity(asset, lambda _: version)
        both: Any = rt.gather(lambda: self._existing(ready), destination.datastore)
        found, ready.datastore = both
        ready.path = self._path_for(snapshot)
        if self._scope.dialect is not None:
            self._fit(ready, snapshot)
        else:
            self._fit_first(ready)
        if found is None:
            if preconditions is not None:
                preconditions.check(ready)
            self._upload(destination, snapshot, on_progress)
        return self._reuse(ready, found)

    def _version_of_reference(self, asset: P) -> str:
        return content_version.of_reference(asset, self._core.workspace_id)

    def _upload(
        self,
        destination: UploadDestination,
        snapshot: Snapshot,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        from amlrest._sync import uploader

        target = destination.target.get()
        uploader.upload(target, snapshot, self._folder_for(snapshot), on_progress, self._core.retry)

    def _find_output(self, asset: P) -> None:
        """Replace the output of a job by its place, as the first wire shape requires.

        Raises:
            ResourceNotFoundError: the job has no such output.
        """
        place = _job_uris.parse(asset.path) if asset.datastore is None else None
        if place is None:
            return
        if place.is_artifact:
            asset.datastore, asset.path = _job_uris.ARTIFACT_STORE, place.path_in_store
            return
        asset.datastore, folder = job_outputs.find(self._core, place.job, place.output)
        asset.path = f"{folder.rstrip('/')}/{place.path}"

    def _fit_first(self, asset: P) -> None:
        """Complete an asset as the first wire shape requires."""

    def _fit_reference(self, asset: P, found: P | None) -> None:
        """Complete an asset that refers to a place, as the later wire shape requires.

        Args:
            asset: to complete.
            found: the same version in the workspace, if there is one.
        """

    def _fit(self, asset: P, snapshot: Snapshot) -> None:
        """Complete an asset with uploaded files, as the later wire shape requires."""

    def _version_of(self, snapshot: Snapshot, kind: str | None) -> str:
        """Return the version of uploaded files."""
        return content_version.of_files(snapshot.digest, kind)

    def _folder_for(self, snapshot: Snapshot) -> str:
        """Return the folder in the datastore that the files are uploaded to."""
        return content_version.prefix(snapshot.digest)

    def _path_for(self, snapshot: Snapshot) -> str:
        """Return the path of the asset in the datastore: a single file's own, a folder's own."""
        folder = self._folder_for(snapshot)
        return f"{folder}/{snapshot.files[0].path}" if snapshot.is_file else folder
