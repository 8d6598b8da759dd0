"""The Python blocks of every docs page run, top to bottom, against a local workspace."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SCRIPT = """\
import sys

import mlflow

rate = float(sys.argv[sys.argv.index("--learning-rate") + 1])
mlflow.log_metric("loss", (rate - 0.3) ** 2)
"""


def blocks(page: Path) -> str:
    return "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.py").write_text(SCRIPT)
    (tmp_path / "iris.csv").write_text("sepal_length,species\n5.1,setosa\n")
    (tmp_path / "environment.yml").write_text("dependencies: [python=3.11]\n")
    return tmp_path


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda page: page.stem)
def test_the_snippets_of_a_page_run(
    page: Path, folder: Path, local_workspace: "LocalWorkspace"
) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AMLREST", "AZURE"))}
    done = subprocess.run(
        [sys.executable, "-c", blocks(page)],
        cwd=folder,
        env=kept | local_workspace.environment() | {"HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith(("http:", "https:"))]
    assert [target for target in local if not (page.parent / target).exists()] == []
