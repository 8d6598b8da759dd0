"""How the local workspace answers: as the service does, or as is convenient on one machine."""

from __future__ import annotations

from enum import StrEnum

SERVICE_DELAY = 1.0
"""Seconds that a long-running operation takes with the answers of the service."""


class Answers(StrEnum):
    """The setting ``answers`` of the state folder.

    Attributes:
        CONVENIENT: long-running operations have ended when they are answered, and only those of
            the document are long-running.
        SERVICE: long-running operations take time and pass through their states; those that the
            service was recorded to answer with 201 or 202 are long-running, too.
    """

    CONVENIENT = "convenient"
    SERVICE = "service"
