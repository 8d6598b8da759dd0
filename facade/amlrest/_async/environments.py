"""Environments of a workspace."""

from __future__ import annotations

from amlrest._async.assets import Assets
from amlrest._runtime import aio as rt
from amlrest._wire import check_sendable
from amlrest.names import check_name, check_version
from amlrest.resources import content_version
from amlrest.resources.assets import Environment


class Environments(Assets[Environment]):
    """Environments and their versions (``EnvironmentSpecificationVersions_*``)."""

    _asset = Environment
    _versions = "EnvironmentSpecificationVersions"
    _containers = "EnvironmentContainers"

    async def create(self, environment: Environment) -> Environment:
        """Register an environment, unless the same is registered already.

        Args:
            environment: without a version it gets one from its content; without a name it is
                anonymous.

        Returns:
            The environment in the workspace; ``created`` tells whether this call made it.

        Raises:
            ValidationError: the environment is incomplete or a file cannot be read.
            ResourceExistsError: that version is there with other content.
        """
        return await self.register(await self.stage(self._own(environment)))

    async def stage(self, environment: Environment) -> Environment:
        """Find the environment, or make it ready to be registered; it has no id then."""
        ready = await rt.in_thread(prepared, environment)
        found = await self.find(str(ready.name), str(ready.version))
        if found is None:
            return ready
        # A version made from the content stays when only the layout of a file differs.
        return self._reuse(ready if environment.version else found, found)


def prepared(environment: Environment) -> Environment:
    """Return the environment with its files read, and with name and version."""
    ready = content_version.read_in(environment)
    if ready.name is None:
        ready.name, ready.is_anonymous = content_version.DEFAULT_NAMES[ready.KIND], True
    check_name(ready.KIND, ready.name)
    ready.version = environment.version or content_version.of_environment(ready)
    check_version(ready.KIND, ready.version)
    check_sendable(ready)
    return ready
