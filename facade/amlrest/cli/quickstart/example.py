"""The example's files: packed in the wheel, or in the checkout beside it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "lightgbm-iris"
_CHECKOUT = Path(__file__).resolve().parents[4]


@contextmanager
def folder() -> Iterator[Path]:
    """Yield the folder with the example.

    Raises:
        CommandError: it is nowhere.
    """
    packed = resources.files("amlrest").joinpath("examples", _NAME)
    beside = _CHECKOUT / "examples" / _NAME
    if packed.is_dir():
        with resources.as_file(packed) as path:
            yield path
    elif beside.is_dir():
        yield beside
    else:
        raise CommandError(f"the example {_NAME} is not part of this installation")


def prepare(files: Path, into: Path) -> Path:
    """Write iris.csv with the example's own script.

    Args:
        files: folder of the example.
        into: folder for the data.

    Raises:
        CommandError: the script failed.
    """
    target = into / "iris.csv"
    arguments = [sys.executable, str(files / "prepare_data.py"), "--output", str(target)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise CommandError(
            f"prepare_data.py could not write the Iris data: {last[0]}",
            hint="scikit-learn and pandas come with: pip install 'amlrest[local]'",
        )
    return target
