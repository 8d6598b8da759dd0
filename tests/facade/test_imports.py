"""Imports: light, and every public name is available."""

import ast
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import amlrest
import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("httpx", "azure", "amlrest_client", "asyncio", "attr", "yaml", "obstore", "ssl", "inspect")


def loaded(statement: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import amlrest",
        "from amlrest import Workspace",
        "from amlrest import Workspace; Workspace('s', 'g', 'w', endpoint='http://127.0.0.1:1')",
    ],
)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    assert loaded(statement).isdisjoint(HEAVY)


def test_a_request_loads_neither_the_event_loop_nor_a_command_line() -> None:
    call = (
        "from amlrest import StaticToken, Workspace\n"
        "from amlrest._http.retry import RetryPolicy\n"
        "ws = Workspace('s', 'g', 'w', endpoint='http://127.0.0.1:9',\n"
        "    credential=StaticToken('t'), retry=RetryPolicy(attempts=1))\n"
        "try:\n    ws.call('Jobs_Get', id='x')\nexcept Exception as error:\n"
        "    assert type(error).__name__ == 'TransportError', error"
    )
    modules = loaded(call)
    assert "httpx" in modules
    assert modules.isdisjoint({"asyncio", "azure", "click", "obstore", "rich", "yaml"})


def test_httpx_is_whole_for_everybody_else() -> None:
    modules = loaded("import amlrest._http.lean_httpx, httpx, httpx._main; httpx.get")
    assert "click" in modules


def test_every_name_is_found_listed_and_known_to_type_checkers() -> None:
    assert len(set(amlrest.__all__)) == len(amlrest.__all__)
    for name in amlrest.__all__:
        assert getattr(amlrest, name) is not None
        assert name in dir(amlrest)
    tree = ast.parse(Path(amlrest.__file__).read_text(encoding="utf-8"))
    typed = {
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 0
        for alias in node.names
        if (node.module or "").startswith("amlrest.")
    }
    assert typed == {(f"amlrest.{home}", name) for name, home in amlrest._HOME.items()}


def test_the_version_is_the_distributions() -> None:
    assert amlrest.__version__ == metadata.version("amlrest")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        amlrest.Nothing  # noqa: B018
