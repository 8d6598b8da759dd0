"""Results in every output format, and what a query selects from them."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from amlrest import CommandJob, jobfile
from amlrest.cli import results
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
JOBS = [
    {"name": "a", "status": "Failed", "tags": {"x": "1"}, "tries": 2},
    {"name": "b\tc", "status": "Completed", "tags": {}, "tries": None},
]


@given(VALUES, st.booleans())
def test_json_and_yaml_are_read_back_by_their_parsers(value: Any, is_ascii: bool) -> None:
    as_json = results.as_json(value, is_ascii=is_ascii)
    assert json.loads(as_json) == value
    as_yaml = results.as_yaml(value, is_ascii=is_ascii)
    assert yaml.safe_load(as_yaml) == value
    assert not is_ascii or (as_json.isascii() and as_yaml.isascii())


@given(st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4)))
def test_tsv_has_a_line_for_each_item(items: list[dict[str, Any]]) -> None:
    lines = results.as_tsv(items).split("\n")
    assert lines.pop() == ""
    assert [line.count("\t") + 1 for line in lines] == [len(item) for item in items]


@pytest.mark.parametrize("text", ["\x85", "a\u2028b", "\u2029", "ä\x85"])
def test_line_breaks_of_unicode_are_kept(text: str) -> None:
    for value in ({text: None}, {"key": text}, [text]):
        assert yaml.safe_load(results.as_yaml(value, is_ascii=False)) == value
    job = CommandJob(command="true", environment="e:1", compute="c", tags={text: text})
    assert jobfile.loads(jobfile.dumps(job)).tags == {text: text}


def test_nan_and_infinity_are_null() -> None:
    value = {"a": [float("nan"), 1.5], "b": float("-inf")}
    assert json.loads(results.as_json(value, is_ascii=True)) == {"a": [None, 1.5], "b": None}


@pytest.mark.parametrize(
    ("query", "tsv"),
    [
        ("[].name", "a\nb c\n"),
        ("[?status=='Failed'].[name, tries]", "a\t2\n"),
        ("[].[name, tries, tags]", "a\t2\t1\nb c\t\t0\n"),
        ("[0].status", "Failed\n"),
        ("length(@)", "2\n"),
        ("[0].nothing", ""),
        ("[0].tries > `1`", "true\n"),
    ],
)
def test_queries_select_as_in_az(query: str, tsv: str) -> None:
    assert results.as_tsv(results.select(JOBS, query)) == tsv


def test_selected_objects_are_a_table() -> None:
    selected = results.select(JOBS, "[].{name: name, tries: tries}")
    assert results.as_table(selected, 0) == ["NAME  TRIES", "a         2", "b c"]
    assert results.as_table(results.select(JOBS, "[0].{n: name}"), 0) == ["n  a"]
    assert results.as_table(results.select(JOBS, "[].status"), 0) == ["Failed", "Completed"]
    assert results.as_table(results.select(JOBS, "[].[name, tries]"), 0) == ["a    2", "b c"]


RESOURCE = {"name": "a", "properties": {"status": "Failed", "scoringUri": "https://x", "d": None}}


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("status", "properties.status"),
        ("scoring_uri", "properties.scoringUri"),
        ("{n: name, s: status}", "properties.status"),
        ("[?status=='Failed'].name", "properties.status"),
        ("[].[name, status]", "properties.status"),
        ("name", ""),
        ("properties.status", ""),
        ("{status: properties.status}", ""),
        ("[?properties.status=='Other'].name", ""),
        ("[?name=='status'].name", ""),
    ],
)
def test_a_query_for_what_az_has_elsewhere_is_told(query: str, meant: str) -> None:
    value = [RESOURCE, RESOURCE] if query.startswith("[") else RESOURCE
    note = results.nothing_selected(results.select(value, query), value, query)
    assert note.rpartition("did you mean ")[2] == (f"{meant!r}?" if meant else "")


def test_a_query_for_what_is_not_there_is_told() -> None:
    assert results.nothing_selected(None, RESOURCE, "nothing") == "--query selected nothing"


@pytest.mark.parametrize("query", ["[0", "name ==", "", "foo(@)"])
def test_an_expression_that_is_not_one_is_a_usage_error(query: str) -> None:
    with pytest.raises(click.UsageError, match="invalid JMESPath"):
        results.select(JOBS, query)


@pytest.mark.slow
def test_every_format_of_a_list(amlrest: Run) -> None:
    as_json = json.loads(amlrest("compute", "list", "-o", "json").stdout)
    names = [compute["name"] for compute in as_json]
    assert yaml.safe_load(amlrest("compute", "list", "-o", "yaml").stdout) == as_json
    tsv = amlrest("compute", "list", "-o", "tsv").stdout.splitlines()
    assert [line.split("\t")[0] for line in tsv] == names
    assert amlrest("compute", "list", "--query", "[].name", "-o", "tsv").stdout.split() == names
    assert amlrest("--query", "[0].name", "compute", "list").stdout.strip() == names[0]
    wrong = amlrest("compute", "list", "--query", "[")
    assert (wrong.returncode, wrong.stdout) == (2, "")


@pytest.mark.slow
def test_a_workspace_is_set_for_a_folder(run: Run, tmp_path: Path) -> None:
    assert "nothing is set" in run("config", "show").stderr
    done = run("config", "set", "subscription=s-1", "resource-group=g", "workspace=w")
    assert done.returncode == 0, done.stderr
    file = tmp_path / ".azureml/config.json"
    assert json.loads(file.read_text()) == {
        "subscription_id": "s-1",
        "resource_group": "g",
        "workspace_name": "w",
    }
    (tmp_path / "below").mkdir()
    shown = json.loads(run("config", "show", "-w", "other", "-o", "json").stdout)
    assert shown["workspace"] == {"value": "other", "source": "arguments"}
    assert shown["resource_group"] == {"value": "g", "source": str(file)}
    assert run("config", "set", "workspace=").returncode == 0
    assert "workspace" not in json.loads(run("config", "show", "-o", "json").stdout)
    inherited = run("config", "set", "workspace=w", "resource_group=h", AZURE_RESOURCE_GROUP="e")
    assert inherited.stderr.splitlines()[1:] == [
        "note: the environment comes first: resource_group is e"
    ]
    refused = run("config", "set", "endpoint=https://example.com")
    assert refused.returncode == 2
    assert "endpoint" not in file.read_text()
