"""The gitignore syntax: parse patterns and match single paths, as git does.

A rule applies to the path it matches, not to paths below it: callers walk the tree and skip
excluded folders. The tests compare this with git.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<folders> (?<![^/]) \*{2,} / )
    | (?P<rest> (?<![^/]) \*{2,} \Z )
    | (?P<star> \*+ )
    | (?P<any> \? )
    | \[ (?P<negated> [!^]?+ )
      (?P<members>
        (?: \] (?: - (?: \\. | [^]\\] ) )? )?+
        (?: \[:[^]]*:\] | (?: \\. | [^]\\] ) (?: - (?: \\. | [^]\\] ) )? )*+
      ) \]
    | \\ (?P<escaped> . )
    | (?P<plain> [^[\\] )
    """,
    re.VERBOSE | re.DOTALL,
)
_LITERAL = re.compile(r"[^*?[\\]*")
_MEMBER = re.compile(r"\[:([^]]*):\]|(\\.|[^\\])-(\\.|[^\\])|(\\.|[^\\])", re.DOTALL)
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r"\ \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": r"\ -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\ \t\n\r",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}


class Rule(NamedTuple):
    """One pattern of an ignore file.

    Attributes:
        excludes: whether matching paths are excluded; a negated pattern includes them again.
        folders_only: whether only folders match.
        anchored: whether the whole path must match; otherwise only its last part.
        regex: the pattern as a regular expression.
    """

    excludes: bool
    folders_only: bool
    anchored: bool
    regex: re.Pattern[str]

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Return whether the pattern matches a path."""
        if self.folders_only and not is_folder:
            return False
        return bool(self.regex.fullmatch(path if self.anchored else path.rpartition("/")[2]))


def parse(text: str) -> tuple[Rule, ...]:
    """Return the rules of an ignore file, without lines that cannot match anything."""
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return tuple(rule for line in lines if (rule := _rule(line)))


def decide(rules: tuple[Rule, ...], path: str, *, is_folder: bool) -> bool | None:
    """Return whether a path is excluded; None when no rule matches.

    Args:
        rules: the rules, of which the last match wins.
        path: relative to the ignore file's folder, with forward slashes.
        is_folder: whether it is a folder.
    """
    matching = (rule for rule in reversed(rules) if rule.matches(path, is_folder=is_folder))
    return next((rule.excludes for rule in matching), None)


def _rule(line: str) -> Rule | None:
    if line.startswith("#"):
        return None
    pattern = _strip_trailing_spaces(line)
    excludes = not pattern.startswith("!")
    pattern = pattern if excludes else pattern[1:]
    folders_only = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    # Git matches the literal prefix separately, so a `**` right after it counts as leading.
    literal = _LITERAL.match(pattern)[0] if anchored else ""  # type: ignore[index]
    try:
        regex = re.escape(literal) + "".join(_translated(pattern[len(literal) :]))
    except ValueError:
        return None
    return Rule(excludes, folders_only, anchored, re.compile(regex, re.DOTALL)) if regex else None


def _strip_trailing_spaces(line: str) -> str:
    """Remove trailing spaces, except an escaped one."""
    kept = line.rstrip(" ")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return f"{kept} " if backslashes % 2 and kept != line else kept


def _translated(pattern: str) -> Iterator[str]:
    """Yield the parts of a regular expression for a pattern.

    Raises:
        ValueError: a bracket is not closed, or the pattern ends with a backslash.
    """
    at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise ValueError(pattern)
        yield _piece(token)
        at = token.end()


def _piece(token: re.Match[str]) -> str:
    fixed = {"folders": "(?:.*/)?", "rest": ".*", "star": "[^/]*", "any": "[^/]"}
    kind = token.lastgroup or ""
    if kind in fixed:
        return fixed[kind]
    if kind == "members":
        return _bracket(token["members"], negated=bool(token["negated"]))
    return re.escape(token[kind])


def _bracket(members: str, *, negated: bool) -> str:
    """Return a character class, which never matches a slash."""
    inside = "".join(_member(*found.groups()) for found in _MEMBER.finditer(members))
    return f"(?!/)[{'^' if negated else ''}{inside}]"


def _member(name: str | None, first: str | None, last: str | None, one: str | None) -> str:
    if name is not None:
        return _class(name)
    if first is not None and last is not None:
        # Git matches the first character literally before it reads the range.
        low, high = first[-1], last[-1]
        return f"{re.escape(low)}-{re.escape(max(low, high))}"
    return re.escape((one or "")[-1:])


def _class(name: str) -> str:
    if name not in _CLASSES:
        raise ValueError(name)
    return _CLASSES[name]
