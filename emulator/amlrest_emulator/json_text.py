"""JSON text from outside: read strictly, so that whatever is accepted can be sent back."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 64
"""Levels of nesting that a document may have, as in the service."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonTextError(ValueError):
    """A text that is not JSON, or not JSON that can be stored and sent back."""


def read_json(content: bytes) -> Any:
    """Return the value of a JSON text in UTF-8.

    Line breaks inside strings are accepted, as by the service: an inlined conda file has them.

    Raises:
        JsonTextError: not UTF-8, not JSON, NaN, an infinite number, a lone surrogate, or more than
            ``MAX_DEPTH`` levels.
    """
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(
            text, strict=False, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except UnicodeDecodeError as error:
        raise JsonTextError(f"it is not UTF-8: byte {error.start}") from None
    except RecursionError:
        raise JsonTextError(_TOO_DEEP) from None
    except JsonTextError:
        raise
    except ValueError as error:
        raise JsonTextError(str(error)) from None
    for problem in _problems(value):
        raise JsonTextError(problem)
    return value


_TOO_DEEP = f"it has more than {MAX_DEPTH} levels"


def _constant(name: str) -> Any:
    raise JsonTextError(f"{name} is not a number in JSON")


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise JsonTextError(f"the number {text[:20]} is too large")
    return value


def _int(text: str) -> int:
    _float(text)
    return int(text)


def _problems(value: Any) -> Iterator[str]:
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                yield _TOO_DEEP
            inner = [*item, *item.values()] if isinstance(item, dict) else item
            pending += [(each, depth + 1) for each in inner]
        elif isinstance(item, str) and _SURROGATE.search(item):
            yield f"{item[:40]!r} has a surrogate without its other half"
