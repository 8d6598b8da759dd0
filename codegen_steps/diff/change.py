"""One change between two API versions, and whom it breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Change:
    """What a bump changes.

    Attributes:
        kind: operation, parameter, body, response, definition, field, enum value or subtype.
        subject: the operation or definition.
        path: the parameter, field or value in it; empty for the subject itself.
        action: added, removed or changed.
        detail: what it was and is, when it changed.
        breaks_readers: code that reads what the service sends may stop working.
        breaks_writers: code that sends to the service may stop working.
        verbs: the facade's methods that it touches.
    """

    kind: str
    subject: str
    path: str
    action: str
    detail: str = ""
    breaks_readers: bool = False
    breaks_writers: bool = False
    verbs: tuple[str, ...] = ()

    def within(self, *, sent: bool, received: bool) -> Change:
        """The change where the definition is only sent, only received, both or neither."""
        return replace(
            self,
            breaks_readers=self.breaks_readers and received,
            breaks_writers=self.breaks_writers and sent,
        )

    @property
    def breaks(self) -> str:
        """Whom it breaks, as a word."""
        who = {"readers": self.breaks_readers, "writers": self.breaks_writers}
        return " and ".join(name for name, broken in who.items() if broken)
