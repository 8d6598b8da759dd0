"""Models of a workspace."""

from __future__ import annotations

from amlrest._async.path_assets import PathAssets
from amlrest.resources.assets import MLFLOW_FLAVOR, Model


class Models(PathAssets[Model]):
    """Models and their versions (``ModelVersions_*``)."""

    _asset = Model
    _versions = "ModelVersions"
    _containers = "ModelContainers"

    def _fit_first(self, asset: Model) -> None:
        if (asset.type or "").lower() == "mlflow_model" and not asset.flavors:
            asset.flavors = {MLFLOW_FLAVOR: {}}
