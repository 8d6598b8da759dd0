"""What resources that have a location share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amlrest._async.core import Core


async def located(core: Core, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with a location: its own, or the workspace's."""
    if "location" in body:
        return body
    workspace = await core.call("Workspaces_Get")
    return {**body, "location": workspace.to_dict().get("location")}
