"""Parity of the sync API with the async API, from which it is derived."""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from codegen_steps.emit import unasync

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.stem for path in (ROOT / unasync.SOURCE).glob("[!_]*.py"))


SPELLED = {
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "aclose": "close",
}


def members(module: str) -> dict[str, Any]:
    """Functions, methods, class methods and properties, with ``__init__``, by qualified name."""
    loaded = import_module(module)
    found: dict[str, Any] = {}
    for name, value in vars(loaded).items():
        if getattr(value, "__module__", None) != module or name.startswith("_"):
            continue
        if inspect.isfunction(value):
            found[name] = value
        elif inspect.isclass(value):
            found |= {f"{name}.{attribute}": each for attribute, each in own(value)}
    return found


def own(cls: type) -> Iterator[tuple[str, Any]]:
    """What a class of ours defines or inherits from one of ours, as plain functions."""
    for parent in reversed(cls.__mro__):
        if not parent.__module__.startswith("amlrest."):
            continue
        for name, value in vars(parent).items():
            plain = getattr(value, "__func__", None) or getattr(value, "fget", None) or value
            public = not name.startswith("_") or (name.startswith("__") and name.endswith("__"))
            if public and inspect.isfunction(plain):
                yield SPELLED.get(name, name), plain


def comparable(function: Any) -> list[tuple[str, Any, Any, str]]:
    signature = inspect.signature(function)
    described = [
        (parameter.name, parameter.kind, parameter.default, spelled(parameter.annotation))
        for parameter in signature.parameters.values()
    ]
    return [*described, ("", None, None, spelled(signature.return_annotation))]


def spelled(annotation: Any) -> str:
    text = str(annotation)
    for ours, theirs in (("AsyncIter", "Iter"), ("AsyncGen", "Gen"), ("_async", "_sync")):
        text = text.replace(ours, theirs)
    return re.sub(r"Awaitable\[([^][]*)\]", r"\1", text)


@pytest.mark.parametrize("module", MODULES)
def test_names_and_signatures_are_the_same(module: str) -> None:
    asynchronous = members(f"amlrest._async.{module}")
    blocking = members(f"amlrest._sync.{module}")
    assert set(asynchronous) == set(blocking)
    for name, function in asynchronous.items():
        assert comparable(function) == comparable(blocking[name]), name
        assert not inspect.iscoroutinefunction(blocking[name])
        assert not inspect.isasyncgenfunction(blocking[name])


def collections(api: str) -> dict[str, str]:
    """The collections of a workspace: class by property."""
    found = vars(import_module(f"amlrest.{api}.workspace").Workspace)
    return {
        name: inspect.get_annotations(value.func)["return"]
        for name, value in found.items()
        if isinstance(value, cached_property)
    }


def test_every_collection_is_there_in_both_apis_and_compared() -> None:
    expected = collections("_async")
    assert expected == collections("_sync")
    assert len(expected) == 12
    compared = {name for module in MODULES for name in members(f"amlrest._sync.{module}")}
    assert {"Workspace.from_config", "Workspace.__init__", "Workspace.id"} <= compared
    assert {"Poller.done", "Poller.result", "Pages.__iter__", "Pages.by_page"} <= compared
    for collection in expected.values():
        assert any(name.startswith(f"{collection}.") for name in compared), collection


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
    assert unasync.check(ROOT) == []


def test_the_check_sees_missing_left_over_and_changed_files(tmp_path: Path) -> None:
    source, target = tmp_path / unasync.SOURCE, tmp_path / unasync.TARGET
    source.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    (source / "one.py").write_text("async def one() -> int:\n    return await one()\n")
    (source / "two.py").write_text("two = 2\n")
    unasync.derive(tmp_path)
    assert unasync.check(tmp_path) == []
    assert "def one() -> int:\n    return one()\n" in (target / "one.py").read_text()
    (target / "one.py").open("a").write("extra = 1\n")
    (target / "two.py").unlink()
    (target / "three.py").write_text("")
    assert [problem.partition(" ")[2] for problem in unasync.check(tmp_path)] == [
        "differs",
        "not generated",
        "missing",
    ]
    unasync.derive(tmp_path)
    assert unasync.check(tmp_path) == []


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
    ],
)
def test_tokens_are_replaced_and_words_are_not(source: str, derived: str) -> None:
    assert unasync.substitute(source) == derived


def test_the_blocking_face_loads_no_event_loop() -> None:
    modules = ", ".join(f"amlrest._sync.{module}" for module in MODULES)
    code = f"import sys, {modules}\nsys.exit(any('._async' in name or name == 'amlrest._runtime.aio' for name in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True)
    for path in (ROOT / unasync.TARGET).glob("*.py"):
        assert "import asyncio" not in path.read_text(encoding="utf-8")
