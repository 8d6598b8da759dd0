# Generated from facade/amlrest/_async/data.py by `python codegen.py generate`; edit the async source.
"""Data of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._sync.path_assets import PathAssets
from amlrest.resources.assets import DataAsset

if TYPE_CHECKING:
    from amlrest._files.snapshot import Snapshot


class Data(PathAssets[DataAsset]):
    """Data assets and their versions (``DataVersions_*``)."""

    _asset = DataAsset
    _versions = "DataVersions"
    _containers = "DataContainers"

    def _fit_reference(self, asset: DataAsset, found: DataAsset | None) -> None:
        if asset.type in {None, "simple"} and found is not None:
            asset.type = found.type
        elif asset.type in {None, "simple"}:
            asset.type = "uri_folder" if str(asset.path).endswith("/") else "uri_file"

    def _fit(self, asset: DataAsset, snapshot: Snapshot) -> None:
        if asset.type in {None, "simple"}:
            asset.type = "uri_file" if snapshot.is_file else "uri_folder"
