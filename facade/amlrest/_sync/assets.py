# Generated from facade/amlrest/_async/assets.py by `python codegen.py generate`; edit the async source.
"""Versioned assets: what the collections of environments, data, code and models share."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._progress import shown_transfers
from amlrest._runtime import sync as rt
from amlrest._sync.listing import Listing
from amlrest._wire import request_body, same_as_sent, to_wire
from amlrest._wire.origin import located
from amlrest.errors import (
    BadRequestError,
    ConflictError,
    ResourceExistsError,
    ResourceNotFoundError,
    ServiceError,
    ValidationError,
)
from amlrest.names import check_existing_name, label, reference_in_workspace
from amlrest.resources.asset_arguments import check_kind, new_asset
from amlrest.resources.assets import Asset
from amlrest.resources.base import newest, version_text, view_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._files.transfer import Progress
    from amlrest._sync.core import Core
    from amlrest._sync.preconditions import Preconditions
    from amlrest._sync.upload_destination import UploadDestination
    from amlrest.resources.asset_arguments import NewAsset

A = TypeVar("A", bound=Asset)
_CHANGEABLE = frozenset({"description", "tags", "properties", "isAnonymous", "isArchived"})


class Assets(ABC, Generic[A]):
    """Versioned assets of one kind."""

    _asset: ClassVar[Any]
    _versions: str
    _containers: ClassVar[str]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope

    def get(self, name: str, version: str | int | None = None) -> A:
        """Get a version, by default the newest.

        Args:
            name: the asset's name, an ``azureml:name:version`` reference, or an id.
            version: the version; the newest when neither this nor `name` has one.

        Raises:
            ValidationError: the name or version is invalid, or two versions are given.
            ResourceNotFoundError: there is no such asset or version.
        """
        name, wanted = self._parse(name, version)
        if wanted is None:
            return self._newest(name)
        call = self._core.call(f"{self._versions}_Get", name=name, version=wanted)
        return self._read(call)

    def create(
        self,
        asset: A,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        progress: bool | None = None,
    ) -> A:
        """Register an asset, uploading local files first, unless the same version exists.

        Files are uploaded to a path made from their content, so a version never changes its
        meaning and existing files are not sent again. The version is registered only after all
        files are uploaded.

        Args:
            asset: an environment; or an asset with a local path, a URL, or a path in a datastore.
                Without a version it gets one from its content; without a name it is anonymous.
            on_progress: called with upload progress.
            progress: whether to show uploads; when None, in a notebook, unless there is
                `on_progress`.

        Returns:
            The asset in the workspace; ``created`` is False if it existed.

        Raises:
            ValidationError: nothing is at the path, the folder has no files, an environment is
                incomplete, a file cannot be read, or a value cannot be sent.
            UploadError: the upload failed; nothing was registered.
            ResourceExistsError: that version exists with other content.
        """
        check_kind(asset, self._asset, "created")
        with located(asset), shown_transfers(progress, on_progress) as report:
            new = rt.in_thread(new_asset, asset, self._scope)
            return self.register(self.stage(new, report))

    @abstractmethod
    def stage(
        self,
        new: NewAsset,
        on_progress: Callable[[Progress], None] | None = None,
        destination: UploadDestination | None = None,
        preconditions: Preconditions | None = None,
    ) -> A:
        """Return the version that exists, or one without id whose files are uploaded.

        Args:
            new: the asset.
            on_progress: called with upload progress.
            destination: shared with other uploads; the asset's own when None.
            preconditions: checked before anything is uploaded.
        """

    def list(self, *, archived: bool | None = False) -> Listing[A]:
        """List every asset once, without a version.

        Args:
            archived: whether archived ones; None for both; from 2022-05-01.
        """
        view = view_of(archived, self._scope.dialect)
        return Listing(self._core.pages(f"{self._containers}_List", **view), self._read)

    def versions(self, name: str, *, archived: bool | None = False) -> Listing[A]:
        """List the versions of an asset.

        Args:
            name: of the asset.
            archived: whether archived ones; None for both; from 2022-05-01.
        """
        check_existing_name(self._asset.KIND, name)
        pages = self._core.pages(
            f"{self._versions}_List",
            name=name,
            **view_of(archived, self._scope.dialect),
        )
        return Listing(pages, self._read)

    def update(self, asset: A) -> A:
        """Update description and tags of an asset that was read.

        Raises:
            ResourceExistsError: something else was changed.
        """
        return self._put(asset)

    def delete(self, name: str, version: str | int | None = None) -> bool:
        """Delete one version, or the asset with all its versions.

        Returns:
            Whether there was something to delete.
        """
        name, wanted = self._parse(name, version)
        if wanted is None:
            return self._core.delete(f"{self._containers}_Delete", name=name)
        return self._core.delete(f"{self._versions}_Delete", name=name, version=wanted)

    def _newest(self, name: str) -> A:
        pages = self._core.pages(
            f"{self._versions}_List", name=name, order_by="createdtime desc", top=1
        )
        for page in pages.by_page():
            if page:
                # A service that does not know the order or $top answers with more than one.
                return newest([self._read(item) for item in page])
        raise ResourceNotFoundError(404, message=f"{self._asset.KIND}/{name} has no versions")

    def register(self, staged: A) -> A:
        """Register what `stage` returned, unless it exists.

        Raises:
            ResourceExistsError: that version exists with other content.
        """
        if staged.id:
            return staged
        try:
            created = self._put(staged)
        except (BadRequestError, ConflictError) as error:
            # Another client may have registered it since; the service says so in several ways.
            found = self._existing(staged)
            if found is None:
                raise
            return self._reuse(staged, found, error)
        created.created = True
        return created

    def _put(self, asset: A) -> A:
        if asset.name is None or asset.version is None:
            kind = type(asset).__name__
            raise ValidationError(f"{kind}: name and version are missing; create it first")
        body = request_body(asset, self._scope)
        response = self._core.call(
            f"{self._versions}_CreateOrUpdate", body, name=asset.name, version=asset.version
        )
        return self._read(response)

    def _with_identity(self, asset: A, version_of: Callable[[A], str]) -> A:
        """Return a copy with name and version; without a name it is anonymous."""
        ready = copy.copy(asset)
        if ready.name is None:
            ready.name, ready.is_anonymous = f"amlrest-{label(ready.KIND)}", True
        ready.version = asset.version or version_of(ready)
        return ready

    def _existing(self, wanted: A) -> A | None:
        try:
            return self.get(str(wanted.name), wanted.version)
        except ResourceNotFoundError:
            return None

    def _reuse(self, wanted: A, found: A | None, cause: ServiceError | None = None) -> A:
        """Return the version that exists; what is wanted if none does.

        Raises:
            ResourceExistsError: that version exists with other content.
        """
        if found is None:
            return wanted
        sent = to_wire(wanted, self._scope).get("properties", {})
        content = {key: value for key, value in sent.items() if key not in _CHANGEABLE}
        if not same_as_sent(content, found.raw.get("properties", {})):
            raise ResourceExistsError(
                409,
                code="VersionExists",
                message=f"{wanted.name}:{wanted.version} is registered with other content and "
                "cannot change; leave the version out to get one from the content",
                target=found.id,
            ) from cause
        found.created = False
        return found

    def _read(self, response: Any) -> A:
        asset: A = self._core.read(self._asset, response)
        return asset

    def _parse(self, name: str, version: str | int | None) -> tuple[str, str | None]:
        kind, wanted = self._asset.KIND, version_text(version)
        _, found, own = reference_in_workspace(kind, name)
        if own is not None and wanted not in {None, own}:
            raise ValidationError(f"{name!r} is version {own}, not {wanted}; leave one of them out")
        wanted = wanted if own is None else own
        return found, wanted and check_existing_name(kind, wanted, "version")
