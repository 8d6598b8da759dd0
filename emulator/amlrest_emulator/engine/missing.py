"""Missing resources: the 404 of each kind, as the service answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from amlrest_emulator.arm_errors import (
    USER_ERROR,
    AccountError,
    ArmError,
    EmptyError,
    Problem,
    user_error,
)
from amlrest_emulator.names import PROVIDER, RESOURCE_GROUP
from amlrest_emulator.state import State

_WORKSPACES = f"{PROVIDER}/workspaces"
_NOT_THERE = "The specified resource was not found."
_HELP = "For more details please go to https://aka.ms/ARMResourceNotFoundFix"
_IN_WORKSPACE = 9


class _Address(NamedTuple):
    """An id below a workspace, split into types and names: ``models``, ``iris``, ``versions``."""

    workspace: str
    kinds: list[str]
    names: list[str]


def not_found(state: State, resource_id: str) -> ArmError:
    """Return the 404 for an ARM id; for its workspace if that is missing, too."""
    parts = resource_id.split("/")
    workspace_id = "/".join(parts[:_IN_WORKSPACE])
    if len(parts) < _IN_WORKSPACE or parts[7].lower() != "workspaces":
        return ArmError(404, "ResourceNotFound", f"There is no resource {resource_id}.")
    if state.get(workspace_id) is None:
        return _no_workspace(state, parts)
    segments = parts[_IN_WORKSPACE:]
    kinds = [item.lower() for item in segments[::2]]
    answer = _ANSWERS.get(kinds[0] if kinds else "", _other)
    return answer(_Address(parts[_IN_WORKSPACE - 1], kinds, segments[1::2]))


def require_workspace(state: State, resource_id: str) -> None:
    """Raise the gateway's 404 for an id below a workspace that does not exist."""
    parts = resource_id.split("/")
    below = len(parts) > _IN_WORKSPACE and parts[7].lower() == "workspaces"
    if below and state.get("/".join(parts[:_IN_WORKSPACE])) is None:
        raise _no_workspace(state, parts)


def _no_workspace(state: State, parts: list[str]) -> ArmError:
    group, name = parts[4], parts[8]
    if group.lower() != RESOURCE_GROUP and not state.of_type(
        _WORKSPACES, f"{'/'.join(parts[:5])}/"
    ):
        message = f"Resource group '{group}' could not be found."
        return ArmError(404, "ResourceGroupNotFound", message)
    if len(parts) > _IN_WORKSPACE:
        kind = "/".join(["workspaces", *parts[_IN_WORKSPACE::2]])
        message = (
            f"Failed to perform the operation on resource(s) of type '{kind}', because the parent "
            f"resource '{'/'.join(parts[:_IN_WORKSPACE])}' could not be found."
        )
        return ArmError(404, "ParentResourceNotFound", message)
    message = f"The Resource '{_WORKSPACES}/{name}' under resource group '{group}' was not found."
    return ArmError(404, "ResourceNotFound", f"{message} {_HELP}")


def _job(address: _Address) -> ArmError:
    (name,) = address.names
    error = user_error(404, ("NotFound", "JobNotFound"), f"Job {name} not found.")
    error.template, error.parameters = "Job {jobId} not found.", {"jobId": name}
    return error


def _datastore(address: _Address) -> ArmError:
    return _user_error(f"Could not find datastore: {address.names[0]}.")


def _environment(address: _Address) -> ArmError:
    name, version = [*address.names, ""][:2]
    return _user_error(f"No environment exists for name: {name}, version: {version}, label: ")


def _data(address: _Address) -> ArmError:
    name = ":".join(address.names)
    if len(address.names) == 1:
        return _user_error(f"Data container {name} not found.")
    return _user_error(f"Data version {name} (dataContainerName:version) not found.")


def _model(address: _Address) -> ArmError:
    name, *version = address.names
    what = f"version with name: {name} and version: {version[0]}" if version else ""
    message = f"Model {what or f'container with name: {name}'} not found."
    return user_error(404, (), _NOT_THERE, details=[Problem("ModelNotFound", message)])


def _endpoint(address: _Address) -> ArmError:
    endpoint, *deployment = address.names
    message = f"There is no endpoint with name: {endpoint} in {address.workspace}"
    problem = Problem("NoSuchEndpoint", message)
    if deployment:
        message = f"There is no deployment with name: {deployment[0]} in {endpoint}"
        problem = Problem("NoSuchDeployment", message)
    return ArmError(404, "NotFound", _NOT_THERE, details=[problem], is_gateway=False)


def _compute(address: _Address) -> ArmError:
    return EmptyError(404, "NotFound", f"There is no compute {address.names[0]}.")


def _connection(address: _Address) -> ArmError:
    message = f"Connection {address.names[0]} can't be found in this workspace"
    return AccountError(404, USER_ERROR, message, inner=("NotFoundError",), is_gateway=False)


def _other(address: _Address) -> ArmError:
    what = "/".join(part for pair in zip(address.kinds, address.names) for part in pair)  # noqa: B905
    return _user_error(f"There is no {what} in this workspace.")


def _user_error(message: str) -> ArmError:
    return user_error(404, ("NotFoundError",), message)


_ANSWERS: dict[str, Callable[[_Address], ArmError]] = {
    "jobs": _job,
    "datastores": _datastore,
    "environments": _environment,
    "data": _data,
    "models": _model,
    "onlineendpoints": _endpoint,
    "batchendpoints": _endpoint,
    "computes": _compute,
    "connections": _connection,
}
