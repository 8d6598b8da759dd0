"""Origins: an error about an object that a file describes names the place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from amlrest.errors import ValidationError


class Origin(Protocol):
    """The file that an object was read from."""

    def locate(self, error: ValidationError) -> ValidationError:
        """Return the error with file, line, column and key in front; itself where they are unknown."""


@contextmanager
def located(*values: Any) -> Iterator[None]:
    """Locate the errors of what is done inside.

    Args:
        *values: the objects that it is done with; those that no file describes change nothing.

    Raises:
        ValidationError: as it was raised inside, or with its place in the file.
    """
    try:
        yield
    except ValidationError as error:
        origins = [one for one in (getattr(v, "origin", None) for v in values) if one is not None]
        found = next((f for f in (one.locate(error) for one in origins) if f is not error), error)
        if found is error:
            raise
        raise found from error
