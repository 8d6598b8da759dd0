"""Shape of a job: complete it with what a request of its API version requires."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest.errors import ValidationError
from amlrest.resources.assets import Model
from amlrest.resources.jobs import CommandJob, PyTorch

if TYPE_CHECKING:
    from amlrest.resources.bindings import Input, Output
    from amlrest.resources.jobs import ComputeJob

DEFAULT_TYPE = "uri_folder"
"""Type of inputs and outputs of which nothing else is known, as in the command line of Azure."""


def with_data(given: Input | None, data: Any) -> Input | None:
    """Return an input that refers to an asset or URI, with the type of the asset."""
    if given is None or given.data is None:
        return given
    found = copy.copy(given)
    found.data = data
    if found.type is None:
        found.type = _type_of(data)
    return found


def is_model_reference(data: Any) -> bool:
    """Return whether data is a model, or the id or URI of one."""
    text = data.removeprefix("azureml:") if isinstance(data, str) else ""
    is_id = text.startswith(("/subscriptions/", "//")) and "/models/" in text
    return is_id or isinstance(data, Model)


def _type_of(data: Any) -> str:
    kind = getattr(data, "type", None)
    if is_model_reference(data):
        return kind or "custom_model"
    if isinstance(data, str) and "://" in data:
        last = data.rstrip("/").rpartition("/")[2]
        is_file = "." in last and not data.endswith("/")
        return "uri_file" if is_file else DEFAULT_TYPE
    return kind if isinstance(kind, str) and kind not in {"simple", "dataflow"} else DEFAULT_TYPE


def fit(job: ComputeJob, *, later: bool) -> None:
    """Complete a job, which is changed, for the wire shape of the API version.

    Args:
        job: has its name, and refers to the workspace only.
        later: whether it is the shape of 2022-02-01-preview and later.

    Raises:
        ValidationError: the number of processes does not fit the number of nodes.
    """
    run: Any = job if isinstance(job, CommandJob) else job.trial  # type: ignore[attr-defined]
    if isinstance(run.distribution, PyTorch):
        run.distribution = _pytorch(run.distribution, job.instance_count or 1, later=later)
    if later and run.outputs:
        run.outputs = {name: _output(job, name, each) for name, each in run.outputs.items()}


def _pytorch(given: PyTorch, nodes: int, *, later: bool) -> PyTorch:
    """Return the distribution with the number that the API version takes."""
    found = copy.copy(given)
    total, each = given.process_count, given.process_count_per_instance
    if later and each is None and total is not None:
        if total % nodes:
            raise ValidationError(
                f"PyTorch.process_count: {total} processes on {nodes} nodes; "
                "use a multiple of instance_count"
            )
        found.process_count_per_instance = total // nodes
    elif not later and total is None and each is not None:
        found.process_count = each * nodes
    return found


def _output(job: ComputeJob, name: str, given: Output | None) -> Output | None:
    """Return an output with type, and with a path where it has a datastore."""
    if given is None:
        return None
    found = copy.copy(given)
    found.type = found.type or DEFAULT_TYPE
    if found.datastore is not None and found.path is None:
        found.path = _default_path(job, name)
    return found


def _default_path(job: ComputeJob, name: str) -> str:
    return f"azureml/{job.name}/{name}/"


def without_default_paths(job: ComputeJob) -> ComputeJob:
    """Return a copy for comparison: a path that `fit` chose is not one that was asked for."""
    copied: Any = copy.copy(job)
    if isinstance(copied, CommandJob):
        run: Any = copied
    else:
        run = copied.trial = copy.copy(copied.trial)
    outputs = run.outputs or {}
    chosen = {n for n, each in outputs.items() if each and each.path == _default_path(job, n)}
    if chosen:
        run.outputs = {n: _without_place(o) if n in chosen else o for n, o in outputs.items()}
    return copied  # type: ignore[no-any-return]


def _without_place(given: Output) -> Output:
    copied = copy.copy(given)
    copied.datastore = copied.path = None
    return copied
