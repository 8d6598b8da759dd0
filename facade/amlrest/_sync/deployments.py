# Generated from facade/amlrest/_async/deployments.py by `python codegen.py generate`; edit the async source.
"""What online and batch deployments have in common as nouns."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._runtime import sync as rt
from amlrest._sync.registrar import Registrar
from amlrest._wire import Scope, check_sendable, from_wire, request_body
from amlrest.errors import ValidationError
from amlrest.names import check_name, name_of
from amlrest.resources.asset_arguments import check_all, check_kind
from amlrest.resources.base import Resource
from amlrest.resources.patch import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest._sync.core import Core

D = TypeVar("D", bound=Resource)


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
        rt.in_thread(self.check, deployment)
        return self.write(self.bring(deployment), timeout=timeout)

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

    def check(self, deployment: D) -> None:
        """Refuse what can be known to be wrong before anything is sent. Reads files.

        Raises:
            ValidationError: name or endpoint is missing or not a possible one, a value cannot be
                sent, or files that it brings along cannot be read.
        """
        given: Any = deployment
        check_kind(given, self._deployment)
        self._address_of(given)
        check_name("deployments", given.name)
        brought = {"model": given.model, "code": given.code, "environment": given.environment}
        check_sendable(given, **dict.fromkeys(brought))
        check_all((f"{name}s", each) for name, each in brought.items())

    def bring(self, deployment: D) -> D:
        """Return a copy of a deployment whose model, code and environment are in the workspace."""
        registrar, ready = Registrar(self._core), copy.copy(deployment)
        bring: Any = ready
        bring.model, bring.code, bring.environment = registrar.bring(
            lambda: registrar.model(bring.model),
            lambda: registrar.code(bring.code),
            lambda: registrar.environment(bring.environment),
        )
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
