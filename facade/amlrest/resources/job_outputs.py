"""Outputs of jobs as places of files: ``azureml://jobs/<job>/outputs/<output>/paths/<path>``."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote

from amlrest._wire.fields import look_up
from amlrest.errors import ValidationError

ARTIFACTS = frozenset({"artifacts", "default"})
"""Outputs with what a job has written to ``./outputs`` and ``./logs``."""
ARTIFACT_STORE = "workspaceartifactstore"
_URI = re.compile(
    r"azureml://jobs/(?P<job>[^/]+)/outputs/(?P<output>[^/]+)(?:/paths(?:/(?P<path>.*))?)?/?\Z",
    re.IGNORECASE | re.DOTALL,
)
_RUN = re.compile(r"runs:/+(?P<run>[^/]+)/(?P<path>.+)\Z", re.DOTALL)


class OutputPlace(NamedTuple):
    """A place in the outputs of a job.

    Attributes:
        job: name of the job, or of a trial of a sweep job.
        output: name of the output; ``artifacts`` is what the job has logged.
        path: path in it; empty for all of it.
    """

    job: str
    output: str
    path: str

    @property
    def is_artifact(self) -> bool:
        """Whether it is among the artifacts of the run."""
        return self.output.lower() in ARTIFACTS

    @property
    def path_in_store(self) -> str:
        """Path of an artifact in its datastore."""
        return f"{artifact_prefix(self.job)}/{self.path}"


def artifact_prefix(run: str) -> str:
    """Return the path of the artifacts of a run in their datastore."""
    return f"ExperimentRun/dcid.{run}"


def parse(uri: object) -> OutputPlace | None:
    """Return the place of a URI; None for another text."""
    found = _URI.match(uri) if isinstance(uri, str) else None
    if found is None:
        return None
    return OutputPlace(unquote(found["job"]), unquote(found["output"]), found["path"] or "")


def of_run(path: str) -> str:
    """Return MLflow's ``runs:/<run>/<path>`` as the URI of an artifact; other text unchanged."""
    found = _RUN.match(path)
    if found is None:
        return path
    return f"azureml://jobs/{found['run']}/outputs/artifacts/paths/{found['path']}"


def binding_of(job: Any, place: OutputPlace) -> tuple[str | None, str]:
    """Return the datastore and the folder that an output of a job has in the first wire shape.

    Args:
        job: JSON of the job.
        place: the output.

    Raises:
        ValidationError: the job has no such output, or the service has chosen its place.
    """
    outputs = look_up(job, ("properties", "outputDataBindings")) or {}
    if not isinstance(found := outputs.get(place.output), dict):
        known = ", ".join(("artifacts", *sorted(outputs)))
        raise ValidationError(f"job {place.job} has no output {place.output!r}; it has {known}")
    folder = str(found.get("pathOnDatastore") or "").replace("${{name}}", place.job).strip("/")
    if not folder:
        raise ValidationError(
            f"output {place.output!r} of job {place.job} was given no path in a datastore, and this "
            "API version does not say which it got; use 2022-05-01 or later, or the output artifacts"
        )
    return found.get("datastoreId"), folder
