"""Insertion of values into shell text, each as a part of one argument.

A value becomes a variable that is assigned before the text, and a reference to it, because a shell
never parses the value of a variable again: it is no command, whatever it contains. How the
reference is quoted depends on the quotes around it, so the text is scanned as a shell does it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_VARIABLE = "__amlrest_{}"
_UNQUOTED = ("bare", "paren", "tick")
_WORD_ENDS = " \t\n;&|()"
_HEREDOC = re.compile(
    r"<<(?P<tabs>-?)[ \t]*(?P<word>(?:'[^'\n]*'|\"[^\"\n]*\"|\\.|[^\s;&|<>()'\"\\`])+)"
)
_NUMBER = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?")


class UnfillableError(ValueError):
    """A placeholder in a place where its value cannot be inserted."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A part of a text to replace by a value."""

    start: int
    end: int
    value: str


class _Heredoc(NamedTuple):
    delimiter: str
    literal: bool
    tabs: bool


def insert(text: str, holes: Sequence[Hole]) -> str:
    """Return the shell text with a value in each hole.

    Raises:
        UnfillableError: a value in arithmetic is not a number, or ends the here-document it is in.
    """
    if not holes:
        return text
    scanner = _Scanner(text, holes)
    script = scanner.scan()
    names = scanner.variables.items()
    assigned = [f"{name}={shlex.quote(value)}" for value, name in names]
    return f"{' '.join(assigned)}; {script}" if assigned else script


class _Scanner:
    """Copies shell text and keeps a stack of the quotes and substitutions around each place.

    Args:
        text: the shell text.
        holes: what to replace in it.

    Attributes:
        variables: value → name of its variable.
    """

    def __init__(self, text: str, holes: Sequence[Hole]) -> None:
        self._text = text
        self._holes = {hole.start: hole for hole in holes}
        self._stack = ["bare"]
        self._heredocs: list[_Heredoc] = []
        self._out: list[str] = []
        self.variables: dict[str, str] = {}

    def scan(self) -> str:
        """Return the text with references in place of the holes."""
        at = 0
        while at < len(self._text):
            hole = self._holes.get(at)
            if hole is None:
                at = self._character(at)
            else:
                at = self._copy(self._reference(hole), hole.end)
        return "".join(self._out)

    def _copy(self, text: str, next_at: int) -> int:
        self._out.append(text)
        return next_at

    @property
    def _quotes(self) -> str:
        """What determines the quoting: the innermost frame that is not ``${…}``."""
        return next(frame for frame in reversed(self._stack) if frame != "brace")

    def _variable(self, hole: Hole) -> str:
        names = self.variables
        return f"${{{names.setdefault(hole.value, _VARIABLE.format(len(names)))}}}"

    def _reference(self, hole: Hole) -> str:
        quotes = self._quotes
        if quotes == "arithmetic" and not _NUMBER.fullmatch(hole.value):
            placeholder = self._text[hole.start : hole.end]
            raise UnfillableError(f"{placeholder} in $((…)) is {hole.value!r}, not a number.")
        reference = self._variable(hole)
        if quotes in _UNQUOTED:
            return f'"{reference}"'
        if quotes in {"single", "ansi"}:
            return f"""'"{reference}"{"$" if quotes == "ansi" else ""}'"""
        return reference

    def _character(self, at: int) -> int:
        """Copy the character at ``at``, or a few that belong together; return what is next."""
        char = self._text[at]
        quotes = self._quotes
        if quotes == "comment":
            return self._comment(at)
        if quotes == "single" or (quotes == "ansi" and char != "\\"):
            return self._close("'", at)
        read = {"\\": self._backslash, "$": self._dollar, "`": self._backtick, '"': self._double}
        if char in read:
            return read[char](at)
        is_word = quotes in _UNQUOTED and self._stack[-1] != "brace"
        return self._unquoted(at) if is_word else self._bracket(at)

    def _comment(self, at: int) -> int:
        if self._text[at] != "\n":
            return self._copy(self._text[at], at + 1)
        self._stack.pop()
        return at  # the newline may begin a here-document

    def _close(self, mark: str, at: int) -> int:
        if self._text[at] == mark:
            self._stack.pop()
        return self._copy(self._text[at], at + 1)

    def _backtick(self, at: int) -> int:
        return self._toggle("tick", "`", at)

    def _double(self, at: int) -> int:
        if self._quotes == "arithmetic":
            return self._copy('"', at + 1)
        return self._toggle("double", '"', at)

    def _open(self, frame: str, text: str, at: int) -> int:
        self._stack.append(frame)
        return self._copy(text, at + len(text))

    def _toggle(self, frame: str, text: str, at: int) -> int:
        """Close the frame and what is left open in it if it is open, else open it."""
        inner = self._stack[self._innermost_substitution(frame) :]
        if frame not in inner:
            return self._open(frame, text, at)
        del self._stack[len(self._stack) - len(inner) + inner.index(frame) :]
        return self._copy(text, at + len(text))

    def _innermost_substitution(self, frame: str) -> int:
        """Return where the frames begin that a quote can close: those of a substitution."""
        if frame == "tick":
            return 0
        inside = {"paren", "tick", "brace"}
        found = (n for n in reversed(range(len(self._stack))) if self._stack[n] in inside)
        return next(found, 0)

    def _backslash(self, at: int) -> int:
        following = self._text[at : at + 2]
        ticks = self._stack.count("tick")
        if at + 1 in self._holes:
            return self._copy("" if self._quotes in _UNQUOTED else "\\" * 2 ** (ticks + 1), at + 1)
        if ticks and following == "\\`":
            return self._nested_tick(at, ticks)
        if following == '\\"' and "double" in self._stack[: self._last("tick")]:
            return self._toggle("double", following, at)
        return self._copy(following, at + 2)

    def _nested_tick(self, at: int, ticks: int) -> int:
        if ticks == 1:
            return self._open("tick", "\\`", at)
        del self._stack[self._last("tick") :]
        return self._copy("\\`", at + 2)

    def _last(self, frame: str) -> int:
        return max((n for n, each in enumerate(self._stack) if each == frame), default=0)

    def _dollar(self, at: int) -> int:
        if at + 1 in self._holes:
            return self._copy("\\" * 2 ** self._stack.count("tick") + "$", at + 1)
        rest = self._text[at + 1 : at + 3]
        unquoted = self._quotes in _UNQUOTED
        if rest == "((" and _is_arithmetic(self._text, at + 1):
            self._stack.append("arithmetic")
            return self._open("arithmetic", "$((", at)
        frames = {"(": "paren", "{": "brace"}
        if unquoted:
            frames |= {"'": "ansi", '"': "double"}
        if rest[:1] in frames:
            return self._open(frames[rest[:1]], f"${rest[0]}", at)
        return (
            self._copy(f"${rest[0]}", at + 2) if rest[:1] in {"$", "#"} else self._copy("$", at + 1)
        )

    def _bracket(self, at: int) -> int:
        char, frame = self._text[at], self._stack[-1]
        if char == "'" and self._quotes in _UNQUOTED:
            return self._open("single", char, at)
        if char == "(" and frame in {"paren", "arithmetic"}:
            return self._open(frame, char, at)
        closes = (frame, char) in {("paren", ")"), ("arithmetic", ")"), ("brace", "}")}
        if closes:
            self._stack.pop()
        return self._copy(char, at + 1)

    def _unquoted(self, at: int) -> int:
        char = self._text[at]
        if char == "#" and (at == 0 or self._text[at - 1] in _WORD_ENDS):
            return self._open("comment", char, at)
        if char == "<":
            return self._redirection(at)
        if char == "\n" and self._heredocs:
            return self._bodies(self._copy(char, at + 1))
        return self._bracket(at)

    def _redirection(self, at: int) -> int:
        if self._text.startswith("<<<", at):
            return self._copy("<<<", at + 3)
        found = _HEREDOC.match(self._text, at)
        if found is None:
            return self._copy("<", at + 1)
        word = found["word"]
        literal = re.search(r"['\"\\]", word) is not None
        delimiter = re.sub(r"['\"\\]", "", word)
        self._heredocs.append(_Heredoc(delimiter, literal, bool(found["tabs"])))
        return self._copy(found[0], found.end())

    def _bodies(self, at: int) -> int:
        pending, self._heredocs = self._heredocs, []
        for heredoc in pending:
            end = _end_of_body(self._text, at, heredoc)
            while at < end:
                at = self._in_body(at, heredoc)
        return at

    def _in_body(self, at: int, heredoc: _Heredoc) -> int:
        hole = self._holes.get(at)
        char = self._text[at]
        if hole is None:
            escaped = char in "\\$" and at + 1 in self._holes and not heredoc.literal
            return self._copy(f"\\{char}" if escaped else char, at + 1)
        if not heredoc.literal:
            return self._copy(self._variable(hole), hole.end)
        if heredoc.delimiter in hole.value.split("\n"):
            message = f"{self._text[hole.start : hole.end]} has the line {heredoc.delimiter!r}, "
            raise UnfillableError(f"{message}which ends the here-document it is in.")
        return self._copy(hole.value, hole.end)


def _is_arithmetic(text: str, at: int) -> bool:
    """Whether ``$(`` at the parenthesis before ``at`` begins arithmetic, not a subshell."""
    depth = 0
    for index in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 1 and text[index] == ")":
            return text.startswith(")", index + 1)
    return False


def _end_of_body(text: str, at: int, heredoc: _Heredoc) -> int:
    """Return where the line with the delimiter ends."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].lstrip("\t") if heredoc.tabs else text[at:end]
        if line == heredoc.delimiter:
            return end
        at = end + 1
    return len(text)
