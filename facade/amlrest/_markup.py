"""HTML that is built from elements: all text is escaped, and secrets in it are masked."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from amlrest._redaction import redact

if TYPE_CHECKING:
    from collections.abc import Iterable


class Markup(str):
    """HTML, made by `tag`; any other text is escaped when it is put into an element."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: template engines do not escape what has this method."""
        return self


Content = str | int | float | None
Attribute = str | int | float | bool | None
_VOID = frozenset({"br", "input", "meta"})
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Characters that HTML or UTF-8 does not have; most are shown as the replacement character."""
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""Colours and titles for terminals, which are left out."""


def text(value: object) -> Markup:
    """Return a value as HTML text; HTML is unchanged."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int | float):  # charts have thousands
        return Markup(value)
    return Markup(escape(_CONTROL.sub("\ufffd", _TERMINAL.sub("", redact(str(value))))))


def tag(name: str, /, *content: Content, **attributes: Attribute) -> Markup:
    """Return an element.

    Args:
        name: of the element.
        *content: text, which is escaped, or elements; None is left out.
        **attributes: by name, in which ``_`` stands for ``-`` and at the end for nothing. True is
            an attribute without a value, None and False are left out.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{text(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{join(content)}</{name}>")


def join(parts: Iterable[Content]) -> Markup:
    """Return texts and elements, one after the other."""
    return Markup("".join(text(part) for part in parts if part is not None))
