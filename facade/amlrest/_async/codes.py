"""Code of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.path_assets import PathAssets
from amlrest.resources import content_version
from amlrest.resources.assets import Code

if TYPE_CHECKING:
    from amlrest._files.snapshot import Snapshot


class Codes(PathAssets[Code]):
    """Code folders and their versions (``CodeVersions_*``)."""

    _asset = Code
    _versions = "CodeVersions"
    _containers = "CodeContainers"

    def _path_for(self, snapshot: Snapshot) -> str:
        """Code is always a folder: what the command is run in."""
        return content_version.prefix(snapshot.digest)
