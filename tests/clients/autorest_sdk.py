"""The SDK that AutoRest makes of the official documents of 2021-03-01-preview.

No package index has it. AutoRest is installed into ``build/autorest`` on first use, in versions of
that time, and its result is kept there for the same versions and documents.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import venv
from collections.abc import Iterable
from pathlib import Path

from tests import official

VERSION = "2021-03-01-preview"
DOCUMENTS = ("machineLearningServices.json", "mfe.json")
PACKAGE = "mlservices_2021"
_HERE = Path(__file__).parent
_PINS = _HERE / "autorest"
_BUILD = _HERE.parents[1] / "build" / "autorest"
_SCOPE = "https://management.azure.com/.default"


def folder() -> Path:
    """Return the folder that holds the package `PACKAGE`; concurrent tests make it once."""
    documents = [official.folder_of(VERSION) / name for name in DOCUMENTS]
    _BUILD.mkdir(parents=True, exist_ok=True)
    with (_BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        pins = sorted(_PINS.iterdir())
        made = _BUILD / "sdk" / _digest([*pins, *documents, Path(__file__)])
        if not made.is_dir():
            _install(_digest(pins))
            _generate(documents, made)
        return made


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _install(version: str) -> None:
    installed = _BUILD / "installed"
    if installed.exists() and installed.read_text() == version:
        return
    for path in _PINS.iterdir():
        shutil.copy(path, _BUILD)
    subprocess.run(
        [_tool("npm"), "ci", "--ignore-scripts", "--loglevel=error"], cwd=_BUILD, check=True
    )
    # The extension expects its requirements in this folder of its own.
    home = _BUILD / "node_modules/@autorest/python/venv"
    venv.create(home, clear=True, with_pip=True)
    pip = [
        str(home / "bin/python"),
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
    ]
    subprocess.run([*pip, "--requirement", str(_BUILD / "requirements.txt")], check=True)
    installed.write_text(version)


def _generate(documents: Iterable[Path], target: Path) -> None:
    modules = _BUILD / "node_modules"
    new = target.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    subprocess.run(
        [
            _tool("node"),
            modules / "autorest/entrypoints/app.js",
            f"--version={modules / '@autorest/core'}",
            f"--use={modules / '@autorest/modelerfour'}",
            f"--use={modules / '@autorest/python'}",
            *("--python", "--azure-arm", "--add-credential=true", "--level=error"),
            # As the modeler of 2021 does: the one that is published is younger.
            "--modelerfour.treat-type-object-as-anything=true",
            *(f"--input-file={path}" for path in documents),
            f"--credential-scopes={_SCOPE}",
            *(f"--namespace={PACKAGE}", f"--package-name={PACKAGE}", "--package-version=0"),
            f"--output-folder={new}",
        ],
        env={**os.environ, "HOME": str(_BUILD / "home"), "PATH": _path()},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    new.replace(target)


def _path() -> str:
    return f"{os.environ['PATH']}:{_HERE.parents[1] / '.venv/bin'}"


def _tool(name: str) -> str:
    found = shutil.which(name, path=_path())
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; run scripts/setup-node.sh")
    return found
