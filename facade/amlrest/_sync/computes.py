# Generated from facade/amlrest/_async/computes.py by `python codegen.py generate`; edit the async source.
"""Compute targets of a workspace."""

from __future__ import annotations

from typing import Any, TypeVar, cast, overload

from amlrest._durations import Duration, to_iso
from amlrest._sync.listing import Listing
from amlrest._sync.named import NamedResources
from amlrest._wire.fields import look_up
from amlrest.errors import ValidationError
from amlrest.resources.base import of_kind
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance, ComputeNode
from amlrest.resources.ranges import check_range

C = TypeVar("C", bound=Compute)

_CLASSES: dict[str, type[Compute]] = {"amlcompute": AmlCompute, "computeinstance": ComputeInstance}


class Computes(NamedResources[Compute]):
    """Compute targets (``Compute_*``); `timeout` as for all named resources."""

    _resource = Compute
    _operations = "Compute"
    _parameter = "compute_name"

    @overload
    def get(self, name: str, kind: type[C]) -> C: ...
    @overload
    def get(self, name: str, kind: None = None) -> Compute: ...
    def get(self, name: str, kind: type[Any] | None = None) -> Any:
        """Get a compute target by name, ``azureml:name`` or id.

        Args:
            name: the compute target.
            kind: the class that it has to be of: `AmlCompute`, `ComputeInstance`; any when None.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: it is of another class.
        """
        narrow = of_kind(kind or Compute)
        return narrow(super().get(name))

    @overload
    def list(self, kind: type[C]) -> Listing[C]: ...
    @overload
    def list(self, kind: None = None) -> Listing[Compute]: ...
    def list(self, kind: type[Any] | None = None) -> Listing[Any]:
        """List the compute targets.

        Args:
            kind: only those of this class; all when None.
        """
        return self._list(kind)

    def create_or_update(self, resource: C, *, timeout: float | None = None) -> C:
        """Create a compute target, or replace an existing one.

        Args:
            resource: gets the workspace's location if it has none.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
            OperationFailedError: the service could not create it.
        """
        return cast("C", self._put(resource, timeout=timeout))

    def scale(
        self,
        name: str,
        *,
        min_instances: int | None = None,
        max_instances: int | None = None,
        idle_time_before_scale_down: Duration | None = None,
        timeout: float | None = None,
    ) -> Compute:
        """Change the size of a cluster; None leaves a setting unchanged.

        Args:
            name: the cluster.
            min_instances: minimum nodes.
            max_instances: maximum nodes.
            idle_time_before_scale_down: timedelta, seconds, or text such as ``PT2M``.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a number is out of range.
        """
        wanted = _scale(min_instances, max_instances, idle_time_before_scale_down)
        current = (self.get(name)).raw
        settings = dict(look_up(current, ("properties", "properties", "scaleSettings")) or {})
        settings.update(wanted)
        _check_bounds(settings.get("minNodeCount"), settings.get("maxNodeCount"))
        scale: dict[str, Any] = {"scaleSettings": settings}
        if self._scope.dialect is not None:
            scale = {"properties": scale}
        body = {"properties": scale}
        return self._run("Update", self._named(name), body, timeout=timeout)

    def start(self, name: str, *, timeout: float | None = None) -> None:
        """Start a compute instance."""
        self._core.run("Compute_Start", timeout=timeout, **self._at(name))

    def stop(self, name: str, *, timeout: float | None = None) -> None:
        """Stop a compute instance."""
        self._core.run("Compute_Stop", timeout=timeout, **self._at(name))

    def restart(self, name: str) -> None:
        """Restart a compute instance."""
        self._core.run("Compute_Restart", **self._at(name))

    def delete(self, name: str, *, detach: bool = False, timeout: float | None = None) -> bool:
        """Delete a compute.

        Args:
            name: the compute.
            detach: only remove it from the workspace; the underlying resource is kept.
            timeout: maximum seconds to wait.

        Returns:
            Whether there was something to delete.
        """
        action = "Detach" if detach else "Delete"
        return self._core.delete(
            "Compute_Delete", timeout=timeout, underlying_resource_action=action, **self._at(name)
        )

    def nodes(self, name: str) -> Listing[ComputeNode]:
        """List the current nodes of a cluster."""
        pages = self._core.pages("Compute_ListNodes", **self._at(name))
        return Listing(pages, lambda item: self._core.read(ComputeNode, item))

    def keys(self, name: str) -> dict[str, Any]:
        """Get the secrets of an attached compute, as the service returns them."""
        response = self._core.call("Compute_ListKeys", **self._at(name))
        return response if isinstance(response, dict) else {}

    def _body(self, resource: Compute) -> dict[str, Any]:
        if isinstance(resource, AmlCompute) and not resource.raw:
            _check_size(resource)
        return self._core.with_location(super()._body(resource))

    def _class_of(self, raw: Any) -> Any:
        kind = str(look_up(raw, ("properties", "computeType"))).lower()
        return _CLASSES.get(kind, Compute)


def _scale(low: int | None, high: int | None, idle: Duration | None) -> dict[str, Any]:
    """Return the scale settings that are not None.

    Raises:
        ValidationError: a setting is out of range.
    """
    check_range("min_instances", low, 0)
    check_range("max_instances", high, 0)
    _check_bounds(low, high)
    span = None if idle is None else to_iso(idle, "idle_time_before_scale_down")
    names = ("minNodeCount", "maxNodeCount", "nodeIdleTimeBeforeScaleDown")
    pairs = zip(names, (low, high, span), strict=True)
    return {name: value for name, value in pairs if value is not None}


def _check_bounds(low: Any, high: Any) -> None:
    if isinstance(low, int) and isinstance(high, int) and low > high:
        raise ValidationError(f"min_instances: {low} is more than the {high} in max_instances")


def _check_size(cluster: AmlCompute) -> None:
    """Raise for an invalid size; the service requires the maximum with any other setting."""
    low, high, idle = (
        cluster.min_instances,
        cluster.max_instances,
        cluster.idle_time_before_scale_down,
    )
    if _scale(low, high, idle) and high is None:
        raise ValidationError(
            "AmlCompute.max_instances is missing; set the maximum number of nodes"
        )
