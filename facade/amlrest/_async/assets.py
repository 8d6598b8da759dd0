"""What environments, data, code and models have in common as nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._wire import Scope, from_wire, request_body, same_as_sent, to_wire
from amlrest.errors import ResourceExistsError, ResourceNotFoundError, ValidationError
from amlrest.names import check_name, check_version, parse_reference
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.assets import Asset, version_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from amlrest._async.core import Core

A = TypeVar("A", bound=Asset)
_CHANGEABLE = frozenset({"description", "tags", "properties", "isAnonymous"})


class Assets(Generic[A]):
    """Versioned assets of one kind."""

    _asset: ClassVar[Any]
    _versions: ClassVar[str]
    _containers: ClassVar[str]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    async def get(self, name: str, version: str | int | None = None) -> A:
        """Get a version, by default the newest.

        Args:
            name: the asset's name, an ``azureml:name:version`` reference, or an id.
            version: the version; the newest when neither this nor `name` says one.

        Raises:
            ValidationError: the name or version is not a possible one, or two versions are said.
            ResourceNotFoundError: there is none.
        """
        name, said = self._named(name, version)
        if said is None:
            return await self._newest(name)
        call = self._core.call(f"{self._versions}_Get", name=name, version=said)
        return self._read(await call)

    async def list(self) -> AsyncIterator[A]:
        """Yield every asset of this kind once, without a version."""
        async for item in self._core.pages(f"{self._containers}_List"):
            yield self._read(item)

    async def versions(self, name: str) -> AsyncIterator[A]:
        """Yield the versions of one asset."""
        check_name(self._asset.KIND, name)
        async for item in self._core.pages(f"{self._versions}_List", name=name):
            yield self._read(item)

    async def update(self, asset: A) -> A:
        """Write back an asset that was read and changed; only labels can change.

        Raises:
            ResourceExistsError: the service refuses because other things were changed.
        """
        return await self._put(asset)

    async def delete(self, name: str, version: str | int | None = None) -> None:
        """Delete one version, or the asset with all its versions."""
        name, said = self._named(name, version)
        if said is None:
            await self._core.call(f"{self._containers}_Delete", name=name)
        else:
            await self._core.call(f"{self._versions}_Delete", name=name, version=said)

    async def find(self, name: str, version: str) -> A | None:
        """Get a version; None when there is none."""
        try:
            return await self.get(name, version)
        except ResourceNotFoundError:
            return None

    async def _newest(self, name: str) -> A:
        pages = self._core.pages(
            f"{self._versions}_List", name=name, order_by="CreatedAtDesc", top=1
        )
        async for item in pages:
            return self._read(item)
        raise ResourceNotFoundError(404, message=f"{self._asset.KIND}/{name} has no versions")

    async def register(self, staged: A) -> A:
        """Register what `stage` made ready; leave what it found as it is."""
        return staged if staged.id else await self._make(staged)

    async def _make(self, asset: A) -> A:
        made = await self._put(asset)
        made.created = True
        return made

    async def _put(self, asset: A) -> A:
        if asset.name is None or asset.version is None:
            kind = type(asset).__name__
            raise ValidationError(f"{kind}: name and version are needed; create it first")
        body = request_body(asset, self._scope)
        answer = await self._core.call(
            f"{self._versions}_CreateOrUpdate", body, name=asset.name, version=asset.version
        )
        return self._read(answer)

    def _own(self, asset: A) -> A:
        """Refuse what is no asset of this kind."""
        check_kind(asset, self._asset, "created")
        return asset

    def _reuse(self, wanted: A, found: A) -> A:
        """Take what is there, if it is what was wanted.

        Raises:
            ResourceExistsError: that version is there with other content.
        """
        sent = to_wire(wanted, self._scope).get("properties", {})
        content = {key: value for key, value in sent.items() if key not in _CHANGEABLE}
        if not same_as_sent(content, found.raw.get("properties", {})):
            raise ResourceExistsError(
                409,
                code="VersionExists",
                message=f"{wanted.name}:{wanted.version} is registered with other content and "
                "cannot change; leave the version out to get one from the content",
                target=found.id,
            )
        found.created = False
        return found

    def _read(self, answer: Any) -> A:
        read: A = from_wire(self._asset, answer)
        return read

    def _named(self, name: str, version: str | int | None) -> tuple[str, str | None]:
        kind = self._asset.KIND
        reference, wanted = parse_reference(kind, name), version_text(version)
        if isinstance(reference, str):
            probe = from_wire(self._asset, {"id": reference})
            found, own = probe.name or "", probe.version
        else:
            found, own = reference.name, reference.version
        if own is not None and wanted not in {None, own}:
            raise ValidationError(f"{name!r} is version {own}, not {wanted}; leave one of them out")
        said = wanted if own is None else own
        return check_name(kind, found), said if said is None else check_version(kind, said)
