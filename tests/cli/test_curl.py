"""The documented workflow with nothing but curl: the blocks of docs/curl.md, as they stand."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run, clean_environment

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/lightgbm-iris"
PAGE = ROOT / "docs/curl.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "example"
    shutil.copytree(EXAMPLE, copy)
    subprocess.run([sys.executable, "prepare_data.py"], cwd=copy, check=True)
    return copy


def as_published(script: str) -> str:
    """The article's own sweep body: its trial names no input although its command uses one."""
    binding = r'"inputDataBindings": {"iris": {[^}]*}},'
    changed = script.replace("{$(common)}", f"{{$(common | sed 's/{binding}//')}}")
    assert changed != script
    return changed


@pytest.mark.parametrize("variant", [str, as_published])
def test_both_jobs_complete(
    variant: Callable[[str], str],
    local_workspace: "LocalWorkspace",
    folder: Path,
    amlrest: Run,
    tmp_path: Path,
) -> None:
    point, *blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert point == 'eval "$(amlrest local env)"\n'
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", variant("".join(blocks))],
        env=clean_environment(tmp_path) | local_workspace.environment() | {"TRIALS": "2"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ended = re.findall(r"^(by-hand-\S+) is Completed$", done.stdout, re.MULTILINE)
    assert len(ended) == 2
    trials = json.loads(amlrest("job", "trials", ended[1], "-o", "json").stdout)
    assert [trial["status"] for trial in trials] == ["Completed", "Completed"]
    assert all(trial["metrics"]["test-multi_logloss"] > 0 for trial in trials)
    assert all(0.01 <= float(trial["parameters"]["learning_rate"]) <= 0.9 for trial in trials)
