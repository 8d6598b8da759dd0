"""Folders of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Folders that the steps read and write, below one root."""

    root: Path

    @property
    def spec(self) -> Path:
        """Pinned versions."""
        return self.root / "spec"

    @property
    def templates(self) -> Path:
        """Templates of the generator."""
        return self.root / "codegen_steps" / "emit" / "templates"

    @property
    def client(self) -> Path:
        """Generated package."""
        return self.root / "generated" / "amlrest_client"

    @property
    def facade(self) -> Path:
        """Hand-written package."""
        return self.root / "facade" / "amlrest"

    def version(self, api_version: str) -> Path:
        """Return the folder of a pinned version."""
        return self.spec / api_version
