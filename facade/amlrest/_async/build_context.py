"""Build context of an environment: a folder with a Dockerfile, uploaded to a datastore."""

from __future__ import annotations

import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from amlrest._async.upload_destination import UploadDestination
from amlrest._runtime import aio as rt
from amlrest.resources import content_version
from amlrest.resources.datastores import storage_contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from amlrest._async.core import Core
    from amlrest._files.snapshot import Snapshot
    from amlrest._files.transfer import Progress
    from amlrest.resources.assets import Environment

_DOCKERFILE = "Dockerfile"


class BuildContext:
    """The files that an image is built from.

    Args:
        core: the workspace.
        destination: the datastore to upload to; the default datastore when None.
        on_progress: called with upload progress.
    """

    def __init__(
        self,
        core: Core,
        destination: UploadDestination | None,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._core = core
        self._destination = destination or UploadDestination(core)
        self._on_progress = on_progress
        self._generated: TemporaryDirectory[str] | None = None
        self._is_local = False
        self._snapshot: Snapshot
        self.dockerfile = _DOCKERFILE
        """Path of the Dockerfile in the context."""

    async def read(self, environment: Environment, folder: Path | None) -> None:
        """Read the folder; without one, a folder with the text of the Dockerfile alone.

        Raises:
            ValidationError: the folder has a file that cannot be uploaded.
        """
        from amlrest._files.snapshot import scan

        self._is_local = folder is not None
        if folder is None:
            folder = await rt.in_thread(self._generate, str(environment.dockerfile))
        else:
            self.dockerfile = str(environment.dockerfile)
        self._snapshot = await rt.in_thread(scan, folder)

    def _generate(self, dockerfile: str) -> Path:
        from pathlib import Path

        self._generated = TemporaryDirectory(prefix="amlrest-context-")
        folder = Path(self._generated.name)
        (folder / _DOCKERFILE).write_text(dockerfile, encoding="utf-8")
        return folder

    def version_of(self, environment: Environment) -> str:
        """Return the version for the content; a Dockerfile alone has the same in every shape."""
        probe = copy.copy(environment)
        if self._is_local:
            probe.context = self._snapshot.digest
        return content_version.of_environment(probe)

    async def upload(self, *, send: bool) -> str:
        """Upload the files, unless they are known to exist, and return the URL of the context.

        Raises:
            UploadError: a file was not uploaded.
        """
        from amlrest._async import uploader
        from amlrest._files.blob_target import container_url

        prefix = content_version.prefix(self._snapshot.digest)
        store = await self._destination.datastore()
        if send:
            target = await self._destination.target.get()
            await uploader.upload(
                target, self._snapshot, prefix, self._on_progress, self._core.retry
            )
        return f"{container_url(storage_contents(store))}/{prefix}/"

    def close(self) -> None:
        """Delete the folder that was made for a Dockerfile alone."""
        if self._generated is not None:
            self._generated.cleanup()
