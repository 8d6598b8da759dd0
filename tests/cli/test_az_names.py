"""Command lines of `az ml`: docs/az-ml.md says what works, and what to use instead."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from amlrest.cli import az_names
from amlrest.cli.app import app
from amlrest.cli.click_classes import Group
from click.testing import CliRunner

from tests.cli.command_tree import COMMANDS
from tests.cli.conftest import Run

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

PAGE = (Path(__file__).parents[2] / "docs/az-ml.md").read_text(encoding="utf-8")
SAME, DIFFERENT = (
    [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()]
    for part in (PAGE.partition("## Different")[0], PAGE.partition("## Different")[2])
)
ACCEPTED = [row for row in SAME if len(row) == 3 and row[0].startswith("`az ml ")]
INSTEAD = [row for row in DIFFERENT if len(row) == 2 and "`" in row[0]]


def resolve(words: list[str]) -> click.Command:
    """Return the command that a command line calls."""
    command: click.Command = app
    context = click.Context(app, info_name="amlrest")
    while words and isinstance(command, click.Group):
        _, found, words = command.resolve_command(context, words)
        assert found is not None
        command = found
        context = click.Context(found, info_name=found.name, parent=context)
    return command


def spellings(command: click.Command) -> set[str]:
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {text for each in options for text in (*each.opts, *each.secondary_opts)}


@pytest.mark.parametrize("row", ACCEPTED, ids=lambda row: row[0].strip("`"))
def test_a_command_line_that_is_the_same_is_accepted(row: list[str]) -> None:
    command = resolve(row[0].strip("`").split()[2:])
    assert not isinstance(command, click.Group)
    assert {*re.findall(r"--?[a-z][a-z-]*", row[1])} - spellings(command) == set()
    for named in re.findall(r"`([a-z]+(?:-[a-z]+)* [a-z-]+)`", row[2]):
        assert f"amlrest {named}" in COMMANDS


@pytest.mark.parametrize("row", INSTEAD, ids=lambda row: row[0][:40])
def test_what_to_use_instead_exists(row: list[str]) -> None:
    for line in re.findall(r"`amlrest ([^`]+)`", row[1]):
        words = line.split()
        command = resolve([word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)])
        assert {word for word in words if word.startswith("-")} - spellings(command) == set()


@pytest.mark.parametrize("name", az_names.SAME_AS)
def test_another_name_is_that_of_a_command(name: str) -> None:
    group = app.get_command(click.Context(app), name)
    assert isinstance(group, Group)
    known = set(group.list_commands(click.Context(group)))
    assert {*az_names.SAME_AS[name].values()} <= known
    assert known.isdisjoint({*az_names.SAME_AS[name], *az_names.INSTEAD.get(name, {})})


@pytest.mark.parametrize(
    "words",
    [
        [*filter(lambda each: each != "amlrest", [g]), c]
        for g in az_names.INSTEAD
        for c in az_names.INSTEAD[g]
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_there_says_what_to_use_and_is_in_the_page(words: list[str]) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert f"has no {words[-1]!r}; " in done.output
    assert " ".join(words) in PAGE or words[-1] in {"ml", "login", "configure"}


@pytest.mark.parametrize("option", az_names.OPTIONS_INSTEAD)
def test_an_option_that_is_not_there_says_what_to_use(option: str) -> None:
    done = CliRunner().invoke(app, ["compute", "list", option])
    assert done.exit_code == 2
    assert f"has no {option}; {az_names.OPTIONS_INSTEAD[option]}" in done.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("job show", "Missing argument 'NAME'"),
        ("job creat -f x", "No such command 'creat'. Did you mean 'create'?"),
        ("job lst", "Did you mean 'list'?"),
        ("job show a --name b", "unexpected extra argument"),
        ("job show --nam a", "No such option '--nam'"),
        ("data show iris:1 --version 2", "iris:1 has a version; leave out --version"),
        ("compute create x -t computeinstance --size s --max 3", "a compute instance has no --min"),
        ("job update x --set command=true -w w", "no workspace"),
        ("online-endpoint update -n x", "Missing argument 'DEPLOYMENT=PERCENT"),
    ],
)
def test_what_is_missing_or_twice_is_told(line: str, said: str, run: Run) -> None:
    done = run(*line.split())
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", ["x.yml --set a=1 b=2", "--set a=1 b=2 -f x.yml", "--set=a=1 b=2 -f x.yml"]
)
def test_an_option_takes_several_values(words: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("command: ls\nenvironment: {image: i}\n")
    done = run("job", "validate", *words.split(), "--api-version", "2024-10-01")
    assert [name in done.stderr for name in ("a: unknown key", "b: unknown key")] == [True, True]


@pytest.mark.slow
def test_options_and_arguments_are_the_same(
    amlrest: Run, local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    later = ("--api-version", "2024-10-01")
    made = [
        "data",
        "create",
        "-n",
        "az-names",
        "-p",
        "table.csv",
        "-t",
        "uri_file",
        "-v",
        "7",
        "--tags",
        "kind=table",
    ]
    assert amlrest(*made).returncode == 0
    as_argument = amlrest("data", "show", "az-names:7", "-o", "jsonc")
    as_options = amlrest("data", "show", "--name", "az-names", "--version", "7", "-o", "json")
    assert as_argument.stdout == as_options.stdout != ""
    assert amlrest("data", "show", "-n", "az-names", "-o", "none").stdout == ""
    archived = amlrest("data", "archive", "-n", "az-names", "-v", "7", *later)
    assert archived.returncode == 0, archived.stderr
    versions = ("data", "list", "-n", "az-names", "--query", "[].name", "-o", "tsv", *later)
    assert amlrest(*versions).stdout == ""
    assert amlrest(*versions, "--archived-only").stdout == "7\n"
    assert amlrest(*versions, "--include-archived").stdout == "7\n"
    assert amlrest("data", "restore", "az-names", *later).returncode == 0
    assert amlrest(*versions).stdout == "7\n"
    changed = amlrest("data", "update", "az-names:7", "--set", "tags.stage=done")
    assert changed.returncode == 0, changed.stderr
    shown = amlrest("data", "show", "az-names", "--query", "properties.tags", "-o", "tsv")
    assert sorted(shown.stdout.split()) == ["done", "table"]
    refused = amlrest("job", "list", "--archived-only")
    assert (refused.returncode, "needs API version 2022-05-01" in refused.stderr) == (1, True)
