"""Printed commands: how a shell calls this program, and how pip installs the extra ``local``."""

# ruff: noqa: PTH100, PTH110, PTH118, PTH119
# Every start imports this module; importing pathlib would be a tenth of its time.

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys

LOCAL_EXTRA = ("lightgbm", "matplotlib", "mlflow", "sklearn", "starlette", "uvicorn")
"""Modules of the packages in the extra ``local``."""


def program() -> str:
    """Return this program as a shell in the current folder can call it."""
    folder, name = os.path.split(sys.argv[0])
    if name == "__main__.py" and os.path.basename(folder) == "amlrest":
        return f"{_shortest(sys.executable)} -m amlrest"
    return _shortest(sys.argv[0]) if name == "amlrest" else "amlrest"


def install_local_extra() -> str:
    """Return a hint: the pip command that installs what a local workspace needs."""
    pip = f"{_shortest(sys.executable)} -m pip install"
    return f"install what a local workspace needs:\n    {pip} {shlex.join(_requirements())}"


def missing_local_extra() -> str:
    """Return that hint if a package of the extra ``local`` is missing, else an empty text."""
    from importlib.util import find_spec

    missing = [name for name in LOCAL_EXTRA if find_spec(name) is None]
    return install_local_extra() if missing else ""


def _shortest(executable: str) -> str:
    """Return the name if PATH finds this very file, else the shorter of its two paths."""
    absolute, name = os.path.abspath(executable), os.path.basename(executable)
    if shutil.which(name) == absolute:
        return shlex.quote(name)
    relative = os.path.join(".", os.path.relpath(absolute))
    if relative.count("/") > 1:
        relative = relative.removeprefix("./")
    return shlex.quote(min(absolute, relative, key=len))


def _requirements() -> list[str]:
    """Return arguments of pip: the checkout or wheel with the extra, else the extra's packages."""
    import json
    from importlib.metadata import distribution
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    installed = distribution("amlrest")
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    source = urlsplit(origin.get("url", ""))
    path = url2pathname(source.path)
    if source.scheme == "file" and os.path.exists(path):
        editable = ["--editable"] if origin.get("dir_info", {}).get("editable") else []
        return [*editable, f"{path}[local]"]
    return [
        name.strip()
        for name, _, marker in (text.partition(";") for text in installed.requires or [])
        if re.search(r"extra == ['\"]local['\"]", marker)
    ]
