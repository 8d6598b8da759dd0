"""Workspaces of a resource group or subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._async.listing import Listing
from amlrest.resources.workspaces import WorkspaceInfo

if TYPE_CHECKING:
    from amlrest._async.core import Core


class Workspaces:
    """Workspaces (``Workspaces_*``)."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def get(self, name: str | None = None) -> WorkspaceInfo:
        """Get a workspace of the resource group, by default this one."""
        other: dict[str, Any] = {} if name is None else {"workspace_name": name}
        response = await self._core.call("Workspaces_Get", **other)
        return self._core.read(WorkspaceInfo, response)

    def list(self, *, subscription: bool = False) -> Listing[WorkspaceInfo]:
        """List the workspaces of the resource group.

        Args:
            subscription: list the whole subscription instead.
        """
        scope = "BySubscription" if subscription else "ByResourceGroup"
        pages = self._core.pages(f"Workspaces_List{scope}")
        return Listing(pages, lambda item: self._core.read(WorkspaceInfo, item))
