"""How many columns of a terminal a text takes."""

import unicodedata


def of(text: str) -> int:
    """Count the columns: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_of_one, text))


def cut(text: str, room: int) -> str:
    """Return the longest start of a text that takes at most so many columns."""
    taken = 0
    for index, char in enumerate(text):
        taken += _of_one(char)
        if taken > room:
            return text[:index]
    return text


def _of_one(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
