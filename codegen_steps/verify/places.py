"""Places of the facade's attributes in the request schemas of API versions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_steps.problems import CodegenError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codegen_steps.layout import Layout

_STEPS = Path(__file__).resolve().parents[2]


@dataclass
class Places:
    """What one API version has, by class and attribute.

    Attributes:
        placed: attributes with a place in the request schema.
        absent: attributes, and whole classes, that are declared not to be in the version, and
            attributes of preview versions that this preview does not have.
        read_only: those of `absent` that the document has as read-only.
        missing: attributes with neither, and the path that was looked for.
        refused: attributes that are declared not to be sent although the document has them.
        unnamed: fields that the document has beside attributes, and no attribute stands for.
        words: values that the document lists for an attribute.
    """

    placed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    read_only: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the places as JSON, each line once."""
        lists = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "words"}
        unique = {name: sorted(set(lines)) for name, lines in lists.items()}
        return {**asdict(self), **unique}


def find_places(layout: Layout, documents: Iterable[Path], client: Path) -> dict[str, Places]:
    """Return the places in each pinned document by API version.

    A new process imports the facade of the repository, whichever one is imported here.

    Args:
        layout: the repository with the facade.
        documents: files `openapi.json`.
        client: folder of the generated package.

    Raises:
        CodegenError: the facade cannot be imported.
    """
    roots = (layout.facade.parent, client.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, roots))}
    command = [sys.executable, "-m", "codegen_steps.verify.placement", *map(str, documents)]
    done = subprocess.run(  # noqa: S603
        command, cwd=_STEPS, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CodegenError(
            f"{layout.facade}: its attributes could not be read; correct the facade:\n"
            f"{done.stderr.strip()}"
        )
    return {version: Places(**found) for version, found in json.loads(done.stdout).items()}
