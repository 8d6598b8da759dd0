"""Conda files and Dockerfiles that name files which are not sent with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from amlrest.errors import ValidationError

_FILE_OPTION = re.compile(
    r"(?P<option>-r|--requirement|-c|--constraint|-e|--editable|-f|--find-links)[ =]*(?P<file>\S+)"
)
_LOCAL = re.compile(r"(\.{1,2}/|/|~|\.\Z|file:)|[^:]*\.(whl|zip|tar\.gz)\Z")
_COPY = re.compile(r"\s*(COPY|ADD)\s+(?P<arguments>.*)", re.IGNORECASE | re.DOTALL)
_REMOTE = re.compile(r"\w+://|git@")


def check_conda(content: Any, where: str) -> None:
    """Raise if a conda file names local files: only the conda file itself is sent.

    Args:
        content: the parsed file.
        where: its name in errors.

    Raises:
        ValidationError: the message names the line of pip.
    """
    for line in _pip_lines(content):
        named = _local_file(line)
        if named is not None:
            raise ValidationError(
                f"{where}: {line!r} names a local file, which is not sent; {_instead(line, named)}"
            )


def _local_file(line: str) -> str | None:
    """Return the local file in a line of pip, if any."""
    option = _FILE_OPTION.match(line)
    named = option["file"] if option else line.rpartition("@")[2].strip()
    if "://" in named.removeprefix("file://"):
        return None
    always = option is not None and option["option"] not in {"-f", "--find-links"}
    return named if always or _LOCAL.match(named) else None


def _instead(line: str, named: str) -> str:
    if line.startswith(("-r", "--requirement")):
        return f"write the lines of {named} below pip"
    return "name a package of an index or a URL, or put the files into the code folder"


def _pip_lines(content: Any) -> Iterator[str]:
    dependencies = content.get("dependencies") if isinstance(content, Mapping) else None
    for each in dependencies if isinstance(dependencies, list) else ():
        lines = each.get("pip") if isinstance(each, Mapping) else None
        yield from (str(line).strip() for line in (lines if isinstance(lines, list) else ()))


def check_dockerfile(text: str, where: str) -> None:
    """Raise if a Dockerfile without a build context copies files from one.

    Args:
        text: the Dockerfile.
        where: its name in errors.

    Raises:
        ValidationError: the message names the line.
    """
    for number, instruction in _instructions(text):
        found = _COPY.match(instruction)
        if found and not _is_without_context(found["arguments"]):
            shown = " ".join(instruction.split())
            raise ValidationError(
                f"{where}: line {number}: {shown!r} needs files of a build context, and there is "
                "none; set context (build.path in YAML) to the folder with the Dockerfile"
            )


def _is_without_context(arguments: str) -> bool:
    words = arguments.split()
    if any(word.lower().startswith("--from=") for word in words):
        return True
    sources = [word for word in words if not word.startswith("--")][:-1]
    return "<<" in arguments or (bool(sources) and all(map(_REMOTE.match, sources)))


def _instructions(text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and text of each instruction, with continued lines joined."""
    begun, number = "", 0
    for at, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            continue
        number = number if begun else at
        begun += line.rstrip()
        if begun.endswith("\\"):
            begun = begun[:-1] + " "
            continue
        yield number, begun
        begun = ""
