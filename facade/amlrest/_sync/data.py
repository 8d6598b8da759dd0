# Generated from facade/amlrest/_async/data.py by `python codegen.py generate`; edit the async source.
"""Data of a workspace."""

from __future__ import annotations

from amlrest._sync.path_assets import PathAssets
from amlrest.resources.assets import DataAsset


class Data(PathAssets[DataAsset]):
    """Data assets and their versions (``DataVersions_*``)."""

    _asset = DataAsset
    _versions = "DataVersions"
    _containers = "DataContainers"
