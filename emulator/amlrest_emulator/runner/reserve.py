"""Reserved disk space: on a full disk, jobs can still end and be deleted."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

_SIZE = 1 << 20
_ENOUGH = 4 * _SIZE


@dataclass(frozen=True, slots=True)
class Reserve:
    """A file that is removed when the disk is full, for the few pages that databases need then."""

    path: Path

    def make(self) -> None:
        """Create the file unless it exists or there is little space."""
        if self.path.exists() or self._free() < _ENOUGH:
            return
        try:
            self.path.write_bytes(os.urandom(_SIZE))  # not zeros, which some disks store as nothing
        except OSError:
            self.release()

    def release_if_full(self) -> None:
        """Remove the file if there is no space left, so that the server can start."""
        if self._free() < _SIZE:
            self.release()

    def _free(self) -> int:
        return shutil.disk_usage(self.path.parent).free

    def release(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)
