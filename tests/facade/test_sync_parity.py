"""The blocking face says what the asyncio face says, and is derived from it."""

import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from codegen_steps import sync

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.stem for path in (ROOT / sync.SOURCE).glob("[!_]*.py"))


def members(module: str) -> dict[str, Any]:
    """Public functions and methods by qualified name."""
    loaded = import_module(module)
    found: dict[str, Any] = {}
    for name, value in vars(loaded).items():
        if getattr(value, "__module__", None) != module or name.startswith("_"):
            continue
        if inspect.isfunction(value):
            found[name] = value
        elif inspect.isclass(value):
            found |= {
                f"{name}.{attribute}": member
                for attribute, member in inspect.getmembers(value)
                if inspect.isfunction(member) and not attribute.startswith("_")
            }
    return found


def comparable(function: Any) -> list[tuple[str, Any, Any, str]]:
    renamed = {"AsyncIterator": "Iterator", "AsyncIterable": "Iterable", "_async": "_sync"}
    described = []
    for parameter in inspect.signature(function).parameters.values():
        annotation = str(parameter.annotation)
        for ours, theirs in renamed.items():
            annotation = annotation.replace(ours, theirs)
        annotation = re.sub(r"Awaitable\[([^][]*)\]", r"\1", annotation)
        described.append((parameter.name, parameter.kind, parameter.default, annotation))
    return described


@pytest.mark.parametrize("module", MODULES)
def test_names_and_signatures_are_the_same(module: str) -> None:
    asynchronous = members(f"amlrest._async.{module}")
    blocking = members(f"amlrest._sync.{module}")
    assert asynchronous.keys() == blocking.keys()
    for name, function in asynchronous.items():
        assert comparable(function) == comparable(blocking[name]), name
        assert not inspect.iscoroutinefunction(blocking[name])
        assert not inspect.isasyncgenfunction(blocking[name])


def test_the_primitives_have_the_same_names() -> None:
    def names(module: str) -> set[str]:
        path = ROOT / "facade/amlrest/_runtime" / f"{module}.py"
        spec = import_module(f"amlrest._runtime.{module}")
        return {
            name
            for name, value in vars(spec).items()
            if not name.startswith("_") and f"def {name}(" in path.read_text()
        }

    assert names("aio") == names("sync")


def test_what_is_committed_is_what_is_derived() -> None:
    assert sync.check(ROOT) == []


def test_the_check_sees_missing_left_over_and_changed_files(tmp_path: Path) -> None:
    source, target = tmp_path / sync.SOURCE, tmp_path / sync.TARGET
    source.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    (source / "one.py").write_text("async def one() -> int:\n    return await one()\n")
    (source / "two.py").write_text("two = 2\n")
    sync.derive(tmp_path)
    assert sync.check(tmp_path) == []
    assert "def one() -> int:\n    return one()\n" in (target / "one.py").read_text()
    (target / "one.py").open("a").write("extra = 1\n")
    (target / "two.py").unlink()
    (target / "three.py").write_text("")
    assert [problem.partition(" ")[2] for problem in sync.check(tmp_path)] == [
        "is missing",
        "is derived from nothing",
        "differs from its source",
    ]
    sync.derive(tmp_path)
    assert sync.check(tmp_path) == []


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        ("async def f(self):\n    await g()\n", "def f(self):\n    g()\n"),
        ("x = [i async for i in y]\n", "x = [i for i in y]\n"),
        ("async with a as b, c:\n    pass\n", "with a as b, c:\n    pass\n"),
        ("f: Callable[[], Awaitable[list[int]]]\n", "f: Callable[[], list[int]]\n"),
        ("def __aiter__(self): ...\n", "def __iter__(self): ...\n"),
        ("from amlrest._runtime import aio as rt\n", "from amlrest._runtime import sync as rt\n"),
        ("import_module(f'amlrest._async.{x}')\n", "import_module(f'amlrest._sync.{x}')\n"),
        (
            "await_ = 'async'  # async stays in words\n",
            "await_ = 'async'  # async stays in words\n",
        ),
        ("x = 1  # noqa: ASYNC109\n", "x = 1  \n"),
    ],
)
def test_tokens_are_replaced_and_words_are_not(source: str, derived: str) -> None:
    assert sync.substitute(source) == derived


def test_the_blocking_face_loads_no_event_loop() -> None:
    modules = ", ".join(f"amlrest._sync.{module}" for module in MODULES)
    code = f"import sys, {modules}\nsys.exit(any('._async' in name or name == 'amlrest._runtime.aio' for name in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)
    for path in (ROOT / sync.TARGET).glob("*.py"):
        assert "import asyncio" not in path.read_text(encoding="utf-8")
