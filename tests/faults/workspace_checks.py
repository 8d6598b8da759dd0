"""Assertions on the state of a workspace, which hold after any faults."""

from typing import Any
from urllib.parse import unquote

from tests.faults.training_workflow import WorkflowFiles
from tests.inspector import RUNS, UPLOADS, Inspector

_REGISTERING = {
    "codes": "CodeVersions_CreateOrUpdate",
    "data": "DataVersions_CreateOrUpdate",
}


def assert_complete(inspector: Inspector, files: WorkflowFiles) -> None:
    """Assert one job that ran once, complete files and no duplicates."""
    environment = _only(inspector.versions("environments", f"env-{files.name}"))
    data = _only(inspector.versions("data", f"data-{files.name}"))
    code = _only(inspector.versions("codes", f"code-{files.name}"))
    job = _only(inspector.jobs(files.name))
    properties = job["properties"]
    assert properties["status"] == "Completed"
    assert properties["environmentId"] == environment["id"]
    assert properties["codeId"] == code["id"]
    assert properties["inputDataBindings"]["table"]["dataId"] == data["id"]
    assert files.effects.read_text() == "done\n"
    assert_files_match(inspector, files)
    outputs = inspector.blobs(f"ExperimentRun/dcid.{job['name']}/outputs", RUNS)
    assert outputs == {"model.txt": f"{files.name}\n".encode()}


def assert_files_match(inspector: Inspector, files: WorkflowFiles) -> None:
    """Assert that every registered version has all its files with the right content."""
    for version in inspector.versions("data", f"data-{files.name}"):
        folder, _, name = version["properties"]["path"].rpartition("/")
        assert inspector.blobs(folder) == {name: files.table.read_bytes()}
    for version in inspector.versions("codes", f"code-{files.name}"):
        assert inspector.blobs(version["properties"]["path"]) == files.code


def assert_no_duplicates(inspector: Inspector, files: WorkflowFiles) -> None:
    """Assert at most one of everything, also after a workflow that failed half-way."""
    for kind, name in (("environments", "env"), ("data", "data"), ("codes", "code")):
        assert len(inspector.versions(kind, f"{name}-{files.name}")) <= 1
    assert len(inspector.jobs(files.name)) <= 1


def assert_uploaded_before_registered(
    inspector: Inspector, files: WorkflowFiles, requests: list[dict[str, Any]]
) -> None:
    """Assert that all files of a version were uploaded before its registration began.

    Only the order of requests is checked here; `assert_files_match` checks completeness.
    """
    for kind, operation in _REGISTERING.items():
        name = f"{'code' if kind == 'codes' else kind}-{files.name}"
        begun = [r["start"] for r in requests if r["operation"] == operation and name in r["path"]]
        for version in inspector.versions(kind, name):
            path = version["properties"]["path"]
            folder = path if kind == "codes" else path.rpartition("/")[0]
            assert max(_writes(requests, folder)) < min(begun)


def _writes(requests: list[dict[str, Any]], folder: str) -> list[float]:
    below = f"/{UPLOADS}/{folder}/"
    blobs = [r for r in requests if r["operation"] == "Blob" and r["method"] == "PUT"]
    return [each["end"] for each in blobs if below in unquote(each["path"])]


def _only(found: list[dict[str, Any]]) -> dict[str, Any]:
    assert len(found) == 1, found
    return found[0]
