# Generated from facade/amlrest/_async/registrar.py by `python codegen.py generate`; edit the async source.
"""Registrar: registers the new assets that a job or deployment is written with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest._sync.codes import Codes
from amlrest._sync.data import Data
from amlrest._sync.datastores import Datastores
from amlrest._sync.environments import Environments
from amlrest._sync.models import Models
from amlrest._sync.preconditions import Preconditions
from amlrest._sync.similar_names import naming_similar
from amlrest._sync.single_flight import SingleFlight
from amlrest._sync.upload_destination import UploadDestination
from amlrest.errors import ResourceNotFoundError
from amlrest.names import name_of
from amlrest.resources.asset_arguments import NewAsset, Referenced
from amlrest.resources.assets import Asset, PathAsset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amlrest._files.transfer import Progress
    from amlrest._sync.core import Core
    from amlrest.resources.asset_arguments import AssetArgument

_COLLECTIONS: dict[str, Any] = {
    "environments": Environments,
    "codes": Codes,
    "data": Data,
    "models": Models,
    "datastores": Datastores,
}


class Registrar:
    """Turns classified arguments into what a request can refer to.

    Args:
        core: the workspace.
        arguments: what the request is to refer to.
        on_progress: called with upload progress.
        same_name: returns the job that has the name already, or None; with it, nothing is
            registered before every reference was looked up.
    """

    def __init__(
        self,
        core: Core,
        arguments: Sequence[AssetArgument],
        on_progress: Callable[[Progress], None] | None = None,
        same_name: SingleFlight[Any] | None = None,
    ) -> None:
        self._core = core
        self._arguments = arguments
        self._on_progress = on_progress
        self._default_destination = UploadDestination(core)
        self._lookups: dict[Referenced, SingleFlight[Any]] = {}
        self._preconditions = (
            None if same_name is None else Preconditions(self._look_up_all, same_name)
        )

    def resolve(self) -> Sequence[Any]:
        """Return what the request refers to for each argument.

        Everything is looked up and uploaded, concurrently, before anything is registered.

        Raises:
            ResourceNotFoundError: a reference does not exist; nothing was registered.
            ResourceExistsError: another job has the name; nothing was registered.
        """
        new = [each for each in self._arguments if isinstance(each, NewAsset)]
        checks = [self._preconditions.references.get] if self._preconditions and new else []
        staging = [partial(self._stage, each) for each in self._arguments]
        staged = (rt.gather(*staging, *checks))[: len(staging)]
        for each in staged:
            if self._preconditions and isinstance(each, Asset) and each.id is None:
                self._preconditions.check(each)
        return rt.gather(*(partial(self._register, each) for each in staged))

    def _stage(self, argument: AssetArgument) -> Any:
        if isinstance(argument, NewAsset):
            return self._upload(argument)
        if isinstance(argument, Referenced):
            wanted = argument.is_newest or self._needs_type(argument)
            return self._look_up(argument) if wanted else argument.text
        return argument.value

    def _needs_type(self, reference: Referenced) -> bool:
        """Whether a request has to name the type of an input, which only its asset knows."""
        scope = self._core.scope
        return (
            scope.dialect is not None
            and reference.kind in {"data", "models"}
            and reference.is_in(scope.workspace_id)
        )

    def _upload(self, new: NewAsset) -> Any:
        asset, collection = new.asset, _COLLECTIONS[new.asset.KIND](self._core)
        destination = self._default_destination
        if isinstance(asset, PathAsset) and asset.datastore is not None:
            destination = UploadDestination(self._core, asset.datastore)
        return collection.stage(new, self._on_progress, destination, self._preconditions)

    def _register(self, staged: Any) -> Any:
        if not isinstance(staged, Asset):
            return staged
        return _COLLECTIONS[staged.KIND](self._core).register(staged)

    def _look_up_all(self) -> None:
        """Get every resource of the workspace that is referred to, so that a missing one is known."""
        here = self._core.workspace_id
        references = {e for e in self._arguments if isinstance(e, Referenced) and e.is_in(here)}
        rt.gather(*(partial(self._look_up, each) for each in references))

    def _look_up(self, reference: Referenced) -> Any:
        lookup = SingleFlight(partial(self._get, reference))
        return self._lookups.setdefault(reference, lookup).get()

    def _get(self, reference: Referenced) -> Any:
        kind, text, _ = reference
        if kind == "computes":
            return self._get_compute(name_of(kind, text))
        try:
            return _COLLECTIONS[kind](self._core).get(text)
        except ResourceNotFoundError as error:
            if not reference.is_newest:
                raise
            local = "" if kind == "environments" else ", and no such file or folder here"
            message = f"there is nothing called {text!r} among the {kind} of the workspace{local}"
            raise ResourceNotFoundError(404, code=error.code, message=message) from error

    def _get_compute(self, name: str) -> Any:
        """Get a compute without the classes for computes, which a submission does not need."""
        try:
            return self._core.call("Compute_Get", compute_name=name)
        except ResourceNotFoundError as error:
            from amlrest._sync.computes import Computes

            what, others = f"compute {name!r} does not exist", Computes(self._core).list()
            raise naming_similar(error, what, name, others) from error
