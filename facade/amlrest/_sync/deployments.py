# Generated from facade/amlrest/_async/deployments.py by `python codegen.py generate`; edit the async source.
"""Deployments: what the collections of online and batch deployments share."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._runtime import sync as rt
from amlrest._sync.listing import Listing
from amlrest._sync.registrar import Registrar
from amlrest._wire import check_sendable, request_body
from amlrest._wire.origin import located
from amlrest.errors import ValidationError
from amlrest.names import name_of
from amlrest.resources.asset_arguments import check_kind, classify
from amlrest.resources.base import Resource, is_of, name_to_write
from amlrest.resources.patch import patch_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest._sync.core import Core
    from amlrest.resources.asset_arguments import AssetArgument

D = TypeVar("D", bound=Resource)
_ASSETS = ("model", "code", "environment")


class Deployments(Generic[D]):
    """Deployments of one kind of endpoint; `timeout` as for endpoints."""

    _deployment: ClassVar[Any]
    _operations: ClassVar[str]
    _endpoints: ClassVar[str]
    _mutable: ClassVar[tuple[str, ...]]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope

    def get(self, endpoint: str, name: str) -> D:
        """Get a deployment of an endpoint; both by name or id.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        where = self._address(endpoint, name)
        return self._read(self._core.call(f"{self._operations}_Get", **where))

    def list(self, endpoint: str) -> Listing[D]:
        """List the deployments of an endpoint."""
        return self._list(endpoint)

    def create_or_update(self, deployment: D, *, timeout: float | None = None) -> D:
        """Create a deployment, or replace an existing one.

        A new model, code or environment is registered first.

        Args:
            deployment: with its endpoint; gets the workspace's location if it has none.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
        """
        with located(deployment):
            arguments = rt.in_thread(self.check, deployment)
            ready = self.with_assets(deployment, arguments)
            return self.put(ready, timeout=timeout)

    def put(self, ready: D, *, timeout: float | None = None) -> D:
        """Create or replace a deployment that was checked and whose assets are registered."""
        where = self._address_of(ready)
        body = self._core.with_location(request_body(ready, self._scope))
        response = self._core.run(
            f"{self._operations}_CreateOrUpdate", body, timeout=timeout, **where
        )
        return self._result(where, response)

    def update(self, deployment: D, *, timeout: float | None = None) -> D:
        """Update the mutable fields of an existing deployment.

        These are tags and identity; of an online deployment also scale, probes and request
        settings, of a batch deployment the description.

        Raises:
            ValidationError: another field was changed.
        """
        where = self._address_of(deployment)
        if self._scope.dialect is not None:
            # PATCH takes tags and the number of instances only.
            return self.put(deployment, timeout=timeout)
        body = patch_body(deployment, request_body(deployment, self._scope), *self._mutable)
        response = self._core.run(f"{self._operations}_Update", body, timeout=timeout, **where)
        return self._result(where, response)

    def delete(self, endpoint: str, name: str, *, timeout: float | None = None) -> bool:
        """Delete a deployment.

        Returns:
            Whether there was something to delete.
        """
        where = self._address(endpoint, name)
        return self._core.delete(f"{self._operations}_Delete", timeout=timeout, **where)

    def check(self, deployment: D) -> Sequence[AssetArgument]:
        """Check a deployment and return its model, code and environment, classified; reads files.

        Raises:
            ValidationError: name or endpoint is missing or invalid, a value cannot be sent, or a
                file cannot be read.
        """
        given: Any = deployment
        check_kind(given, self._deployment)
        self._address_of(given)
        name_to_write(given)
        check_sendable(given, self._core.scope, **dict.fromkeys(_ASSETS))
        return [classify(f"{name}s", getattr(given, name), self._scope) for name in _ASSETS]

    def with_assets(self, deployment: D, arguments: Sequence[AssetArgument]) -> D:
        """Return a copy of a deployment whose model, code and environment are registered."""
        ready = copy.copy(deployment)
        resolved = Registrar(self._core, arguments).resolve()
        for name, asset in zip(_ASSETS, resolved, strict=True):
            setattr(ready, name, asset)
        return ready

    def _list(self, endpoint: str, kind: Any = None) -> Listing[Any]:
        named = name_of(self._endpoints, endpoint)
        pages = self._core.pages(f"{self._operations}_List", endpoint_name=named)
        return Listing(pages, self._read, is_of(kind or self._deployment))

    def _address_of(self, deployment: Any) -> dict[str, Any]:
        return self._address(deployment.endpoint, deployment.name)

    def _address(self, endpoint: Any, name: Any) -> dict[str, Any]:
        """Return the path parameters of a deployment, from names, references or ids.

        Raises:
            ValidationError: name or endpoint is missing or invalid.
        """
        if endpoint is None:
            raise ValidationError(
                f"deployment {name!r}: endpoint is missing; set the name of its endpoint"
            )
        return {
            "endpoint_name": name_of(self._endpoints, endpoint),
            "deployment_name": name_of("deployments", name),
        }

    def _result(self, where: dict[str, Any], response: Any) -> D:
        return self.get(*where.values()) if response is None else self._read(response)

    def _read(self, response: Any) -> D:
        deployment: D = self._core.read(self._deployment, response)
        return deployment
