"""Where things are in the repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """The folders that the steps read and write, below one root."""

    root: Path

    @property
    def spec(self) -> Path:
        """All pinned versions."""
        return self.root / "spec"

    @property
    def templates(self) -> Path:
        """What the generator is given."""
        return self.root / "codegen_steps" / "emit" / "templates"

    @property
    def client(self) -> Path:
        """The generated package."""
        return self.root / "generated" / "amlrest_client"

    @property
    def facade(self) -> Path:
        """The hand-written package on top of it."""
        return self.root / "facade" / "amlrest"

    def version(self, api_version: str) -> Path:
        """The folder of one pinned version."""
        return self.spec / api_version
