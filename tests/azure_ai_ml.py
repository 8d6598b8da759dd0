"""The official azure-ai-ml, in an environment of its own.

It is installed into ``build/azure-ai-ml`` on first use, with the versions of ``azure-ai-ml.txt``.
"""

import fcntl
import subprocess
import venv
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PINS = Path(__file__).with_name("azure-ai-ml.txt")
_VENV = _ROOT / "build" / "azure-ai-ml"


def interpreter() -> Path:
    """Return the Python that has azure-ai-ml; concurrent tests install it once."""
    _VENV.parent.mkdir(exist_ok=True)
    with _VENV.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _installed()


def _installed() -> Path:
    python, made = _VENV / "bin" / "python", _VENV / ".made"
    pins = _PINS.read_text(encoding="utf-8")
    if not (made.exists() and made.read_text(encoding="utf-8") == pins):
        venv.create(_VENV, clear=True, with_pip=True)
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "--requirement", str(_PINS)], check=True)
        made.write_text(pins, encoding="utf-8")
    return python
