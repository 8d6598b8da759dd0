"""Files of the example: in the wheel, or in the checkout."""

from __future__ import annotations

import csv
import subprocess
import sys
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from amlrest.cli.errors import CommandError
from amlrest.cli.program import missing_local_extra

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "lightgbm-iris"
_CHECKOUT = Path(__file__).resolve().parents[4]
_SPECIES = "species"
_FIRST, _STEP = 10, 25
"""Rows to predict: two of each class."""


class Flower(NamedTuple):
    """One row of the data.

    Attributes:
        measures: features by name.
        species: its class.
    """

    measures: dict[str, float]
    species: str


@contextmanager
def folder() -> Iterator[Path]:
    """Yield the folder of the example.

    Raises:
        CommandError: the installation has no example.
    """
    packed = resources.files("amlrest").joinpath("examples", _NAME)
    checkout = _CHECKOUT / "examples" / _NAME
    if packed.is_dir():
        with resources.as_file(packed) as path:
            yield path
    elif checkout.is_dir():
        yield checkout
    else:
        raise CommandError(
            f"the example {_NAME} is not part of this installation; install a wheel or a checkout"
        )


def prepare(files: Path, into: Path) -> Path:
    """Write iris.csv with the script of the example.

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
            f"prepare_data.py failed: {last[0]}",
            hint=missing_local_extra(),
        )
    return target


def flowers(table: Path) -> list[Flower]:
    """Return a few rows of the data."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[_FIRST::_STEP]
    return [
        Flower({name: float(row[name]) for name in row if name != _SPECIES}, row[_SPECIES])
        for row in rows
    ]
