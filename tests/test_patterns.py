"""Regular expressions end at the end: ``$`` also matches before a final line break."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.test_architecture import PACKAGES

_ENDING = re.compile(r"(?<!\\)(\\\\)*\$(\)|\||\?)*\Z")


def _patterns(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the constant first arguments of the functions of ``re``, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith("re."):
            continue
        flags = " ".join(
            ast.unparse(each) for each in [*node.args[1:], *(k.value for k in node.keywords)]
        )
        first = node.args[0] if node.args else None
        multiline = "MULTILINE" in flags or "re.M" in flags
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and not multiline:
            yield node.lineno, first.value


def test_patterns_end_at_the_end() -> None:
    wrong = [
        f"{path}:{line}: {pattern}"
        for package in ("amlrest", "amlrest_emulator")
        for path in sorted(PACKAGES[package].rglob("*.py"))
        for line, pattern in _patterns(path)
        if _ENDING.search(pattern)
    ]
    assert wrong == []
