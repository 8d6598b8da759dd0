"""MkDocs hook: pages keep their repository paths, so that a link works on the site and in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT_FILES = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "NOTICE",
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Return the files with docs/ under its own name and the pages of the repository root beside it."""
    root = Path(config.config_file_path).parent
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        files.remove(file)
        _add(files, config, root, f"docs/{file.src_uri}")
    for name in ROOT_FILES:
        _add(files, config, root, name)
    return files


def _add(files: Files, config: MkDocsConfig, root: Path, path: str) -> None:
    files.append(File.generated(config, path, abs_src_path=str(root / path)))
