"""Tiny wheels in a folder, from which uv installs without any index."""

from __future__ import annotations

import zipfile
from pathlib import Path

SEEDS = ("pip", "setuptools", "wheel")


def write_wheel(folder: Path, name: str, version: str = "1.0", source: str = "") -> Path:
    """Write a wheel of one module, which has ``__version__`` and what ``source`` adds."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    files = {
        f"{module}.py": f"__version__ = {version!r}\n{source}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{module}-version = {module}:main\n",
    }
    files[f"{module}.py"] += "def main():\n    print(__version__)\n"
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(member, text)
    return path


def write_slow_source(folder: Path, name: str, marker: Path) -> Path:
    """Write a source distribution whose build writes its process id to a file and then hangs."""
    root = f"{name}-1.0"
    setup = (
        "import os, time, pathlib\n"
        f"pathlib.Path({str(marker)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(600)\n"
    )
    files = {
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "backend.py": setup,
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{root}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in files.items():
            archive.writestr(f"{root}/{member}", text)
    return path


def wheel_folder(folder: Path) -> Path:
    """Return a folder with stand-ins for what every environment has, and the package ``greeting``."""
    for name in (*SEEDS, "greeting"):
        write_wheel(folder, name)
    return folder
