"""Every command, on terminals of two sizes and in a pipe: what holds for all of them.

The calls are in `cases.py`. They are run in its order by each of three tests, and share what is
slow: one local workspace and the start of Python.
"""

import json
import re
import socket
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from tests.cli import fork_server
from tests.cli.cases import CASES, Case, write_files
from tests.cli.command_tree import COMMANDS
from tests.cli.conftest import clean_environment
from tests.cli.fork_server import Commands, Done, Size
from tests.cli.terminal import left_on_screen

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SECRETS = re.compile(r"c2VjcmV0LWtleQ|[?&]sig=|AccountKey=")
HEADINGS = re.compile(r" *[A-Z]+(  +\S+)*  +[A-Z]+$")
EXCEPTION = re.compile(r"File \"[^\"]*/amlrest(_client)?/|Error: unexpected ")
SMALL, LARGE = Size(80, 24), Size(200, 50)


def command_of(case: Case) -> str:
    """Return the name of the command that a case calls."""
    words = ["amlrest", *case.line.split()]
    names = (" ".join(words[:count]) for count in (3, 2))
    return next((name for name in names if name in COMMANDS), case.line)


def test_every_command_has_a_case() -> None:
    missing = {*COMMANDS} - {command_of(case) for case in CASES}
    assert not missing, f"add cases for them to CASES in tests/cli/cases.py: {sorted(missing)}"


def test_every_case_calls_a_command() -> None:
    assert [case.line for case in CASES if command_of(case) not in COMMANDS] == []


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    with fork_server.serving() as found:
        yield found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace that serves its deployments, which that of the session does not."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local")) as found:
        yield found


@pytest.fixture
def commands(
    server: socket.socket, workspace: "LocalWorkspace", tmp_path: Path
) -> Iterator[Commands]:
    environment = clean_environment(tmp_path) | workspace.environment()
    found = Commands(server, tmp_path, environment)
    yield found
    for state in tmp_path.glob("state-*"):
        found.in_pipe("local", "down", "--state-dir", str(state))


def failures(
    commands: Commands, check: Callable[[Case, str, list[str]], Iterator[str]]
) -> list[str]:
    """Run all cases in their order; return what is wrong, each with its command line."""
    run = uuid.uuid4().hex[:6]
    write_files(commands.folder, run)
    found = []
    for case in CASES:
        arguments = case.arguments(run)
        found += [f"{' '.join(arguments)}: {wrong}" for wrong in check(case, run, arguments)]
    return found


def common(case: Case, run: str, done: Done, secret: str) -> Iterator[str]:
    """Yield what is wrong with the output of a command anywhere."""
    printed = done.stdout + done.stderr
    flowing = " ".join(printed.split())
    if done.status != case.status:
        yield f"exit status {done.status}: {printed[-2000:]}"
    if EXCEPTION.search(printed):
        yield f"an exception: {printed[-2000:]}"
    if case.has.replace("{run}", run) not in flowing:
        yield f"lacks {case.has!r}: {printed[-2000:]}"
    if not case.is_secret and (secret in printed or SECRETS.search(printed)):
        yield "prints a secret"


@pytest.mark.slow
@pytest.mark.timeout(900)  # a call costs little, but all of them much on a busy machine
@pytest.mark.parametrize(
    ("size", "variables"),
    [(SMALL, {}), (LARGE, {"NO_COLOR": "1"})],
    ids=["80x24", "200x50 without colours"],
)
def test_on_a_terminal(
    size: Size,
    variables: dict[str, str],
    commands: Commands,
    workspace: "LocalWorkspace",
) -> None:
    secret = workspace.token

    def check(case: Case, run: str, arguments: list[str]) -> Iterator[str]:
        done = commands.on_terminal(size, *arguments, variables=variables)
        yield from common(case, run, done, secret)
        if variables and COLOUR.search(done.stdout):
            yield "colours although NO_COLOR is set"
        left = left_on_screen(COLOUR.sub("", done.stdout))
        if "\x1b" in "".join(left):
            yield f"leaves escapes on the screen: {left}"
        table = dropwhile(lambda line: not HEADINGS.match(line), left)
        yield from (f"wider than the screen: {e}" for e in table if len(e) > size.columns)

    assert not (found := failures(commands, check)), "\n".join(found)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_in_a_pipe(commands: Commands, workspace: "LocalWorkspace") -> None:
    secret = workspace.token

    def check(case: Case, run: str, arguments: list[str]) -> Iterator[str]:
        done = commands.in_pipe(*arguments)
        yield from common(case, run, done, secret)
        if re.search(r"[\x1b\r]", done.stdout + done.stderr):
            yield "escapes or carriage returns"
        repeated = [e for e, n in Counter(done.stderr.splitlines()).items() if e.strip() and n > 1]
        if repeated:
            yield f"says twice: {repeated}"
        if _has_formats(command_of(case)) and case.reads and case.status == 0:
            yield from _formats(commands, arguments)

    assert not (found := failures(commands, check)), "\n".join(found)


def _has_formats(name: str) -> bool:
    return not any(each.name == "output" and each.hidden for each in _options(name))


def _options(name: str) -> list[click.Option]:
    return [each for each in COMMANDS[name].params if isinstance(each, click.Option)]


def _formats(commands: Commands, arguments: list[str]) -> Iterator[str]:
    as_json, as_yaml, as_tsv, queried = (
        commands.in_pipe(*arguments, *options)
        for options in (["-o", "json"], ["-o", "yaml"], ["-o", "tsv"], ["--query", "length(@)"])
    )
    for done in (as_json, as_yaml, as_tsv, queried):
        if done.status or (not done.stdout and done is not as_tsv):
            yield f"prints no result in one of the formats: {done}"
            return
    value: Any = json.loads(as_json.stdout)
    from_yaml = yaml.safe_load(as_yaml.stdout)
    if isinstance(value, list) and from_yaml != value:
        yield "YAML and JSON are not the same"
    if isinstance(value, dict) and not isinstance(from_yaml, dict):
        yield "YAML is not a mapping"
    counts = {line.count("\t") for line in as_tsv.stdout.splitlines()}
    if len(counts) > 1:
        yield f"lines of tab-separated values have {counts} tabs"
    if queried.stdout.strip() != str(len(value)):
        yield f"the query gives {queried.stdout!r}, not {len(value)}"
