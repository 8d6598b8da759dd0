# Generated from facade/amlrest/_async/registrar.py by `python codegen.py generate`; edit the async source.
"""Registers what a resource brings along: environments, code, data and models written inline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest._sync.codes import Codes
from amlrest._sync.data import Data
from amlrest._sync.environments import Environments
from amlrest._sync.models import Models
from amlrest._sync.path_assets import Place
from amlrest.errors import ResourceNotFoundError
from amlrest.names import parse_reference
from amlrest.resources.asset_arguments import as_local
from amlrest.resources.assets import Asset, Code, DataAsset, Environment, Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._files.transfer import Progress
    from amlrest._sync.assets import Assets
    from amlrest._sync.core import Core
    from amlrest._sync.path_assets import PathAssets
    from amlrest._sync.preconditions import Gate
    from amlrest.resources.assets import PathAsset


class Registrar:
    """Turns what a user wrote for an asset into what a request can name.

    In two steps, so that nothing is registered before everything is looked up and uploaded.
    Uploads beside each other share one look at the datastore.

    Args:
        core: the workspace.
        on_progress: told how far uploads are.
        gate: asked before anything is uploaded or registered.
    """

    def __init__(
        self,
        core: Core,
        on_progress: Callable[[Progress], None] | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._core = core
        self._place = Place(core)
        self._on_progress = on_progress
        self._gate = gate

    def environment(self, given: Any) -> Any:
        """Stage an environment that is not in the workspace; find the newest of a name."""
        environments = Environments(self._core)
        if isinstance(given, Environment) and given.id is None:
            return environments.stage(given)
        return _newest(environments, "environments", given)

    def code(self, given: Any) -> Any:
        """Stage code that is not in the workspace; paths are folders."""
        local = as_local(given)
        asset = given if local is None else Code(path=local)
        return self._files(Codes(self._core), "codes", asset)

    def data(self, given: Any) -> Any:
        """Stage data that is not in the workspace; URLs and paths become data."""
        local = as_local(given)
        if local is not None or (isinstance(given, str) and "://" in given):
            given = DataAsset(path=local or given)
        return self._files(Data(self._core), "data", given)

    def model(self, given: Any) -> Any:
        """Stage a model that is not in the workspace; paths become models."""
        local = as_local(given)
        asset = given if local is None else Model(path=local)
        return self._files(Models(self._core), "models", asset)

    def bring(self, *stagings: Callable[[], Any]) -> tuple[Any, ...]:
        """Stage everything beside each other, then register what was not there.

        Args:
            stagings: calls of the methods above; what they give in the place of a resource is
                left as it is.
        """
        staged = rt.gather(*stagings)
        for each in staged:
            if self._gate is not None and isinstance(each, Asset) and each.id is None:
                self._gate.admit(each)
        return rt.gather(*(partial(self._register, each) for each in staged))

    def _register(self, staged: Any) -> Any:
        nouns = {Environment: Environments, Code: Codes, DataAsset: Data, Model: Models}
        noun: Any = nouns.get(type(staged))
        return staged if noun is None else noun(self._core).register(staged)

    def _files(self, noun: PathAssets[Any], kind: str, given: Any) -> Any:
        if isinstance(given, Code | DataAsset | Model) and given.id is None:
            place = self._place_for(given)
            return noun.stage(given, self._on_progress, place, self._gate)
        return _newest(noun, kind, given)

    def _place_for(self, asset: PathAsset) -> Place:
        return self._place if asset.datastore is None else Place(self._core, asset.datastore)


def _newest(noun: Assets[Any], kind: str, given: Any) -> Any:
    """Take the newest version where a name alone is given; anything else is left as it is."""
    if not isinstance(given, str):
        return given
    reference = parse_reference(kind, given)
    if isinstance(reference, str) or reference.version is not None:
        return given
    try:
        return noun.get(reference.name)
    except ResourceNotFoundError as error:
        here = "" if kind == "environments" else ", and no such file or folder here"
        message = f"there is nothing called {given!r} among the {kind} of the workspace{here}"
        raise ResourceNotFoundError(404, code=error.code, message=message) from error
