"""The pages on the design name what there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def packages() -> Iterator[str]:
    """Every package that pyproject.toml names, for whatever purpose."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = known["project"]["optional-dependencies"].values()
    for group in (known["project"]["dependencies"], *extras, *known["dependency-groups"].values()):
        yield from (re.split(r"[^\w.-]", each)[0] for each in group if isinstance(each, str))


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "docs/design/0005-dependencies.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    named = set(re.findall(r"[\w.-]+", "\n".join(rows)))
    assert set(packages()) - named == set()


@pytest.mark.parametrize("page", ["0003-local-workspace.md", "0004-facade.md"])
def test_the_names_in_a_page_are_in_the_source(page: str) -> None:
    text = (ROOT / "docs/design" / page).read_text(encoding="utf-8")
    named = {word.rpartition(".")[2] for word in re.findall(r"`([A-Za-z_][\w.]*)(?:\(\))?`", text)}
    folders = ("facade", "emulator", "codegen_steps", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    known = {path.stem for path in files} | {path.parent.name for path in files}
    for path in files:
        known |= named & set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    assert named - known == set()
