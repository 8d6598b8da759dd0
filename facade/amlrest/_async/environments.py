"""Environments of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.assets import Assets
from amlrest._runtime import aio as rt
from amlrest.resources import content_version
from amlrest.resources.asset_arguments import new_asset
from amlrest.resources.assets import Environment

if TYPE_CHECKING:
    from amlrest.resources.asset_arguments import NewAsset


class Environments(Assets[Environment]):
    """Environments and their versions (``EnvironmentSpecificationVersions_*``)."""

    _asset = Environment
    _versions = "EnvironmentSpecificationVersions"
    _containers = "EnvironmentContainers"

    async def create(self, environment: Environment) -> Environment:
        """Register an environment, unless the same version exists.

        Args:
            environment: without a version it gets one from its content; without a name it is
                anonymous.

        Returns:
            The environment in the workspace; ``created`` is False if it existed.

        Raises:
            ValidationError: the environment is incomplete or a file cannot be read.
            ResourceExistsError: that version exists with other content.
        """
        new = await rt.in_thread(new_asset, self._own(environment))
        return await self.register(await self.stage(new))

    async def stage(self, new: NewAsset) -> Environment:
        """Return the version that exists, or one without id that can be registered."""
        asset: Environment = new.asset
        ready = await rt.in_thread(self._with_identity, asset, content_version.of_environment)
        found = await self._existing(ready)
        # A version made from the content stays when only the layout of a file differs.
        return self._reuse(ready if found is None or asset.version else found, found)
