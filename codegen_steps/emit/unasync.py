"""Derivation of the synchronous API from the asynchronous one, token by token."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_steps.atomic_replace import differences, replaced, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path("facade/amlrest/_async")
TARGET = Path("facade/amlrest/_sync")
HEADER = "# Generated from {source} by `python codegen.py generate`; edit the async source.\n"
NAMES = {
    "_async": "_sync",
    "aio": "sync",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "anext": "next",
    "get_async": "get",
    "head_async": "head",
    "put_async": "put",
    "AsyncCalls": "Calls",
    "AsyncGenerator": "Generator",
    "AsyncIterable": "Iterable",
    "AsyncIterator": "Iterator",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "StopAsyncIteration": "StopIteration",
}
_DROPPED = {"async", "await"}
_TEXT = ((re.compile(r"amlrest\._async\b"), "amlrest._sync"), (re.compile(r"\bawait "), ""))

Edit = tuple[int, int, str]


def derive(root: Path) -> None:
    """Generate `_sync` of the repository ``root``."""
    with replaced(root / TARGET) as folder:
        _derive(root, folder)


def check(root: Path) -> list[str]:
    """Return one line for each file of `_sync` that differs from a fresh derivation."""
    with tempfile.TemporaryDirectory() as folder:
        _derive(root, Path(folder))
        return [f"{TARGET}/{line}" for line in differences(Path(folder), root / TARGET)]


def substitute(source: str) -> str:
    """Return asynchronous source as synchronous source, unformatted."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for begin, end, text in sorted(_edits(source, starts), reverse=True):
        source = source[:begin] + text + source[end:]
    return source


def _edits(source: str, starts: list[int]) -> Iterator[Edit]:
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for index, token in enumerate(tokens):
        begin = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        if token.type == tokenize.NAME and token.string in _DROPPED:
            following = tokens[index + 1]
            yield begin, starts[following.start[0] - 1] + following.start[1], ""
        elif token.type == tokenize.NAME and token.string == "Awaitable":
            yield from _unwrap(tokens, index, starts)
        else:
            text = _replacement(token)
            if text != token.string:
                yield begin, end, text


def _replacement(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME:
        return NAMES.get(token.string, token.string)
    text = token.string
    if token.type == tokenize.STRING:
        for pattern, plain in _TEXT:
            text = pattern.sub(plain, text)
    return text


def _unwrap(tokens: list[tokenize.TokenInfo], index: int, starts: list[int]) -> Iterator[Edit]:
    """Replace `Awaitable[T]` by `T`."""
    if tokens[index + 1].string != "[":
        return
    depth = 0
    for token in tokens[index + 1 :]:
        depth += {"[": 1, "]": -1}.get(token.string, 0)
        if depth == 0:
            opening, closing = tokens[index + 1], token
            break
    first = starts[tokens[index].start[0] - 1] + tokens[index].start[1]
    yield first, starts[opening.end[0] - 1] + opening.end[1], ""
    last = starts[closing.start[0] - 1] + closing.start[1]
    yield last, last + 1, ""


def _derive(root: Path, folder: Path) -> None:
    for path in sorted((root / SOURCE).rglob("*.py")):
        name = path.relative_to(root / SOURCE)
        header = HEADER.format(source=(SOURCE / name).as_posix())
        write_file(folder / name, header + substitute(path.read_text("utf-8")))
    _tidy(root, folder)


def _tidy(root: Path, folder: Path) -> None:
    """Sort imports, remove unused ones, and format."""
    config = ["--quiet", "--no-cache", "--config", str(root / "pyproject.toml"), str(folder)]
    for step in (["check", "--fix", "--select", "I,F401"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, *config], check=True)  # noqa: S603
