"""Registers what a resource brings along: environments, code, data and models written inline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from amlrest._async.codes import Codes
from amlrest._async.data import Data
from amlrest._async.environments import Environments
from amlrest._async.models import Models
from amlrest._async.path_assets import Place
from amlrest.errors import ResourceNotFoundError
from amlrest.names import parse_reference
from amlrest.resources.assets import Asset, Code, DataAsset, Environment, Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._async.assets import Assets
    from amlrest._async.core import Core
    from amlrest._async.once import Once
    from amlrest._async.path_assets import PathAssets
    from amlrest.resources.assets import PathAsset
    from amlrest.upload import Progress


class Registrar:
    """Turns what a user wrote for an asset into what a request can name.

    Uploads beside each other share one look at the datastore.

    Args:
        core: the workspace.
        on_progress: told how far uploads are.
        gate: what has to succeed before anything is registered.
    """

    def __init__(
        self,
        core: Core,
        on_progress: Callable[[Progress], None] | None = None,
        gate: Once[Any] | None = None,
    ) -> None:
        self._core = core
        self._place = Place(core)
        self._on_progress = on_progress
        self._gate = gate

    async def environment(self, given: Any) -> Any:
        """Register an environment that is not in the workspace; find the newest of a name."""
        environments = Environments(self._core, self._gate)
        if isinstance(given, Environment) and given.id is None:
            return await environments.create(given)
        return await _newest(environments, "environments", given)

    async def code(self, given: Any) -> Any:
        """Register code that is not in the workspace; paths are folders."""
        local = as_local(given)
        asset = given if local is None else Code(path=local)
        return await self._files(Codes(self._core, self._gate), "codes", asset)

    async def data(self, given: Any) -> Any:
        """Register data that is not in the workspace; URLs and paths become data."""
        local = as_local(given)
        if local is not None or (isinstance(given, str) and "://" in given):
            given = DataAsset(path=local or given)
        return await self._files(Data(self._core, self._gate), "data", given)

    async def model(self, given: Any) -> Any:
        """Register a model that is not in the workspace; paths become models."""
        local = as_local(given)
        asset = given if local is None else Model(path=local)
        return await self._files(Models(self._core, self._gate), "models", asset)

    async def _files(self, noun: PathAssets[Any], kind: str, given: Any) -> Any:
        if isinstance(given, Code | DataAsset | Model) and given.id is None:
            place = self._place_for(given)
            return await noun.create(given, on_progress=self._on_progress, place=place)
        return await _newest(noun, kind, given)

    def _place_for(self, asset: PathAsset) -> Place:
        return self._place if asset.datastore is None else Place(self._core, asset.datastore)


async def _newest(noun: Assets[Any], kind: str, given: Any) -> Any:
    """Take the newest version where a name alone is given; anything else is left as it is."""
    if not isinstance(given, str):
        return given
    reference = parse_reference(kind, given)
    if isinstance(reference, str) or reference.version is not None:
        return given
    try:
        return await noun.get(reference.name)
    except ResourceNotFoundError as error:
        here = "" if kind == "environments" else ", and no such file or folder here"
        message = f"there is nothing called {given!r} among the {kind} of the workspace{here}"
        raise ResourceNotFoundError(404, code=error.code, message=message) from error


def is_new(given: Any) -> bool:
    """Whether something has to be registered before it can be used."""
    local = isinstance(given, str) and "://" in given
    return local or as_local(given) is not None or (isinstance(given, Asset) and given.id is None)


def as_local(given: Any) -> Path | None:
    """Return the path that is meant; a reference is never one, even if such a file exists."""
    if isinstance(given, Path):
        return given
    if not isinstance(given, str) or given.startswith(("azureml:", "/subscriptions/")):
        return None
    looks_local = given.startswith((".", "~")) or "/" in given or "\\" in given
    path = Path(given).expanduser()
    return path if "://" not in given and (looks_local or path.exists()) else None
