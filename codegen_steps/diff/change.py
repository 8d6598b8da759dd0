"""Changes between two API versions: what changed and what it breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Change:
    """A change between two API versions.

    Attributes:
        kind: operation, parameter, body, response, definition, field, enum value or subtype.
        subject: the operation or definition.
        path: the parameter, field or value in it; empty for the subject itself.
        action: added, removed or changed.
        detail: old and new value, when it changed.
        breaks_readers: code that reads what the service sends may stop working.
        breaks_writers: code that sends to the service may stop working.
        methods: facade methods that it affects.
    """

    kind: str
    subject: str
    path: str
    action: str
    detail: str = ""
    breaks_readers: bool = False
    breaks_writers: bool = False
    methods: tuple[str, ...] = ()

    def within(self, *, sent: bool, received: bool) -> Change:
        """Return the change limited to readers or writers that are affected at all."""
        return replace(
            self,
            breaks_readers=self.breaks_readers and received,
            breaks_writers=self.breaks_writers and sent,
        )

    @property
    def breaks(self) -> str:
        """Return what it breaks: readers, writers, both or an empty string."""
        who = {"readers": self.breaks_readers, "writers": self.breaks_writers}
        return " and ".join(name for name, broken in who.items() if broken)
