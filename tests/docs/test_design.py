"""The pages on the design name what there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

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
