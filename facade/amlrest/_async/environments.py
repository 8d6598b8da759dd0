"""Environments of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.assets import Assets
from amlrest._async.build_context import BuildContext
from amlrest._runtime import aio as rt
from amlrest.resources import content_version
from amlrest.resources.asset_arguments import check_in_version, new_asset
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

    async def create(
        self,
        environment: Environment,
        *,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Environment:
        """Register an environment, unless the same version exists.

        Args:
            environment: without a version it gets one from its content; without a name it is
                anonymous.
            on_progress: called with the progress of uploading a build context.

        Returns:
            The environment in the workspace; ``created`` is False if it existed.

        Raises:
            ValidationError: the environment is incomplete or a file cannot be read.
            ResourceExistsError: that version exists with other content.
        """
        new = await rt.in_thread(new_asset, self._own(environment))
        check_in_version(new, self._scope)
        return await self.register(await self.stage(new, on_progress))

    async def stage(
        self,
        new: NewAsset,
        on_progress: Callable[[Progress], None] | None = None,
        destination: UploadDestination | None = None,
        preconditions: Preconditions | None = None,
    ) -> Environment:
        """Return the version that exists, or one without id that can be registered.

        Args:
            new: the environment; a build context is uploaded.
            on_progress: called with upload progress.
            destination: shared with other uploads; the default datastore when None.
            preconditions: checked before anything is uploaded.
        """
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
