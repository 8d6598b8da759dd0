# Generated from facade/amlrest/_async/deployments.py by `python codegen.py generate`; edit the async source.
"""Deployments: what the collections of online and batch deployments share."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._runtime import sync as rt
from amlrest._sync.registrar import Registrar
from amlrest._wire import Scope, check_sendable, from_wire, request_body
from amlrest.errors import ValidationError
from amlrest.names import check_name, name_of
from amlrest.resources.asset_arguments import check_kind, classify
from amlrest.resources.base import Resource
from amlrest.resources.patch import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amlrest._sync.core import Core
    from amlrest.resources.asset_arguments import AssetArgument

D = TypeVar("D", bound=Resource)
_ASSETS = ("model", "code", "environment")


class Deployments(Generic[D]):
    """Deployments of one kind of endpoint; waiting as for endpoints."""

    _deployment: ClassVar[Any]
    _operations: ClassVar[str]
    _endpoints: ClassVar[str]
    _can_change: ClassVar[tuple[str, ...]]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    def get(self, endpoint: str, name: str) -> D:
        """Get a deployment of an endpoint; both by name or id.

        Raises:
            ResourceNotFoundError: there is none.
        """
        where = self._address(endpoint, name)
        return self._read(self._core.call(f"{self._operations}_Get", **where))

    def list(self, endpoint: str) -> Iterator[D]:
        """Yield the deployments of an endpoint."""
        named = name_of(self._endpoints, endpoint)
        for item in self._core.pages(f"{self._operations}_List", endpoint_name=named):
            yield self._read(item)

    def create_or_update(
        self,
        deployment: D,
        *,
        timeout: float | None = None,
    ) -> D:
        """Create a deployment, or write one that is there whole.

        Model, code and environment that are not in the workspace yet are registered first.

        Args:
            deployment: with the name of its endpoint; without a location it gets the workspace's.
            timeout: seconds to wait for the end.

        Raises:
            ValidationError: something can be known to be wrong; nothing was sent.
        """
        arguments = rt.in_thread(self.check, deployment)
        ready = self.with_assets(deployment, arguments)
        return self.write(ready, timeout=timeout)

    def write(
        self,
        ready: D,
        *,
        timeout: float | None = None,
    ) -> D:
        """Write a deployment that was checked and has all it needs in the workspace."""
        where = self._address_of(ready)
        body = self._core.located(request_body(ready, self._scope))
        answer = self._core.run(
            f"{self._operations}_CreateOrUpdate", body, timeout=timeout, **where
        )
        return self._result(where, answer)

    def update(
        self,
        deployment: D,
        *,
        timeout: float | None = None,
    ) -> D:
        """Send what can change of a deployment that is there.

        That is tags and identity; of an online one scale, probes and requests as well, of a batch
        one the description.

        Raises:
            ValidationError: something else was changed.
        """
        where = self._address_of(deployment)
        body = changes(deployment, request_body(deployment, self._scope), *self._can_change)
        answer = self._core.run(f"{self._operations}_Update", body, timeout=timeout, **where)
        return self._result(where, answer)

    def delete(
        self,
        endpoint: str,
        name: str,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a deployment."""
        where = self._address(endpoint, name)
        self._core.run(f"{self._operations}_Delete", timeout=timeout, **where)

    def check(self, deployment: D) -> Sequence[AssetArgument]:
        """Check a deployment and return its model, code and environment, classified; reads files.

        Raises:
            ValidationError: name or endpoint is missing or invalid, a value cannot be sent, or a
                file cannot be read.
        """
        given: Any = deployment
        check_kind(given, self._deployment)
        self._address_of(given)
        check_name("deployments", given.name)
        check_sendable(given, **dict.fromkeys(_ASSETS))
        return [classify(f"{name}s", getattr(given, name)) for name in _ASSETS]

    def with_assets(self, deployment: D, arguments: Sequence[AssetArgument]) -> D:
        """Return a copy of a deployment whose model, code and environment are registered."""
        ready = copy.copy(deployment)
        resolved = Registrar(self._core, arguments).resolve()
        for name, asset in zip(_ASSETS, resolved, strict=True):
            setattr(ready, name, asset)
        return ready

    def _address_of(self, deployment: Any) -> dict[str, Any]:
        return self._address(deployment.endpoint, deployment.name)

    def _address(self, endpoint: Any, name: Any) -> dict[str, Any]:
        """Return the parameters that lead to a deployment; names, references and ids are taken.

        Raises:
            ValidationError: name or endpoint is missing or not a possible one.
        """
        if endpoint is None:
            raise ValidationError(f"deployment {name!r}: endpoint is missing; name the endpoint")
        return {
            "endpoint_name": name_of(self._endpoints, endpoint),
            "deployment_name": name_of("deployments", name),
        }

    def _result(self, where: dict[str, Any], answer: Any) -> D:
        return self.get(*where.values()) if answer is None else self._read(answer)

    def _read(self, answer: Any) -> D:
        read: D = from_wire(self._deployment, answer)
        return read
