# Generated from facade/amlrest/_async/tracked.py by `python codegen.py generate`; edit the async source.
"""What resources that have a location share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amlrest._sync.core import Core


def located(core: Core, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with a location: its own, or the workspace's."""
    if "location" in body:
        return body
    workspace = core.call("Workspaces_Get")
    return {**body, "location": workspace.to_dict().get("location")}
