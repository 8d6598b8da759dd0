"""References: checks ARM ids in request bodies."""

from __future__ import annotations

from amlrest_emulator import names
from amlrest_emulator.arm_errors import Problem
from amlrest_emulator.context import Context


def missing_reference(context: Context, arm_id: object, target: str) -> Problem | None:
    """Return the problem of an ARM id without a resource, or None.

    Ids in registries, and in workspaces that this server does not have, cannot be checked and
    are accepted.
    """
    if not isinstance(arm_id, str) or not arm_id or arm_id.startswith(names.REGISTRIES):
        return None
    if not arm_id.startswith("/"):
        return Problem(
            "InvalidReference", f"{arm_id!r} is not an ARM id; it must start with /", target
        )
    parts = arm_id.split("/")
    lowered = [part.lower() for part in parts]
    if "workspaces" not in lowered:
        return None
    workspace_id = "/".join(parts[: lowered.index("workspaces") + 2])
    if context.state.get(workspace_id) is None or context.state.get(arm_id) is not None:
        return None
    return Problem("ReferenceNotFound", f"there is no {arm_id}", target)
