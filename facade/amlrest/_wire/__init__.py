"""How resources and the service's JSON turn into each other.

A resource class says for each attribute where its value stands in the JSON and which codec reads
and writes it; `convert` does the rest. What was read keeps its JSON, and only attributes that were
changed are written over it, so nothing the facade does not know is lost.
"""

from amlrest._wire.convert import (
    check_sendable,
    from_wire,
    request_body,
    same_as_sent,
    to_wire,
)
from amlrest._wire.fields import Scope, wire

__all__ = [
    "Scope",
    "check_sendable",
    "from_wire",
    "request_body",
    "same_as_sent",
    "to_wire",
    "wire",
]
