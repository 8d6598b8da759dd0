"""Conversion between resources and the JSON of the service.

A resource class declares for each attribute its path in the JSON and the codec that reads and
writes it; `convert` does the rest. A resource keeps the JSON it was read from, and only changed
attributes are written over it, so that unknown fields are preserved.
"""

from amlrest._wire.convert import (
    check_sendable,
    from_wire,
    request_body,
    to_wire,
)
from amlrest._wire.fields import FIRST_SHAPE, Scope, wire
from amlrest._wire.sameness import same_as_sent

__all__ = [
    "FIRST_SHAPE",
    "Scope",
    "check_sendable",
    "from_wire",
    "request_body",
    "same_as_sent",
    "to_wire",
    "wire",
]
