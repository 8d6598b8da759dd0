"""Lines of the pip part of a conda file, which are lines of a requirements file. No I/O."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection
from dataclasses import dataclass, field

from amlrest_emulator.runner.search_space import is_argument

# Options that uv reads in a requirements file as pip does.
_KEPT = {
    "--index-url",
    "--extra-index-url",
    "--find-links",
    "--no-index",
    "--no-binary",
    "--only-binary",
}
_FILES = {"--requirement", "--constraint", "--editable"}
_FLAGS = {"--pre": "--prerelease=allow", "--require-hashes": "--require-hashes"}
_IGNORED = {"--prefer-binary", "--use-feature", "--upgrade", "-U"}
_SHORT = {
    "-i": "--index-url",
    "--pypi-url": "--index-url",
    "-f": "--find-links",
    "-r": "--requirement",
    "-c": "--constraint",
    "-e": "--editable",
}
_WITHOUT_VALUE = {"--no-index", "--pre", "--require-hashes", "--prefer-binary", "--upgrade", "-U"}
_REMOTE = re.compile(r"(?:\w+\+)?(?:https?|ssh|git|ftp)://|git\+git@", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\]\s*)?(?:[<>=!~;@(].*)?\Z")
_ARCHIVE = re.compile(r".*\.(?:whl|zip|tar\.\w+|tgz)\Z", re.IGNORECASE)
_EGG = re.compile(r"#(?:.*&)?egg=([A-Za-z0-9._-]+(?:\[[^\]]*\])?)")


@dataclass(slots=True)
class PipLines:
    """What the lines say.

    Attributes:
        requirements: lines for a requirements file.
        flags: options for uv itself.
        notes: what is done in another way than pip does it.
        problems: why lines are refused.
    """

    requirements: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_pip_lines(lines: list[str]) -> PipLines:
    """Return what the lines say; every line is kept, done in another way, or refused by name."""
    found = PipLines()
    for text in lines:
        line = re.sub(r"(?:^|\s)#.*", "", text).strip()
        if len(line.splitlines()) > 1 or not is_argument(line):
            found.problems.append(f"pip: {line!r} is not one line of text.")
        elif line.startswith("-"):
            _read_options(line, found)
        elif line:
            _read_requirement(line, found)
    return found


def names_package(line: str, names: Collection[str]) -> bool:
    """Return whether a requirement names one of some packages, which are in lower case."""
    found = _NAME.match(line)
    return found is not None and re.sub(r"[-_.]+", "-", found[0]).lower() in names


def _read_requirement(line: str, found: PipLines) -> None:
    name, _, place = (part.strip() for part in line.partition(";")[0].partition("@"))
    remote = bool(_REMOTE.match(place or name)) or bool(_REMOTE.match(line))
    if remote or (_NAMED.match(line) and not place and not _ARCHIVE.match(name)):
        found.requirements.append(line)
    else:
        found.problems.append(_local("", line))


def _local(option: str, path: str) -> str:
    shown = f"{option} {path}".strip()
    return (
        f"pip: {shown}: files beside the conda file are not part of an environment; "
        "name packages or URLs."
    )


def _read_options(line: str, found: PipLines) -> None:
    try:
        words = shlex.split(line)
    except ValueError as error:
        found.problems.append(f"pip: {line}: {error}.")
        return
    while words:
        name, equals, value = words.pop(0).partition("=")
        if not name.startswith("--") and len(name) > 2:  # noqa: PLR2004 - as in -rfile
            name, equals, value = name[:2], "=", name[2:] + equals + value
        name = _SHORT.get(name, name)
        if not equals and name not in _WITHOUT_VALUE:
            value = words.pop(0) if words else ""
        _read_option(name, value, found)


def _read_option(name: str, value: str, found: PipLines) -> None:
    if name not in _WITHOUT_VALUE and not value:
        found.problems.append(f"pip: {name}: the value is missing, or the option is not supported.")
    elif name in _FLAGS:
        found.flags.append(_FLAGS[name])
    elif name == "--trusted-host":
        found.flags.append(f"--allow-insecure-host={value}")
    elif name in _IGNORED:
        found.notes.append(f"pip: {name} is ignored.")
    elif name in _KEPT:
        _keep(name, value, found)
    elif name in _FILES:
        _read_file(name, value, found)
    else:
        found.problems.append(f"pip: {name} is not supported.")


def _keep(name: str, value: str, found: PipLines) -> None:
    if name == "--no-index":
        found.requirements.append(name)
    elif name in {"--no-binary", "--only-binary"} or _REMOTE.match(value):
        found.requirements.append(f"{name} {value}")
    else:
        found.problems.append(_local(name, value))


def _read_file(name: str, value: str, found: PipLines) -> None:
    if not _REMOTE.match(value):
        found.problems.append(_local(name, value))
    elif name == "--editable":
        egg = _EGG.search(value)
        place = value.partition("#")[0] if egg else value
        found.requirements.append(f"{egg[1]} @ {place}" if egg else place)
        found.notes.append(f"pip: --editable {place} is installed, without its source folder.")
    else:
        found.requirements.append(f"{name} {value}")
