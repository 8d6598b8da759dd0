"""API versions: the pinned document that serves a request, and the wire shape of a version."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from amlrest_emulator.spec import Spec, SpecFolder

_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-[a-z]+)*", re.IGNORECASE)
_OLDEST = "2021-03-01"
_NEWER_SHAPE_SINCE = "2022-02-01"


class Shape(Enum):
    """The wire shapes of the service; documents of one shape differ by additions only."""

    FIRST = "2021"
    NEWER = "2022"


def shape_of_version(version: str) -> Shape | None:
    """Return the wire shape of a version, or None for one that has no jobs or is malformed."""
    match = _VERSION.fullmatch(version)
    if match is None or match[1] < _OLDEST:
        return None
    return Shape.FIRST if match[1] < _NEWER_SHAPE_SINCE else Shape.NEWER


@dataclass(slots=True)
class ApiVersions:
    """The pinned documents, each loaded when it is first asked for.

    Attributes:
        default: version that messages recommend.
    """

    folder: SpecFolder
    default: str
    _loaded: dict[str, Spec] = field(default_factory=dict)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def find(cls, default: str | None = None) -> ApiVersions:
        """Return the pinned versions.

        Raises:
            ValueError: the default version is not pinned; the message lists those that are.
        """
        folder = SpecFolder.find()
        versions = cls(folder, default or folder.current)
        versions.document(versions.default)
        return versions

    @property
    def pinned(self) -> list[str]:
        """The pinned versions, oldest first."""
        return self.folder.versions()

    def serving(self, version: str) -> str | None:
        """Return the pinned version whose document serves a version.

        A version that is not pinned is served by the newest pinned one of its shape.
        """
        known = {pinned.lower(): pinned for pinned in self.pinned}
        if version.lower() in known:
            return known[version.lower()]
        shape = shape_of_version(version)
        same = [pinned for pinned in self.pinned if shape_of_version(pinned) is shape]
        return same[-1] if shape and same else None

    def document(self, pinned: str) -> Spec:
        """Return the document of a pinned version."""
        with self._lock:
            if pinned not in self._loaded:
                self._loaded[pinned] = self.folder.load(pinned)
            return self._loaded[pinned]

    def names_elsewhere(self, pinned: str) -> frozenset[str]:
        """Return the property names of the other pinned documents."""
        if pinned not in self._names:
            others = (self.document(other) for other in self.pinned if other != pinned)
            found = (_property_names(spec.document["components"]) for spec in others)
            self._names[pinned] = frozenset().union(*found)
        return self._names[pinned]


def _property_names(node: Any) -> frozenset[str]:
    found: set[str] = set()
    pending = [node]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            properties = item.get("properties")
            found.update(properties if isinstance(properties, dict) else ())
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return frozenset(found)
