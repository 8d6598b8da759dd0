"""Outputs of jobs as places of files: ``azureml://jobs/<job>/outputs/<output>/paths/<path>``."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

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
        """Path of an artifact in its datastore, `ARTIFACT_STORE`."""
        return f"{artifact_prefix(self.job)}/{self.path}"

    @property
    def uri_in_store(self) -> str:
        """URI of an artifact in its datastore."""
        return f"azureml://datastores/{ARTIFACT_STORE}/paths/{self.path_in_store}"


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
