"""The wheel: what it contains, what it requires, and a local workspace run from it alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from email.message import Message

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CORE = {"attrs", "azure-identity", "click", "httpx", "jmespath", "obstore", "pyyaml"}
DATA_FILES = {
    "amlrest/charts/charts.css",
    "amlrest/examples/lightgbm-iris/environment.yml",
    "amlrest/examples/lightgbm-iris/job-sweep.yml",
    "amlrest/examples/lightgbm-iris/job.yml",
    "amlrest/py.typed",
    "amlrest/report/style.css",
    "amlrest_client/py.typed",
    "amlrest_emulator/py.typed",
    "amlrest_emulator/serving/server_packages.txt",
    "amlrest_emulator/spec/current.toml",
    *(f"amlrest_emulator/{path.relative_to(ROOT)}" for path in ROOT.glob("spec/*/openapi.json")),
    "amlrest_emulator/web/static/icon.svg",
    "amlrest_emulator/web/static/page.css",
    "amlrest_emulator/web/static/page.js",
    "amlrest_emulator/web/templates/deployment.html",
    "amlrest_emulator/web/templates/entered.html",
    "amlrest_emulator/web/templates/job.html",
    "amlrest_emulator/web/templates/layout.html",
    "amlrest_emulator/web/templates/log.html",
    "amlrest_emulator/web/templates/message.html",
    "amlrest_emulator/web/templates/overview.html",
    "amlrest_emulator/web/templates/parts.html",
}
METADATA_FILES = {
    "METADATA",
    "RECORD",
    "WHEEL",
    "entry_points.txt",
    "licenses/LICENSE",
    "licenses/NOTICE",
}
SOURCES = {
    "amlrest": "facade/amlrest",
    "amlrest_client": "generated/amlrest_client",
    "amlrest_emulator": "emulator/amlrest_emulator",
    "amlrest/examples/lightgbm-iris": "examples/lightgbm-iris",
}


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; print(build_wheel(r'{folder}'))"
    name = subprocess.run(
        [sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    zipfile.ZipFile(folder / name).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def metadata(unpacked: Path) -> Message:
    return HeaderParser().parsestr(next(unpacked.glob("*.dist-info/METADATA")).read_text())


def test_the_wheel_holds_exactly_the_packages_and_what_they_read(unpacked: Path) -> None:
    files = {str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file()}
    modules = {
        f"{package}/{path.relative_to(ROOT / folder)}"
        for package, folder in SOURCES.items()
        for path in (ROOT / folder).rglob("*.py")
    }
    info = next(unpacked.glob("*.dist-info")).name
    assert files == modules | DATA_FILES | {f"{info}/{name}" for name in METADATA_FILES}


def test_the_wheel_has_the_version_of_the_package(metadata: Message) -> None:
    values: dict[str, str] = {}
    exec((ROOT / "facade/amlrest/_version.py").read_text(), values)
    assert metadata["Version"] == values["__version__"]


def test_core_dependencies_are_few(metadata: Message) -> None:
    required = [r for r in metadata.get_all("Requires-Dist", []) if "extra ==" not in r]
    assert {r.split(">")[0].split("=")[0].strip() for r in required} == CORE


def test_the_only_extra_is_the_local_workspace(metadata: Message) -> None:
    assert metadata.get_all("Provides-Extra") == ["local"]


def test_every_dependency_has_a_lower_bound_that_can_be_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bounds = [*project["dependencies"], *project["optional-dependencies"]["local"]]
    assert [bound for bound in bounds if bound.count(">=") != 1] == []


def run(unpacked: Path, cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run with the wheel's files alone: the checkout is not on the path."""
    start = "import sys; sys.path[:0] = [sys.argv.pop(1)]; "
    start += f"sys.path[:] = [p for p in sys.path if not p.startswith({str(ROOT)!r}) or 'site-packages' in p]; "
    start += (
        "import runpy; sys.argv = sys.argv[1:]; runpy.run_module(sys.argv[0], run_name='__main__')"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AMLREST", "AZURE"))}
    environment |= {"PYTHONPATH": str(unpacked), "HOME": str(cwd)}
    return subprocess.run(
        [sys.executable, "-c", start, str(unpacked), *command],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_wheel_alone_runs_a_local_workspace(unpacked: Path, tmp_path: Path) -> None:
    state = ["--state-dir", str(tmp_path / "state")]
    started = run(unpacked, tmp_path, "amlrest", "local", "up", "--detach", *state)
    try:
        assert started.returncode == 0, started.stderr
        listed = run(unpacked, tmp_path, "amlrest", "local", "status", *state)
        assert "127.0.0.1" in listed.stdout
    finally:
        run(unpacked, tmp_path, "amlrest", "local", "down", *state)
