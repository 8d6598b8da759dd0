"""Data of a workspace."""

from __future__ import annotations

from amlrest._async.path_assets import PathAssets
from amlrest.resources.assets import DataAsset


class Data(PathAssets[DataAsset]):
    """Data assets and their versions (``DataVersions_*``)."""

    _asset = DataAsset
    _versions = "DataVersions"
    _containers = "DataContainers"
