"""Reserved disk space: on a full disk, jobs can still end and be deleted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_SIZE = 1 << 20


@dataclass(frozen=True, slots=True)
class Reserve:
    """A file that is removed when the disk is full, for the few pages that databases need then."""

    path: Path

    def make(self) -> None:
        """Create the file unless it exists or the disk is full."""
        if self.path.exists():
            return
        try:
            self.path.write_bytes(os.urandom(_SIZE))  # not zeros, which some disks store as nothing
        except OSError:
            self.release()

    def release(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)
