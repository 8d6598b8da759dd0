"""Readers of content files: a file that is no longer referenced is removed with its last reader."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Leases:
    """The files that are being read; safe to use from several threads.

    A crash leaves files that were waiting for their readers; they are orphans at the next start.
    """

    _readers: Counter[Path] = field(default_factory=Counter)
    _doomed: set[Path] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hold(self, files: Iterable[Path]) -> None:
        """Keep files until ``release`` is called with them."""
        with self._lock:
            self._readers.update(files)

    def release(self, files: Iterable[Path]) -> None:
        """End a reader; remove the files that waited for it."""
        with self._lock:
            for file in files:
                self._readers[file] -= 1
                if self._readers[file] <= 0:
                    del self._readers[file]
                    self._remove_doomed(file)

    def remove(self, files: Iterable[Path]) -> None:
        """Remove files, those with a reader later."""
        with self._lock:
            for file in files:
                self._doomed.add(file)
                if file not in self._readers:
                    self._remove_doomed(file)

    def _remove_doomed(self, file: Path) -> None:
        if file in self._doomed:
            self._doomed.discard(file)
            file.unlink(missing_ok=True)
