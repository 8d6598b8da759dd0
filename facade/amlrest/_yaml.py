"""YAML text: written so that it is read back as it was."""

from __future__ import annotations

from typing import Any

_LINE_BREAKS = ("\x85", "\u2028", "\u2029")
"""Which YAML 1.1 folds to a space; PyYAML writes them unescaped in keys."""


def dump(value: Any, *, is_ascii: bool = False) -> str:
    """Return JSON-like data as YAML text, in the order of its keys.

    Args:
        value: mappings, lists and scalars.
        is_ascii: whether other characters are escaped.
    """
    import yaml

    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=not is_ascii)
    if any(each in text for each in _LINE_BREAKS):
        text = yaml.safe_dump(value, sort_keys=False)
    return text
