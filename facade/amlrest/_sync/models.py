# Generated from facade/amlrest/_async/models.py by `python codegen.py generate`; edit the async source.
"""Models of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._sync.path_assets import PathAssets
from amlrest.resources import content_version
from amlrest.resources.assets import MLFLOW_FLAVOR, Model

if TYPE_CHECKING:
    from amlrest._files.snapshot import Snapshot


class Models(PathAssets[Model]):
    """Models and their versions (``ModelVersions_*``).

    A folder keeps its name: a deployment finds the model under the last part of its path.
    """

    _asset = Model
    _versions = "ModelVersions"
    _containers = "ModelContainers"

    def _fit_first(self, asset: Model) -> None:
        if (asset.type or "").lower() == "mlflow_model" and not asset.flavors:
            asset.flavors = {MLFLOW_FLAVOR: {}}

    def _version_of(self, snapshot: Snapshot, kind: str | None) -> str:
        version, name = super()._version_of(snapshot, kind), _folder_name(snapshot)
        return content_version.of_content({"files": version, "folder": name}) if name else version

    def _folder_for(self, snapshot: Snapshot) -> str:
        return "/".join(filter(None, [super()._folder_for(snapshot), _folder_name(snapshot)]))


def _folder_name(snapshot: Snapshot) -> str:
    """Return the name of a folder; of a single file it is empty.

    Raises:
        ValidationError: storage does not preserve the name.
    """
    from amlrest._files.snapshot import check_path

    if snapshot.is_file:
        return ""
    root = snapshot.root
    name = root.resolve().name if root.name in {"", ".."} else root.name
    check_path(name, root)
    return name
