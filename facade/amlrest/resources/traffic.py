"""Traffic of an endpoint: percentages by deployment."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amlrest._wire.fields import look_up
from amlrest.errors import ValidationError
from amlrest.names import name_of
from amlrest.resources.base import name_to_write

if TYPE_CHECKING:
    from collections.abc import Iterable

_WHOLE = 100


def check_traffic(traffic: Mapping[str, int]) -> dict[str, int]:
    """Return the traffic, if it is valid.

    Raises:
        ValidationError: a value is not a percentage, or the sum is neither 100 nor 0.
    """
    if not isinstance(traffic, Mapping):
        raise ValidationError(f"traffic: {traffic!r}; use a dict, percentage by deployment")
    for name, share in traffic.items():
        if isinstance(share, bool) or not isinstance(share, int) or not 0 <= share <= _WHOLE:
            raise ValidationError(f"traffic[{name!r}]: {share!r}; use a whole number, 0 to 100")
    if sum(traffic.values()) not in {0, _WHOLE}:
        raise ValidationError(
            f"traffic adds up to {sum(traffic.values())}; the sum must be 100 or 0"
        )
    return dict(traffic)


def check_changed_traffic(endpoint: Any) -> None:
    """Raise for invalid traffic, if it was changed since the endpoint was read."""
    before = look_up(endpoint.raw, ("properties", "traffic"))
    if endpoint.traffic is not None and endpoint.traffic != before:
        check_traffic(endpoint.traffic)


def replace_traffic(former: Mapping[str, int] | None, traffic: Mapping[str, int]) -> dict[str, int]:
    """Return traffic that sets the other deployments of `former` to 0.

    The service merges a PATCH, so a deployment that is not in it would keep its traffic.
    """
    named = {name.lower() for name in traffic}
    others = {name for name in nonzero_traffic(former) or {} if name.lower() not in named}
    return {**dict.fromkeys(sorted(others), 0), **traffic}


def nonzero_traffic(traffic: Mapping[str, int] | None) -> dict[str, int] | None:
    """Return the traffic without deployments at 0; None if all are."""
    return {name: share for name, share in (traffic or {}).items() if share} or None


def check_deployments(endpoint: Any, deployments: Iterable[Any]) -> list[Any]:
    """Return copies of the deployments with their endpoint set.

    Raises:
        ValidationError: a name is invalid or duplicate, a deployment belongs to another endpoint,
            or the traffic is invalid.
    """
    name = name_to_write(endpoint)
    check_traffic(endpoint.traffic or {})
    copies = [_with_endpoint(each, endpoint.KIND, name) for each in deployments]
    names = [str(each.name).lower() for each in copies]
    duplicates = sorted({each for each in names if names.count(each) > 1})
    if duplicates:
        raise ValidationError(
            f"endpoint {name!r} has two deployments {duplicates[0]!r}; rename one"
        )
    return copies


def check_traffic_targets(endpoint: Any, known: Iterable[str]) -> None:
    """Raise for traffic to a deployment that will not exist.

    Raises:
        ValidationError: the message names the deployment.
    """
    existing = {name.lower() for name in known}
    for name, share in (endpoint.traffic or {}).items():
        if share and name.lower() not in existing:
            message = f"traffic[{name!r}]: endpoint {endpoint.name!r} has no such deployment"
            raise ValidationError(f"{message}; add the deployment, or remove it from the traffic")


def _with_endpoint(deployment: Any, kind: str, endpoint: str) -> Any:
    own = endpoint if deployment.endpoint is None else name_of(kind, deployment.endpoint)
    if own.lower() != endpoint.lower():
        message = f"deployment {deployment.name!r} is for endpoint {own!r}"
        raise ValidationError(f"{message}, not {endpoint!r}; leave its endpoint out")
    copied = copy.copy(deployment)
    copied.endpoint = endpoint
    return copied
