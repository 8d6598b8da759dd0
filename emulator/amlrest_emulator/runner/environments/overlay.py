"""Overlays: a virtual environment of one job on top of a shared one, for what the job installs."""

from __future__ import annotations

import site
from pathlib import Path

_PTH = "amlrest-shared.pth"
_LAST_PTH = "amlrest-workspace.pth"  # in the order of their names
# The pip of the shared environment would install there.
_PIP = '#!/bin/sh\nexec "$(dirname -- "$0")/python" -m pip "$@"\n'


def make_overlay(folder: Path, shared: Path) -> None:
    """Make a virtual environment that has what another one has, by reference.

    Args:
        folder: its folder, which does not exist.
        shared: folder of the other one.
    """
    for packages in shared.glob("lib/python*/site-packages"):
        own = folder / packages.relative_to(shared)
        own.mkdir(parents=True)
        (own / _PTH).write_text(_adding(packages))
    # Packages look for libraries and data below sys.prefix.
    for path in (*shared.iterdir(), *shared.glob("lib/*")):
        if path.name not in {"bin", "lib", "pyvenv.cfg"} and not path.match("lib/python*"):
            own = folder / path.relative_to(shared)
            own.symlink_to(path.readlink() if path.is_symlink() else path)
    (folder / "pyvenv.cfg").write_bytes((shared / "pyvenv.cfg").read_bytes())
    (folder / "bin").mkdir()
    for path in shared.glob("bin/python*"):
        if path.is_symlink():
            (folder / path.relative_to(shared)).symlink_to(path.readlink())
    for name in ("pip", "pip3"):
        script = folder / "bin" / name
        script.write_text(_PIP)
        script.chmod(0o755)


def add_packages(folder: Path, packages: list[Path]) -> None:
    """Let an overlay find the packages of other folders, after its own and the shared ones."""
    for own in folder.glob("lib/python*/site-packages"):
        (own / _LAST_PTH).write_text("".join(map(_adding, packages)))


def _adding(packages: Path) -> str:
    return f"import site; site.addsitedir({str(packages)!r})\n"


def host_packages() -> list[Path]:
    """Return the folders with the packages of this Python."""
    found = site.getsitepackages() + ([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])
    return [Path(path) for path in found if Path(path).is_dir()]
