"""Environments of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.assets import Assets
from amlrest._async.build_context import BuildContext
from amlrest._runtime import aio as rt
from amlrest.resources import content_version
from amlrest.resources.assets import Environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from amlrest._async.core import Core
    from amlrest._async.preconditions import Preconditions
    from amlrest._async.upload_destination import UploadDestination
    from amlrest._files.transfer import Progress
    from amlrest.resources.asset_arguments import NewAsset


class Environments(Assets[Environment]):
    """Environments and their versions (``EnvironmentSpecificationVersions_*``)."""

    _asset = Environment
    _versions = "EnvironmentSpecificationVersions"
    _containers = "EnvironmentContainers"

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        if core.scope.dialect is not None:
            self._versions = "EnvironmentVersions"

    async def stage(
        self,
        new: NewAsset,
        on_progress: Callable[[Progress], None] | None = None,
        destination: UploadDestination | None = None,
        preconditions: Preconditions | None = None,
    ) -> Environment:
        """As `Assets.stage`; a build context is uploaded, by default to the default datastore."""
        asset: Environment = new.asset
        needs_context = asset.dockerfile is not None and asset.context is None
        if self._scope.dialect is not None and (new.local is not None or needs_context):
            context = BuildContext(self._core, destination, on_progress)
            try:
                return await self._stage_build(asset, new.local, context, preconditions)
            finally:
                await rt.in_thread(context.close)
        ready = await rt.in_thread(self._with_identity, asset, content_version.of_environment)
        found = await self._existing(ready)
        # A version made from the content stays when only the layout of a file differs.
        return self._reuse(ready if found is None or asset.version else found, found)

    async def _stage_build(
        self,
        asset: Environment,
        folder: Path | None,
        context: BuildContext,
        preconditions: Preconditions | None,
    ) -> Environment:
        """Return the version that exists, or upload the build context and return a new one."""
        await context.read(asset, folder)
        ready = await rt.in_thread(self._with_identity, asset, context.version_of)
        found = await self._existing(ready)
        if found is not None and asset.version is None:
            return self._reuse(found, found)
        if found is None and preconditions is not None:
            await preconditions.check(ready)
        ready.context = await context.upload(send=found is None)
        ready.dockerfile = context.dockerfile
        return self._reuse(ready, found)
