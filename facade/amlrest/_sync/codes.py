# Generated from facade/amlrest/_async/codes.py by `python codegen.py generate`; edit the async source.
"""Code of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._sync.path_assets import PathAssets
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
        """Return the folder; code is always one, since the command is run in it."""
        return content_version.prefix(snapshot.digest)
