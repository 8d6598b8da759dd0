"""Commands that the program prints work where they are printed."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from amlrest.cli.program import install_local_extra, missing_local_extra

from tests.cli.conftest import clean_environment

PYTHON = Path(sys.executable)
SCRIPT = PYTHON.with_name("amlrest")
ELSEWHERE = "/usr/bin:/bin"


def printed(line: str, folder: Path, path: str) -> str:
    """Run a command line that is wrong; check that the command it suggests runs, and return it."""
    environment = clean_environment(folder) | {"PATH": path}

    def run(text: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["/bin/sh", "-c", text],
            capture_output=True,
            text=True,
            cwd=folder,
            env=environment,
            check=False,
        )

    wrong = run(f"{line} no-such-command")
    suggested = re.search(r"^Try '(.*) (-h|--help)' for help", wrong.stderr, re.MULTILINE)
    assert suggested is not None, wrong.stderr
    assert run(f"{suggested[1]} --version").returncode == 0
    return suggested[1]


def test_a_program_on_path_is_its_name(tmp_path: Path) -> None:
    assert printed("amlrest", tmp_path, f"{SCRIPT.parent}:{ELSEWHERE}") == "amlrest"


def test_a_program_in_a_folder_below_is_its_relative_path(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(SCRIPT.parents[1])
    assert printed(".venv/bin/amlrest", tmp_path, ELSEWHERE) == ".venv/bin/amlrest"
    absolute = shlex.quote(f"{tmp_path}/.venv/bin/amlrest")
    assert printed(absolute, tmp_path, ELSEWHERE) == ".venv/bin/amlrest"


def test_a_program_far_away_is_its_absolute_path(tmp_path: Path) -> None:
    deep = tmp_path / "a/b/c/d/e/f/g/h"
    deep.mkdir(parents=True)
    relative = os.path.relpath(SCRIPT, deep)
    expected = min(str(SCRIPT), relative, key=len)
    assert printed(str(SCRIPT), deep, ELSEWHERE) == shlex.quote(expected)


def test_a_program_in_this_folder_is_not_taken_from_path(tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a folder/amlrest").symlink_to(SCRIPT)
    assert printed("./amlrest", tmp_path / "a folder", ELSEWHERE) == "./amlrest"
    assert printed("'a folder/amlrest'", tmp_path, ELSEWHERE) == "'a folder/amlrest'"


def test_a_module_is_called_with_its_python(tmp_path: Path) -> None:
    on_path = f"{PYTHON.parent}:{ELSEWHERE}"
    assert printed(f"{PYTHON.name} -m amlrest", tmp_path, on_path) == f"{PYTHON.name} -m amlrest"
    away = printed(f"{shlex.quote(str(PYTHON))} -m amlrest", tmp_path, ELSEWHERE)
    python = shlex.split(away)[0]
    assert away.endswith(" -m amlrest")
    assert (tmp_path / python).samefile(PYTHON)


@pytest.fixture
def hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the arguments of pip that are printed for an installation from an origin."""
    info = tmp_path / "installed/amlrest-9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: amlrest\nVersion: 9\nProvides-Extra: local\n"
        "Provides-Extra: dev\nRequires-Dist: attrs>=23.2\nRequires-Dist: ruff; extra == 'dev'\n"
        "Requires-Dist: mlflow>=3.1; extra == 'local'\n"
        'Requires-Dist: uvicorn>=0.30 ; extra == "local"\n'
    )
    monkeypatch.syspath_prepend(str(info.parent))

    def arguments(origin: dict[str, Any] | None) -> list[str]:
        if origin is not None:
            (info / "direct_url.json").write_text(json.dumps(origin))
        command = shlex.split(install_local_extra().splitlines()[-1])
        assert command[1:4] == ["-m", "pip", "install"]
        return command[4:]

    return arguments


def test_the_extra_is_installed_from_where_the_package_came(hint: Any, tmp_path: Path) -> None:
    checkout, wheel = tmp_path / "a checkout", tmp_path / "amlrest-9-py3-none-any.whl"
    checkout.mkdir()
    wheel.touch()
    editable = {"url": checkout.as_uri(), "dir_info": {"editable": True}}
    assert hint(editable) == ["--editable", f"{checkout}[local]"]
    assert hint({"url": checkout.as_uri(), "dir_info": {}}) == [f"{checkout}[local]"]
    assert hint({"url": wheel.as_uri(), "archive_info": {}}) == [f"{wheel}[local]"]


@pytest.mark.parametrize(
    "origin",
    [
        None,
        {"url": "file:///deleted/amlrest-9-py3-none-any.whl", "archive_info": {}},
        {"url": "https://example.com/amlrest.git", "vcs_info": {"vcs": "git", "commit_id": "0"}},
    ],
)
def test_without_a_local_origin_the_packages_of_the_extra_are_named(
    origin: dict[str, Any] | None, hint: Any
) -> None:
    assert hint(origin) == ["mlflow>=3.1", "uvicorn>=0.30"]


def test_nothing_is_to_be_installed_where_the_extra_is() -> None:
    assert missing_local_extra() == ""
