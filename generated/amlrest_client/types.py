# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""UNSET for absent values, and the response of an endpoint function."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, Generic, Literal, NamedTuple, TypeVar

T = TypeVar("T")


class Unset(Enum):
    """Type of `UNSET`, which is false and is not `None`."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET


class Response(NamedTuple, Generic[T]):
    """A successful response.

    Attributes:
        status_code: HTTP status.
        headers: Response headers as received.
        content: Body as received.
        parsed: The parsed body: a model, JSON, or None for no body.
    """

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    parsed: T


__all__ = ["UNSET", "Response", "Unset"]
