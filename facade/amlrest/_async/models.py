"""Models of a workspace."""

from __future__ import annotations

from amlrest._async.path_assets import PathAssets
from amlrest.resources.assets import Model


class Models(PathAssets[Model]):
    """Models and their versions (``ModelVersions_*``)."""

    _asset = Model
    _versions = "ModelVersions"
    _containers = "ModelContainers"
