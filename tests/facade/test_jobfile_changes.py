"""Values that replace those of a YAML file, at paths of keys."""

from pathlib import Path
from typing import Any

import pytest
from amlrest import jobfile
from amlrest.errors import ValidationError

JOB = """\
type: command
command: train ${{inputs.rate}}
inputs:
  rate: 3
  table: {type: uri_file, path: https://example.com/a.csv}
environment: {image: a}
compute: azureml:cpu-cluster
services:
  lab: {type: ssh, ssh_public_keys: k}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "job.yml"
    path.write_text(JOB, encoding="utf-8")
    return path


def read(file: Path, **changes: str) -> Any:
    return jobfile.open_file(file, changes=changes).value


def test_a_value_takes_the_place_of_the_files(file: Path) -> None:
    changes = {"inputs.rate": "0.5", "inputs.table.path": "https://example.com/b.csv"}
    job = read(file, **changes)
    assert job.inputs["rate"].value == 0.5
    assert job.inputs["table"].data == "https://example.com/b.csv"


def test_keys_that_are_missing_are_added(file: Path) -> None:
    job = read(
        file, **{"limits.timeout": "90", "tags.team": "vision", "resources": "{instance_count: 2}"}
    )
    assert job.timeout.total_seconds() == 90
    assert job.tags == {"team": "vision"}
    assert job.instance_count == 2


def test_an_empty_value_counts_as_absent(file: Path) -> None:
    assert read(file, compute="").compute is None


def test_an_item_of_a_list_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "sweep.yml"
    file.write_text(
        "type: sweep\n"
        "trial: {command: 'train ${{search_space.a}}', environment: {image: a}}\n"
        "compute: azureml:cpu-cluster\n"
        "search_space: {a: {type: choice, values: [1, 2]}}\n"
        "objective: {goal: minimize, primary_metric: loss}\n"
    )
    sweep = read(file, **{"search_space.a.values[1]": "7"})
    assert list(sweep.search_space["a"].values) == [1, 7]


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("limits.timeot", "5", "limits.timeot: unknown key; did you mean 'timeout'?"),
        ("inputs.rate.path", "a.csv", "inputs.rate is not a mapping, so it has no key 'path'"),
        ("inputs[0]", "1", "inputs has no item 0"),
        ("limits", "{timeout: [", "limits: not valid YAML"),
        ("", "1", "invalid path ''"),
        ("a..b", "1", "invalid path 'a..b'; use KEY.KEY or KEY[0].KEY"),
    ],
)
def test_what_cannot_be_is_refused_by_path(file: Path, path: str, text: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(file, **{path: text})
    assert message in str(caught.value)


def test_the_problems_of_the_file_and_of_new_values_come_together(file: Path) -> None:
    with pytest.raises(ValidationError) as caught:
        read(file, **{"limits.timeout": "soon", "compte": "cpu"})
    assert len(str(caught.value).splitlines()) == 2
