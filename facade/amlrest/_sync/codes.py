# Generated from facade/amlrest/_async/codes.py by `python codegen.py generate`; edit the async source.
"""Code of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._sync.path_assets import PathAssets
from amlrest.resources import content_version
from amlrest.resources.assets import Code
from amlrest.resources.datastores import storage_contents

if TYPE_CHECKING:
    from amlrest._files.snapshot import Snapshot


class Codes(PathAssets[Code]):
    """Code folders and their versions (``CodeVersions_*``)."""

    _asset = Code
    _versions = "CodeVersions"
    _containers = "CodeContainers"

    def _fit(self, asset: Code, snapshot: Snapshot) -> None:
        """Refer to the folder by the URL of its container."""
        from amlrest._files.blob_target import container_url

        where = container_url(storage_contents(asset.datastore))
        asset.path, asset.datastore = f"{where}/{self._path_for(snapshot)}", None

    def _path_for(self, snapshot: Snapshot) -> str:
        """Return the folder; code is always one, since the command is run in it."""
        return content_version.prefix(snapshot.digest)
