"""Worker of a batch job: loads the scoring script or MLflow model, and scores mini-batches.

Arguments: the file descriptor of the connection to the driver, the level of the log, the scoring
script or "", and the path of the model. It first sends ``("", )`` when it is ready, or an error.
Then it receives lists of paths, and sends ``(rows, number of files that were scored, error)``.
"""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import io
import json
import logging
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Scored = tuple[str, int, str]

_NUMBERS = "biuf"


class LoadError(Exception):
    """The scoring script or the model cannot be used; the message says why."""


def main(arguments: Sequence[str]) -> None:
    """Serve the driver until it closes the connection."""
    descriptor, level, script, model = arguments
    write_whole_lines()
    logging.basicConfig(
        level=level.upper(), format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr
    )
    connection = Connection(int(descriptor))
    try:
        score = _scorer(script, model)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of the user
        connection.send((explain(error),))
        return
    connection.send(("",))
    with contextlib.suppress(EOFError):
        while True:
            connection.send(_attempt(score, connection.recv()))


def write_whole_lines() -> None:
    """Write each line at once, as soon as it ends.

    Unbuffered, as jobs run, ``print`` writes its arguments one by one, between those of other
    workers. With a buffer, lines would be lost when the driver ends the worker.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, write_through=False)


def _attempt(score: Callable[[list[str]], Scored], files: list[str]) -> Scored:
    try:
        return score(files)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of the user
        return "", 0, explain(error)


def explain(error: BaseException) -> str:
    """Return an error with its traceback, without the frames of this file."""
    if isinstance(error, LoadError):
        return str(error)
    frames = [
        each for each in traceback.extract_tb(error.__traceback__) if each.filename != __file__
    ]
    head = ["Traceback (most recent call last):\n", *traceback.format_list(frames)]
    lines = (head if frames else []) + traceback.format_exception_only(type(error), error)
    return "".join(lines).rstrip()


def _scorer(script: str, model: str) -> Callable[[list[str]], Scored]:
    if script:
        run = load_script(Path(script).resolve())
        return lambda files: scored(run(files), len(files))
    found = MlflowModel(model)
    return lambda files: (as_text(found.run(files)), len(files), "")


def load_script(path: Path) -> Callable[[list[str]], Any]:
    """Return ``run`` of a scoring script, after its ``init`` was called.

    Raises:
        LoadError: it is not a scoring script.
    """
    sys.path[0] = str(path.parent)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise LoadError(f"{path.name} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    for name in ("init", "run"):
        if not callable(getattr(module, name, None)):
            raise LoadError(f"{path.name} has no function {name}()")
    module.init()
    run: Callable[[list[str]], Any] = module.run
    return run


def scored(found: Any, files: int) -> Scored:
    """Return what ``run`` has returned; a list has one element for each file that was scored.

    Raises:
        TypeError: it is neither a list nor a data frame.
    """
    if isinstance(found, (str, bytes, dict)) or not hasattr(found, "__len__"):
        kind = type(found).__name__
        raise TypeError(f"run() returned {kind}; return a list or a pandas DataFrame")
    return as_text(found), min(files, len(found)), ""


def as_text(found: Any) -> str:
    """Return a list as a line for each element, a data frame as rows separated by spaces."""
    if hasattr(found, "to_csv"):
        rows: str = found.to_csv(sep=" ", header=False, index=False)
        return rows
    return "".join(f"{element}\n" for element in found)


class MlflowModel:
    """An MLflow model that scores tables.

    Args:
        folder: folder with ``MLmodel``, or with one folder that has it.
    """

    def __init__(self, folder: str) -> None:
        import mlflow.pyfunc

        self._model = mlflow.pyfunc.load_model(str(_mlflow_folder(Path(folder))))
        self._types = _column_types(self._model.metadata.get_input_schema())

    def run(self, files: Sequence[str]) -> list[str]:
        """Return CSV lines: number of the row in its file, prediction, name of the file."""
        lines: list[str] = []
        for file in files:
            path = Path(file)
            try:
                prediction = self._model.predict(self._read(path))
            except Exception as error:
                raise ValueError(f"cannot score the input file {path.name!r}: {error}") from error
            lines += prediction_lines(prediction, path.name)
        return lines

    def _read(self, path: Path) -> Any:
        import pandas as pd

        if path.suffix.lower() != ".csv":
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=self._types)


def _mlflow_folder(model: Path) -> Path:
    inside = sorted(path.parent for path in model.glob("*/MLmodel"))
    return inside[0] if inside and not (model / "MLmodel").is_file() else model


def _column_types(schema: Any) -> dict[str, Any]:
    """Return the types of the numeric columns of a signature, which MLflow enforces."""
    if schema is None or schema.is_tensor_spec() or not schema.has_input_names():
        return {}
    pairs = zip(schema.input_names(), schema.pandas_types())  # noqa: B905 - Python 3.8
    return {name: kind for name, kind in pairs if getattr(kind, "kind", "") in _NUMBERS}


def prediction_lines(prediction: Any, name: str) -> list[str]:
    """Return a CSV line for each row of a prediction."""
    values = prediction.to_numpy() if hasattr(prediction, "to_numpy") else prediction
    rows = values.tolist() if hasattr(values, "tolist") else list(values)
    return [_line([number, _cell(row), name]) for number, row in enumerate(rows)]


def _cell(row: Any) -> Any:
    if isinstance(row, list) and len(row) == 1:
        return row[0]
    return json.dumps(row, default=str) if isinstance(row, (list, dict)) else row


def _line(values: Sequence[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
