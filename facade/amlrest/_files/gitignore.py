"""The syntax of `gitignore`: patterns read as git reads them, for one path at a time.

A rule says something about the path it matches and nothing about what is below it: whoever asks
walks the tree and does not enter a folder that is excluded. The tests compare this with git.
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
    """One line.

    Attributes:
        excludes: whether what matches stays out; otherwise it comes back in.
        folders_only: whether files never match.
        anchored: whether it is the whole path that must match; otherwise the last name is enough.
        regex: what must match.
    """

    excludes: bool
    folders_only: bool
    anchored: bool
    regex: re.Pattern[str]

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Whether the line means this path."""
        if self.folders_only and not is_folder:
            return False
        return bool(self.regex.fullmatch(path if self.anchored else path.rpartition("/")[2]))


def parse(text: str) -> tuple[Rule, ...]:
    """Read an ignore file; lines that can match nothing are left out."""
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return tuple(rule for line in lines if (rule := _rule(line)))


def decide(rules: tuple[Rule, ...], path: str, *, is_folder: bool) -> bool | None:
    """Say whether a path is excluded; None when no rule means it.

    Args:
        rules: the last one that matches decides.
        path: relative to the ignore file's folder, with forward slashes.
        is_folder: whether it is a folder.
    """
    matching = (rule for rule in reversed(rules) if rule.matches(path, is_folder=is_folder))
    return next((rule.excludes for rule in matching), None)


def _rule(line: str) -> Rule | None:
    if line.startswith("#"):
        return None
    pattern = _without_spaces_behind(line)
    excludes = not pattern.startswith("!")
    pattern = pattern if excludes else pattern[1:]
    folders_only = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    anchored = "/" in pattern
    pattern = pattern.removeprefix("/")
    # Git looks at what is before the first wildcard by itself: `**` behind it is at a beginning.
    literal = _LITERAL.match(pattern)[0] if anchored else ""  # type: ignore[index]
    try:
        regex = re.escape(literal) + "".join(_translated(pattern[len(literal) :]))
    except ValueError:
        return None
    return Rule(excludes, folders_only, anchored, re.compile(regex, re.DOTALL)) if regex else None


def _without_spaces_behind(line: str) -> str:
    """Spaces at the end mean nothing, but for one after a backslash."""
    kept = line.rstrip(" ")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return f"{kept} " if backslashes % 2 and kept != line else kept


def _translated(pattern: str) -> Iterator[str]:
    """Turn a pattern into pieces of a regular expression.

    Raises:
        ValueError: a bracket is not closed, or a backslash ends the pattern.
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
    """A set of characters; a slash is never among them."""
    inside = "".join(_member(*found.groups()) for found in _MEMBER.finditer(members))
    return f"(?!/)[{'^' if negated else ''}{inside}]"


def _member(name: str | None, first: str | None, last: str | None, one: str | None) -> str:
    if name is not None:
        return _class(name)
    if first is not None and last is not None:
        # Git takes the first one by itself before it looks at the range.
        low, high = first[-1], last[-1]
        return f"{re.escape(low)}-{re.escape(max(low, high))}"
    return re.escape((one or "")[-1:])


def _class(name: str) -> str:
    if name not in _CLASSES:
        raise ValueError(name)
    return _CLASSES[name]
