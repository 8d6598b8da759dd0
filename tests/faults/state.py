"""What must be true of a workspace, whatever happened on the way there."""

from typing import Any
from urllib.parse import unquote

from tests.faults.reader import RUNS, UPLOADS, Reader
from tests.faults.workflow import Site

_REGISTERING = {
    "codes": "CodeVersions_CreateOrUpdate",
    "data": "DataVersions_CreateOrUpdate",
}


def check_complete(reader: Reader, site: Site) -> None:
    """One job that ran once, all files, and nothing twice."""
    environment = _only(reader.versions("environments", f"env-{site.name}"))
    data = _only(reader.versions("data", f"data-{site.name}"))
    code = _only(reader.versions("codes", f"code-{site.name}"))
    job = _only(reader.jobs(site.name))
    properties = job["properties"]
    assert properties["status"] == "Completed"
    assert properties["environmentId"] == environment["id"]
    assert properties["codeId"] == code["id"]
    assert properties["inputDataBindings"]["table"]["dataId"] == data["id"]
    assert site.effects.read_text() == "done\n"
    check_files(reader, site)
    outputs = reader.blobs(f"ExperimentRun/dcid.{job['name']}/outputs", RUNS)
    assert outputs == {"model.txt": f"{site.name}\n".encode()}


def check_files(reader: Reader, site: Site) -> None:
    """What is registered has all its files, with what they contain."""
    for version in reader.versions("data", f"data-{site.name}"):
        folder, _, name = version["properties"]["path"].rpartition("/")
        assert reader.blobs(folder) == {name: site.table.read_bytes()}
    for version in reader.versions("codes", f"code-{site.name}"):
        assert reader.blobs(version["properties"]["path"]) == site.code


def check_at_most_once(reader: Reader, site: Site) -> None:
    """Nothing is there twice; used where the workflow gave up on the way."""
    for kind, name in (("environments", "env"), ("data", "data"), ("codes", "code")):
        assert len(reader.versions(kind, f"{name}-{site.name}")) <= 1
    assert len(reader.jobs(site.name)) <= 1


def check_order(reader: Reader, site: Site, requests: list[dict[str, Any]]) -> None:
    """No file was written to what a version refers to once registering it had begun.

    With all files there in the end, this means that they were there when it was registered.
    """
    for kind, operation in _REGISTERING.items():
        name = f"{'code' if kind == 'codes' else kind}-{site.name}"
        begun = [r["start"] for r in requests if r["operation"] == operation and name in r["path"]]
        for version in reader.versions(kind, name):
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
