"""Places of batch data: the forms that only batch endpoints take, as those of jobs."""

from __future__ import annotations

import re

from amlrest_emulator import names
from amlrest_emulator.arm_errors import Problem, missing, refuse
from amlrest_emulator.context import Context
from amlrest_emulator.shapes import Places
from amlrest_emulator.state import Order

_IN_STORE = re.compile(
    r"(?:azureml:)?/subscriptions/.+/datastores/(?P<store>[^/]+)/paths/(?P<path>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BY_LOCATION = re.compile(
    r"azureml://locations/[^/]+/workspaces/[^/]+/data/(?P<name>[^/]+)"
    r"/versions/(?:labels/)?(?P<version>[^/]+)/?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"azureml:/{0,2}(?P<name>[^/:@]+)@latest", re.IGNORECASE)
_VERSIONS = f"{names.PROVIDER}/workspaces/data/versions"


def input_uri(context: Context, places: Places, text: str) -> str:
    """Return the place of an input as a job takes it.

    Raises:
        ArmError: 404 for the latest version of data that does not exist.
    """
    in_store = _IN_STORE.fullmatch(text)
    if in_store:
        return f"azureml://datastores/{in_store['store']}/paths/{in_store['path']}"
    labelled, by_location = _LABELLED.fullmatch(text), _BY_LOCATION.fullmatch(text)
    if labelled:
        return _latest(context, places, labelled["name"])
    if by_location is None:
        return text
    name, version = by_location["name"], by_location["version"]
    if version == "latest":
        return _latest(context, places, name)
    return f"{places.workspace_id}/data/{name}/versions/{version}"


def _latest(context: Context, places: Places, name: str) -> str:
    data_id = f"{places.workspace_id}/data/{name}"
    found = context.state.page(data_id, _VERSIONS, order=Order(descending=True), limit=1)
    if not found:
        message = f"There is no data {name!r} in this workspace."
        raise missing(Problem("ReferenceNotFound", message, "properties.inputData"))
    return found[0].id


def check_new(context: Context, places: Places, folder: str, file_name: str) -> None:
    """Refuse an output that exists already, which a job of the service fails for.

    Args:
        context: server context.
        places: understands URIs.
        folder: URI of the folder of the output, or "" for one of the job's own.
        file_name: name of the file in it, or "" if the scoring script writes its own.

    Raises:
        ArmError: 400 if it exists.
    """
    found = places.from_uri(folder) if folder and file_name else None
    container = places.container_of(found[0]) if found else None
    if found is None or container is None:
        return
    path = f"{found[1].strip('/')}/{file_name}".lstrip("/")
    if context.blobs.find(container, path) is not None:
        message = f"the output {folder}/{file_name} exists; use another place."
        raise refuse("properties.outputData", message, "OutputExists")
