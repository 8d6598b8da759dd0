"""Code blocks and links of all documentation pages.

Python runs against a local workspace, beside the files that blocks marked `py` name in their first
line. YAML files are loaded, and every `amlrest` command line is
parsed by the command it names. docs/curl.md runs in tests/cli/test_curl.py, what imports
azure.ai.ml in tests/clients.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from amlrest import jobfile
from amlrest.cli.app import app

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^(?:\$ )?amlrest (.+?)(?:  .*|\|.*)?$", re.MULTILINE)
OTHER = "from azure.ai.ml"
SERVED = {"deploy"}
"""Pages whose deployments are called."""
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SCRIPT = """\
import sys

import mlflow

rate = float(sys.argv[sys.argv.index("--learning-rate") + 1])
mlflow.log_metric("loss", (rate - 0.3) ** 2)
"""


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the code blocks of a page in these languages."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for language, text in found if language in languages]


def pages_with(*languages: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, *languages)]


def command_lines(page: Path) -> list[str]:
    """Return the arguments of all `amlrest` command lines of a page."""
    text = "\n".join(blocks(page, "text", "bash", "console"))
    return COMMAND.findall(re.sub(r" *\\\n *", " ", text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.py").write_text(SCRIPT)
    (tmp_path / "iris.csv").write_text("sepal_length,species\n5.1,setosa\n")
    (tmp_path / "environment.yml").write_text("dependencies: [python=3.11]\n")
    return tmp_path


# The design notes show sketches instead of programs.
SCRIPTS = [page for page in pages_with("python") if page.parent.name != "design"]


@pytest.mark.slow
@pytest.mark.parametrize("page", SCRIPTS, ids=lambda page: page.stem)
def test_the_snippets_of_a_page_run(
    page: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    fixture = "serving_workspace" if page.stem in SERVED else "local_workspace"
    workspace: LocalWorkspace = request.getfixturevalue(fixture)
    for text in blocks(page, "py"):
        (folder / text.partition("\n")[0].removeprefix("# ")).write_text(text)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AMLREST", "AZURE"))}
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(b for b in blocks(page, "python") if OTHER not in b)],
        cwd=folder,
        env=kept | workspace.environment() | {"HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", pages_with("yaml"), ids=lambda page: page.stem)
def test_yaml_blocks_are_loaded(page: Path, folder: Path) -> None:
    for text in blocks(page, "yaml"):
        assert jobfile.loads(text, folder)


@pytest.mark.parametrize("page", [p for p in PAGES if command_lines(p)], ids=lambda page: page.stem)
def test_command_lines_have_the_arguments_of_their_command(page: Path) -> None:
    for line in command_lines(page):
        command: click.Command = app
        context = click.Context(app)
        args = shlex.split(line, comments=True)
        while isinstance(command, click.Group):
            name, found, args = command.resolve_command(context, args)
            assert found is not None, line
            command, context = found, click.Context(found, context, name)
        _, unexpected, _ = command.make_parser(context).parse_args(args)
        assert unexpected == [], line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_pages_have_a_target(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith(("http:", "https:"))]
    assert [target for target in local if not (page.parent / target).exists()] == []
