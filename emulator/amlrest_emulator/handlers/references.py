"""ARM ids inside request bodies: do they lead to something."""

from amlrest_emulator.context import Context
from amlrest_emulator.engine.errors import Problem


def missing_reference(context: Context, arm_id: object, target: str) -> Problem | None:
    """Return the problem of an ARM id that leads nowhere, or None.

    Ids below a workspace this server does not have cannot be judged and pass.

    Args:
        context: the server's.
        arm_id: what the body says.
        target: JSON path of the id.
    """
    if not isinstance(arm_id, str) or not arm_id:
        return None
    if not arm_id.startswith("/"):
        return Problem("InvalidReference", f"{arm_id!r} is no ARM id; it must start with /", target)
    parts = arm_id.split("/")
    lowered = [part.lower() for part in parts]
    if "workspaces" not in lowered:
        return None
    workspace_id = "/".join(parts[: lowered.index("workspaces") + 2])
    if context.state.get(workspace_id) is None or context.state.get(arm_id) is not None:
        return None
    return Problem("ReferenceNotFound", f"there is no {arm_id}", target)
