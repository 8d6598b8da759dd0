# Generated from facade/amlrest/_async/endpoints.py by `python codegen.py generate`; edit the async source.
"""What online and batch endpoints have in common as nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._http.deadline import Deadline
from amlrest._sync.endpoint_rollout import deploy
from amlrest._wire import Scope, from_wire, request_body
from amlrest.names import check_name, name_of
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.base import Resource
from amlrest.resources.endpoints import EndpointKeys
from amlrest.resources.patch import changes
from amlrest.resources.traffic import check_changed, check_traffic, replacing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from amlrest._sync.core import Core

E = TypeVar("E", bound=Resource)
D = TypeVar("D", bound=Resource)


class Endpoints(Generic[E, D]):
    """Endpoints of one kind.

    Methods that start a long-running operation wait for its end, at most `timeout` seconds (by
    default what the service states, or an hour), and raise `DeadlineError` after that.
    """

    _endpoint: ClassVar[Any]
    _behind: ClassVar[Any]
    _operations: ClassVar[str]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    def get(self, name: str) -> E:
        """Get an endpoint by name or id.

        Raises:
            ResourceNotFoundError: there is none.
        """
        named = self._named(name)
        return self._read(self._core.call(f"{self._operations}_Get", endpoint_name=named))

    def list(self) -> Iterator[E]:
        """Yield the endpoints."""
        for item in self._core.pages(f"{self._operations}_List"):
            yield self._read(item)

    def create_or_update(
        self,
        endpoint: E,
        *,
        timeout: float | None = None,
    ) -> E:
        """Create an endpoint, or write one that is there whole.

        Args:
            endpoint: without a location it gets the workspace's.
            timeout: seconds to wait for the end.
        """
        name = self._check(endpoint)
        body = self._core.located(request_body(endpoint, self._scope))
        answer = self._core.run(
            f"{self._operations}_CreateOrUpdate", body, timeout=timeout, endpoint_name=name
        )
        return self._result(name, answer)

    def update(
        self,
        endpoint: E,
        *,
        timeout: float | None = None,
    ) -> E:
        """Send what can change of an endpoint that is there: traffic, tags, identity.

        Raises:
            ValidationError: something else was changed.
        """
        name = self._check(endpoint)
        body = changes(endpoint, request_body(endpoint, self._scope), "traffic")
        return self._patch(name, body, timeout)

    def set_traffic(
        self,
        name: str,
        traffic: Mapping[str, int],
        *,
        timeout: float | None = None,
    ) -> E:
        """Share what comes in between deployments; those not named get none.

        Args:
            name: the endpoint.
            traffic: percent by deployment; together 100, or 0 for none.
            timeout: seconds to wait for the end.

        Raises:
            ValidationError: the percentages do not add up.
        """
        named, wanted = self._named(name), check_traffic(traffic)
        former: Any = self.get(named)
        body = {"properties": {"traffic": replacing(former.traffic, wanted)}}
        return self._patch(named, body, timeout)

    def deploy(
        self,
        endpoint: E,
        deployments: Sequence[D] = (),
        *,
        timeout: float | None = None,
        on_ready: Callable[[E | D], None] | None = None,
    ) -> E:
        """Create or update an endpoint with its deployments, and then share its traffic.

        It serves all the while: an endpoint that is there keeps its traffic until the
        deployments are ready. Deployments that are there and not given stay.

        Args:
            endpoint: without traffic, traffic stays as it is.
            deployments: those that do not name their endpoint are for this one.
            timeout: seconds to wait in all.
            on_ready: told of the endpoint and of each deployment when the service has it ready.

        Returns:
            The endpoint as it is in the end.

        Raises:
            ValidationError: something can be known to be wrong; nothing has been changed.
        """
        behind = self._behind(self._core)
        made: E = deploy(
            self, behind, endpoint, deployments, deadline=Deadline(timeout), on_ready=on_ready
        )
        return made

    def keys(self, name: str) -> EndpointKeys:
        """Get the keys of an endpoint with ``key`` authentication."""
        named = self._named(name)
        answer = self._core.call(f"{self._operations}_ListKeys", endpoint_name=named)
        return from_wire(EndpointKeys, answer)

    def delete(self, name: str, *, timeout: float | None = None) -> None:
        """Delete an endpoint with its deployments."""
        self._core.run(
            f"{self._operations}_Delete", timeout=timeout, endpoint_name=self._named(name)
        )

    def _patch(
        self,
        name: str,
        body: dict[str, Any],
        timeout: float | None,
    ) -> E:
        answer = self._core.run(
            f"{self._operations}_Update", body, timeout=timeout, endpoint_name=name
        )
        return self._result(name, answer)

    def _result(self, name: str, answer: Any) -> E:
        return self.get(name) if answer is None else self._read(answer)

    def _check(self, endpoint: Any) -> str:
        """Refuse what is no endpoint of this kind, or shares out no whole; returns its name."""
        check_kind(endpoint, self._endpoint)
        check_changed(endpoint)
        return check_name(self._endpoint.KIND, endpoint.name or "")

    def _named(self, name: str) -> str:
        return name_of(self._endpoint.KIND, name)

    def _read(self, answer: Any) -> E:
        read: E = from_wire(self._endpoint, answer)
        return read
