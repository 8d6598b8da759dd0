"""Every command has help that fits the screen, an example, and a line in the docs."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import amlrest
import click
import pytest
from amlrest.cli.app import app, summary
from amlrest.cli.click_classes import Group
from amlrest.jobfile.kinds import KINDS
from click.testing import CliRunner

from tests.cli.command_tree import COMMANDS
from tests.cli.conftest import COMMAND, Run, clean_environment

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


GROUPS = {
    name: group
    for name in app.list_commands(click.Context(app))
    if isinstance(group := app.get_command(click.Context(app), name), Group)
}
PAGES = ["amlrest", *(f"amlrest {name}" for name in GROUPS), *COMMANDS]


@pytest.mark.parametrize("name", PAGES)
def test_help_fits_a_terminal_and_no_text_is_cut(name: str) -> None:
    done = CliRunner().invoke(
        app, [*name.split()[1:], "--help"], terminal_width=78
    )  # click leaves two columns free
    lines = done.output.partition("\nExample:")[0].splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line.endswith(("…", "..."))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_of_at_most_45_characters(name: str) -> None:
    options = [each for each in COMMANDS[name].params if isinstance(each, click.Option)]
    assert [each.opts[0] for each in options if not 0 < len(each.help or "") <= 45] == []


@pytest.mark.parametrize("name", app.list_commands(click.Context(app)))
def test_the_help_of_the_root_has_the_first_line_of_each_command(name: str) -> None:
    command = app.get_command(click.Context(app), name)
    assert command is not None
    assert command.help
    assert command.help.splitlines()[0] == summary(name)


def test_every_resource_of_a_yaml_file_belongs_to_one_group() -> None:
    readable = {name for kind in KINDS.values() for name in kind.classes.split()}
    owners = {
        name: [
            group.name
            for group in GROUPS.values()
            if group.resource
            and issubclass(getattr(amlrest, name), getattr(amlrest, group.resource))
        ]
        for name in readable - {"Code"}
    }
    assert {name: found for name, found in owners.items() if len(found) != 1} == {}
    assert {found[0] for found in owners.values()} == {
        group.name for group in GROUPS.values() if group.resource
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_an_example_that_calls_it(name: str) -> None:
    command = COMMANDS[name]
    text = command.get_help(click.Context(command, info_name=name))
    assert command.help
    assert name in text.partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_in_the_docs(name: str) -> None:
    docs = DOCS.read_text(encoding="utf-8")
    assert f"`{name}" in docs
    own = [p for p in COMMANDS[name].params if isinstance(p, click.Option) and p.expose_value]
    missing = [o.opts[0] for o in own if o.opts[0].startswith("--") and o.opts[0] not in docs]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_parameter_of_a_command_hides_a_global_option(name: str) -> None:
    names = [parameter.name for parameter in COMMANDS[name].params]
    assert sorted(names, key=str) == sorted(set(names), key=str)


CONNECTION = {"--subscription", "--resource-group", "--workspace", "--endpoint", "--api-version"}


@pytest.mark.parametrize("name", COMMANDS)
def test_only_a_command_that_connects_shows_how(name: str) -> None:
    command = COMMANDS[name]
    text = command.get_help(click.Context(command, info_name=name))
    assert {each for each in CONNECTION if each in text.partition("Global options:")[2]} == (
        set() if name.startswith(("amlrest local ", "amlrest config set")) else CONNECTION
    )


def test_an_option_that_is_not_shown_is_accepted_all_the_same(run: Run, tmp_path: Path) -> None:
    options = ["--subscription", "s", "-g", "g", "-w", "w", "-o", "json"]
    done = run("local", "down", "--state-dir", str(tmp_path), *options)
    assert (done.returncode, "not running" in done.stderr) == (0, False)
    assert "no local workspace is running" in done.stderr


def test_the_docs_name_no_command_that_is_not_there() -> None:
    names = set(app.list_commands(click.Context(app)))
    named = re.findall(r"amlrest ([a-z-]+)(?: ([a-z-]+))?", DOCS.read_text(encoding="utf-8"))
    known = {tuple(name.split()[1:]) for name in COMMANDS}
    unknown = [
        words
        for words in named
        if words[0] not in names or (words not in known and (words[0],) not in known and words[1])
    ]
    assert unknown == []


@pytest.mark.parametrize("arguments", [["--help"], ["job", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, json\nfrom amlrest.cli import main\n"
        f"status = main({arguments!r})\nprint(json.dumps([status, sorted(sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, modules = json.loads(done.stdout.splitlines()[-1])
    heavy = {"httpx", "mlflow", "attrs", "yaml", "azure.identity", "amlrest_client", "obstore"}
    assert status == 0
    assert heavy.isdisjoint(modules)
    if "job" not in arguments:
        assert [name for name in modules if name.startswith("amlrest.cli.commands.")] == []


@pytest.mark.parametrize(
    ("arguments", "near"), [(["jbo", "list"], "'job'"), (["compute", "strat", "x"], "'start'")]
)
def test_similar_names_are_suggested_for_a_misspelt_command(
    arguments: list[str], near: str, run: Run
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Did you mean" in done.stderr
    assert near in done.stderr


def test_an_unknown_command_is_a_usage_error(run: Run) -> None:
    done = run("jobs", "list")
    assert done.returncode == 2
    assert "No such command 'jobs'" in done.stderr
    assert done.stdout == ""


def in_shell(line: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", "-c", line],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "status"), [(["local", "status"], 0), (["job", "list", "--status", "Foo"], 0)]
)
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_does_no_harm(
    arguments: list[str],
    status: int,
    closed: str,
    local_workspace: "LocalWorkspace",
    tmp_path: Path,
) -> None:
    line = f"exec {shlex.join([*COMMAND, *arguments])} {closed}"
    environment = clean_environment(tmp_path) | local_workspace.environment()
    environment |= {"AMLREST_LOCAL_STATE": str(local_workspace.state_dir)}
    done = in_shell(line, environment)
    assert (done.returncode, "unexpected" in done.stderr) == (status, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="requires /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["api", "--help"], ["local", "status"]])
@pytest.mark.parametrize("full", [">/dev/full", "2>/dev/full", ">/dev/full 2>&1"])
def test_output_that_finds_no_room_is_one_error(
    arguments: list[str], full: str, local_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    """The device refuses every write, as a full disk does."""
    line = f"exec {shlex.join([*COMMAND, *arguments])} {full}"
    environment = clean_environment(tmp_path) | {"PYTHONUNBUFFERED": ""}
    environment |= {"AMLREST_LOCAL_STATE": str(local_workspace.state_dir)}
    done = in_shell(line, environment)
    says_nothing = arguments[-1] == "--help" and full == "2>/dev/full"
    assert done.returncode == (0 if says_nothing else 1)
    if full == ">/dev/full":
        assert done.stderr.splitlines()[-1] == "Error: [Errno 28] No space left on device"
    else:
        assert done.stderr == ""
