"""Error of environments."""

from __future__ import annotations


class UnbuildableError(Exception):
    """An environment that cannot be built; the message is the reason for the job."""
