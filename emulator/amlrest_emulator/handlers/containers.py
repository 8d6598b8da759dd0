"""Containers of asset versions: their latest version, and the one that would be next."""

from __future__ import annotations

from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.call import presents
from amlrest_emulator.json_body import merge
from amlrest_emulator.state import Order, Resource

_KINDS = ("codes", "data", "models")
_ENVIRONMENTS = f"{names.PROVIDER}/workspaces/environments"
_NEWEST_FIRST = Order(descending=True)


def _present(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the latest version, and the number after the highest one."""
    highest = context.state.highest_number(resource.id, f"{resource.type}/versions")
    return _with_versions(context, resource, body, str(highest + 1))


for _kind in _KINDS:
    presents(f"{names.PROVIDER}/workspaces/{_kind}")(_present)


@presents(_ENVIRONMENTS)
def _present_environment(
    context: Context, resource: Resource, body: dict[str, Any]
) -> dict[str, Any]:
    """Add the latest version; the next one is a time, as in the service."""
    now = context.clock()
    upcoming = f"{now:%Y-%m-%d-%H-%M-%S}-{now.microsecond * 10:07}"
    return _with_versions(context, resource, body, upcoming)


def _with_versions(
    context: Context, container: Resource, body: dict[str, Any], upcoming: str
) -> dict[str, Any]:
    newest = context.state.page(
        container.id, f"{container.type}/versions", order=_NEWEST_FIRST, limit=1
    )
    latest = {"latestVersion": newest[0].name} if newest else {}
    return merge(body, {"properties": {**latest, "nextVersion": upcoming}})
