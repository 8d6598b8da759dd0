"""A bump is one command that moves everything, or nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from codegen_steps.bump import bump, left_to_do
from codegen_steps.emit.generate import generate
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Selection, pin
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import current_version, read_provenance
from tests.codegen.swagger import VERSION, operation, swagger, write_tree
from tests.official import ROOT, SPECS, needed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OLD = "2029-01-01"
PATCHES = """
[[patch]]
pointer = "/components/schemas/Thing/properties/key/x-ms-secret"
operation = "set"
value = true
reason = "it opens the thing"

[[patch]]
pointer = "/components/schemas/Thing/properties/password/x-ms-secret"
operation = "set"
value = true
reason = "it opens the thing too"
"""


def a_document(*fields: str) -> dict[str, Any]:
    properties = {name: {"type": "string"} for name in fields}
    answer = {"200": {"description": "x", "schema": {"$ref": "#/definitions/Thing"}}}
    paths = {"/things": {"get": operation("Things_Get", tags=["Things"], responses=answer)}}
    return swagger(definitions={"Thing": {"properties": properties}}, paths=paths)


@pytest.fixture
def repository(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "repository")
    shutil.copytree(ROOT / "codegen_steps" / "emit" / "templates", layout.templates)
    layout.version(OLD).mkdir(parents=True)
    (layout.version(OLD) / "patches.toml").write_text(PATCHES)
    write_tree(tmp_path, OLD, things=a_document("key", "password"))
    pin(layout, Selection(tmp_path, OLD))
    generate(layout, OLD)
    (layout.root / "README.md").write_text(f"made for {OLD}\n")
    return layout


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_everything_moves(repository: Layout, tmp_path: Path) -> None:
    write_tree(tmp_path, things=a_document("key", "token"))
    done = bump(repository, Selection(tmp_path, VERSION, commit="abc"))
    assert current_version(repository.spec) == VERSION
    assert (
        f'"{VERSION}"'
        in (repository.client / "runtime.py").read_text()
        + (repository.client / "__init__.py").read_text()
        + (repository.client / "client.py").read_text()
    )
    provenance = read_provenance(repository.version(VERSION) / "source.toml")
    assert (provenance.commit, provenance.documents) == ("abc", ["things.json"])
    assert [(one.path, one.action) for one in done.changes] == [
        ("password", "removed"),
        ("token", "added"),
    ]
    left = "\n".join(left_to_do(done))
    assert "properties/password" in left
    assert "properties/token looks like a secret" in left
    assert "properties/key" not in left
    assert "README.md" in left


def test_the_commit_of_the_same_files_stays_recorded(repository: Layout, tmp_path: Path) -> None:
    recorded = repository.version(VERSION) / "source.toml"
    write_tree(tmp_path, things=a_document("key"))
    pin(repository, Selection(tmp_path, VERSION, commit="abc"))
    pin(repository, Selection(tmp_path, VERSION))
    assert read_provenance(recorded).commit == "abc"
    write_tree(tmp_path, things=a_document("token"))
    pin(repository, Selection(tmp_path, VERSION))
    assert read_provenance(recorded).commit is None


@pytest.mark.parametrize(
    "document",
    [
        a_document() | {"definitions": {"Thing": {"type": "string", "enum": []}}},
        a_document() | {"definitions": {"Thing": {"$ref": "#/definitions/Thing"}}},
        "{",
    ],
)
def test_nothing_moves(document: Any, repository: Layout, tmp_path: Path) -> None:
    write_tree(tmp_path, things=document)
    before = contents(repository.root)
    with pytest.raises(CodegenError):
        bump(repository, Selection(tmp_path, VERSION))
    assert contents(repository.root) == before


@needed
def test_from_one_official_version_to_another(tmp_path: Path) -> None:
    for name in ("codegen.py", "codegen_steps", "spec", "generated", "facade", "pyproject.toml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    command = [sys.executable, "codegen.py", "bump", "2022-05-01", "--from", str(SPECS)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "115 operations" in done.stdout
    report, _, left = done.stdout.partition("LEFT TO DO BY HAND")
    assert re.search(
        r"attributes: 3\d\d placed, \d\d not in this version, 0 without either", report
    )
    assert "query:listViewType added: 6 operations" in report
    assert "EnvironmentSpecificationVersions_Get (Environments." in report
    assert "CodeVersion" not in report  # only with --full
    assert "without" not in left
    check = [sys.executable, "codegen.py", "check", "--from", str(SPECS)]
    again = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    diff = [
        sys.executable,
        "codegen.py",
        "diff",
        "2021-03-01-preview",
        "2022-05-01",
        "--format=json",
    ]
    report = json.loads(subprocess.run(diff, cwd=tmp_path, capture_output=True, check=True).stdout)
    # datastoreId and path became one codeUri, which the facade has to follow
    removed = [one for one in report["changes"] if one["subject"] == "CodeVersion"]
    assert {"datastoreId", "path"} <= {one["path"] for one in removed if one["action"] == "removed"}
    assert all("Codes.create" in one["methods"] for one in removed if one["path"] == "datastoreId")
