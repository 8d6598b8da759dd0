"""The wheel holds everything it needs, and the core install stays small."""

import os
import subprocess
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CORE = {"attrs", "azure-identity", "click", "httpx", "obstore", "pyyaml"}


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; print(build_wheel(r'{folder}'))"
    name = subprocess.run(
        [sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    zipfile.ZipFile(folder / name).extractall(folder / "site")
    return folder / "site"


def test_core_dependencies_are_few(unpacked: Path) -> None:
    metadata = HeaderParser().parsestr(next(unpacked.glob("*.dist-info/METADATA")).read_text())
    required = [r for r in metadata.get_all("Requires-Dist", []) if "extra ==" not in r]
    assert {r.split(">")[0].split("=")[0].strip() for r in required} == CORE


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


def test_the_wheel_carries_spec_and_example(unpacked: Path) -> None:
    assert list(unpacked.glob("amlrest_emulator/spec/*/openapi.json"))
    assert (unpacked / "amlrest/examples/lightgbm-iris/job-sweep.yml").is_file()
    assert all((unpacked / p / "py.typed").is_file() for p in ("amlrest", "amlrest_client"))
