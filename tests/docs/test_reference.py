"""The reference pages document every public name."""

from __future__ import annotations

import re
from pathlib import Path

import amlrest

PAGES = Path(__file__).parents[2] / "docs/reference"


def test_the_reference_has_every_public_name_once() -> None:
    text = "\n".join(page.read_text() for page in sorted(PAGES.glob("*.md")))
    documented = re.findall(r"^::: amlrest\.(\w+)$", text, re.MULTILINE)
    modules = {"errors", "ids", "names", "jobfile"}
    by_name = set(amlrest.__all__) - {"__version__", "AmlrestError"}
    assert sorted(documented) == sorted(by_name | modules)
