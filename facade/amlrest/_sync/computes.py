# Generated from facade/amlrest/_async/computes.py by `python codegen.py generate`; edit the async source.
"""Compute targets of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._durations import Duration, to_iso
from amlrest._wire import request_body
from amlrest._wire.fields import look_up
from amlrest.errors import ValidationError
from amlrest.names import name_of
from amlrest.resources.base import name_to_write
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance, ComputeNode
from amlrest.resources.ranges import check_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest._sync.core import Core

_CLASSES: dict[str, type[Compute]] = {"amlcompute": AmlCompute, "computeinstance": ComputeInstance}


class Computes:
    """Compute targets (``Compute_*``).

    Methods that start a long-running operation wait for it at most `timeout` seconds (by default
    the limit that the service states, or an hour), and then raise `DeadlineError`.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self, name: str) -> Compute:
        """Get a compute by name, ``azureml:name`` or id.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        return self._read(self._core.call("Compute_Get", compute_name=_named(name)))

    def list(self) -> Iterator[Compute]:
        """Yield the computes."""
        for item in self._core.pages("Compute_List"):
            yield self._read(item)

    def create_or_update(self, compute: Compute, *, timeout: float | None = None) -> Compute:
        """Create a compute, or replace an existing one.

        Args:
            compute: gets the workspace's location if it has none.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
            OperationFailedError: the service could not create it.
        """
        name = name_to_write(compute)
        if isinstance(compute, AmlCompute) and not compute.raw:
            _check_size(compute)
        body = self._core.with_location(request_body(compute, self._core.scope))
        response = self._core.run(
            "Compute_CreateOrUpdate", body, timeout=timeout, compute_name=name
        )
        return self.get(name) if response is None else self._read(response)

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
        body = {"properties": {"scaleSettings": settings}}
        response = self._core.run(
            "Compute_Update", body, timeout=timeout, compute_name=_named(name)
        )
        return self.get(name) if response is None else self._read(response)

    def start(self, name: str, *, timeout: float | None = None) -> None:
        """Start a compute instance."""
        self._core.run("Compute_Start", timeout=timeout, compute_name=_named(name))

    def stop(self, name: str, *, timeout: float | None = None) -> None:
        """Stop a compute instance."""
        self._core.run("Compute_Stop", timeout=timeout, compute_name=_named(name))

    def restart(self, name: str) -> None:
        """Restart a compute instance."""
        self._core.run("Compute_Restart", compute_name=_named(name))

    def delete(self, name: str, *, detach: bool = False, timeout: float | None = None) -> None:
        """Delete a compute.

        Args:
            name: the compute.
            detach: only remove it from the workspace; the underlying resource is kept.
            timeout: maximum seconds to wait.
        """
        action = "Detach" if detach else "Delete"
        self._core.run(
            "Compute_Delete",
            timeout=timeout,
            compute_name=_named(name),
            underlying_resource_action=action,
        )

    def nodes(self, name: str) -> Iterator[ComputeNode]:
        """Yield the current nodes of a cluster."""
        for item in self._core.pages("Compute_ListNodes", compute_name=_named(name)):
            yield self._core.read(ComputeNode, item)

    def keys(self, name: str) -> dict[str, Any]:
        """Get the secrets of an attached compute, as the service returns them."""
        response = self._core.call("Compute_ListKeys", compute_name=_named(name))
        return response if isinstance(response, dict) else {}

    def _read(self, raw: Any) -> Compute:
        kind = str(look_up(raw, ("properties", "computeType"))).lower()
        return self._core.read(_CLASSES.get(kind, Compute), raw)


def _named(name: str) -> str:
    return name_of("computes", name)


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
