"""The notebook in examples runs in a real kernel; its results are compared with MLflow's."""

import json
import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from amlrest._readable import number
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "examples/iris.ipynb"
PROBE = """
import json
import mlflow
store = mlflow.MlflowClient(f"sqlite:///{folder}/workspace/mlflow.db")
numbers = [each.experiment_id for each in store.search_experiments()]
runs = {run.info.run_name: run for run in store.search_runs(numbers)}
tried = {name: run for name, run in runs.items() if name.startswith(f"{sweep.name}_")}
print(json.dumps({
    "token": local.token,
    "pid": local.pid,
    "sweep": sweep.name,
    "best": trials.best.name,
    "frame": {name: row.loss for name, row in frame.iterrows()},
    "metrics": {name: run.data.metrics["loss"] for name, run in tried.items()},
    "history": {
        name: [each.value for each in store.get_metric_history(run.info.run_id, "loss")]
        for name, run in tried.items()
    },
    "job": runs[job.name].data.metrics["loss"],
}))
"""
VOID = {"br", "img", "hr"}


class Balanced(HTMLParser):
    """Checks that every tag is closed, innermost first, and that no script is there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class Recorder(NotebookClient):
    """Runs a notebook and keeps what its outputs were replaced with."""

    shown: list[dict[str, Any]]

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] in ("display_data", "update_display_data"):
            self.shown.append(msg["content"]["data"])
        return super().process_message(msg, cell, cell_index)


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_notebook_is_kept_without_outputs() -> None:
    for cell in code_cells(read()):
        assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.slow
def test_the_notebook_runs_and_says_what_mlflow_says(tmp_path: Path) -> None:
    notebook = read()
    probe = nbformat.v4.new_code_cell(PROBE)  # type: ignore[no-untyped-call]
    notebook.cells.insert(-1, probe)
    client = Recorder(notebook, timeout=200, resources={"metadata": {"path": str(tmp_path)}})
    client.shown = []
    client.execute()
    assert [*tmp_path.iterdir()] == []

    found = json.loads(next(each.text for each in probe.outputs if each.get("name") == "stdout"))
    with pytest.raises(ProcessLookupError):
        os.kill(found["pid"], 0)
    notebook.cells.remove(probe)
    assert found["token"] not in json.dumps(notebook)

    assert len(found["metrics"]) == 4
    assert found["frame"] == pytest.approx(found["metrics"])
    lowest = min(found["history"], key=lambda name: min(found["history"][name]))
    assert found["best"] == lowest

    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert {output.output_type for output in outputs} == {"display_data", "execute_result"}
    assert sum("image/png" in output.data for output in outputs) == 2
    pages = [output.data["text/html"] for output in outputs if "text/html" in output.data]
    for page in pages:
        Balanced(page)
    assert repr({"loss": found["job"]}) in [each.data["text/plain"] for each in outputs]
    check_progress([each.get("text/html", "") for each in client.shown], found)


def check_progress(shown: list[str], found: dict[str, Any]) -> None:
    """The outputs were replaced while the jobs ran; the last one of the sweep has its best trial."""
    assert any("uploaded 2 files" in each for each in shown)
    assert any("Running" in each and "<table>" not in each for each in shown)
    of_sweep = [each for each in shown if found["sweep"] in each and "<table>" in each]
    assert any("Running" in each for each in of_sweep)
    last = of_sweep[-1]
    assert "4/4 trials: 4 completed" in last
    first_row = last.partition("<tbody>")[2].partition("</tr>")[0]
    assert "★" in first_row
    assert number(found["metrics"][found["best"]]) in first_row
