"""Ignore rules: which files of a folder are not uploaded.

The last rule that matches a path wins:

1. `ALWAYS`: caches and the ignore file itself (a rule can include them again)
2. the folder's `.amlignore` and those of its subfolders, if it has one; otherwise
3. every `.gitignore` from the root of the git repository to the folder, and those below it

If rules of its parents exclude the folder itself, it was named on purpose and only the rules
inside it apply. The syntax is that of gitignore, except that `?` is one character, not one byte.
Git's per-machine settings (`info/exclude`, `core.excludesFile`) are not read: the content
uploaded must not depend on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amlrest._files.gitignore import decide, parse
from amlrest.errors import ValidationError

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest._files.gitignore import Rule

AMLIGNORE = ".amlignore"
GITIGNORE = ".gitignore"
_GIT_FOLDER = ".git"
ALWAYS = (
    AMLIGNORE,
    "__pycache__/",
    ".ipynb_checkpoints/",
    ".pytest_cache/",
    ".mypy_cache/",
    ".ruff_cache/",
    ".DS_Store",
)


class _Layer(NamedTuple):
    """The rules of one file; `prefix` and `skip` make a scanned path relative to it."""

    prefix: str
    skip: int
    rules: tuple[Rule, ...]

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        return decide(self.rules, (self.prefix + path)[self.skip :], is_folder=is_folder)


class IgnoreRules:
    """The rules that apply in one folder.

    Args:
        name: name of the ignore files, `.amlignore` or `.gitignore`.
        layers: the rules, in ascending order of precedence.
    """

    def __init__(self, name: str, layers: tuple[_Layer, ...]) -> None:
        self._name = name
        self._layers = layers

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Return whether a path is ignored, if none of its parents is.

        Args:
            path: relative to the scanned folder, with forward slashes.
            is_folder: whether it is a folder.
        """
        if path.rpartition("/")[2] == _GIT_FOLDER:
            return True
        decisions = (layer.decide(path, is_folder=is_folder) for layer in reversed(self._layers))
        return next((decision for decision in decisions if decision is not None), False)

    def for_subfolder(self, folder: Path, path: str) -> IgnoreRules:
        """Return the rules that apply in a subfolder.

        Args:
            folder: the subfolder.
            path: the same, relative to the scanned folder.

        Raises:
            ValidationError: its ignore file cannot be read.
        """
        rules = _read(folder / self._name)
        return self.extended(_Layer("", len(path) + 1 if path else 0, rules)) if rules else self

    def extended(self, *layers: _Layer) -> IgnoreRules:
        """Return these rules with others of higher precedence."""
        return IgnoreRules(self._name, (*self._layers, *layers))

    def relative_to(self, path: str) -> tuple[_Layer, ...]:
        """Return the layers for paths that are relative to a subfolder."""
        return tuple(_Layer(f"{path}/"[layer.skip :], 0, layer.rules) for layer in self._layers)


def rules_for(folder: Path) -> IgnoreRules:
    """Return the rules that apply in the folder to scan.

    Raises:
        ValidationError: an ignore file cannot be read.
    """
    name = AMLIGNORE if (folder / AMLIGNORE).exists() else GITIGNORE
    rules = IgnoreRules(name, (_Layer("", 0, parse("\n".join(ALWAYS))),))
    if name == GITIGNORE:
        rules = rules.extended(*_parent_layers(folder.resolve()))
    return rules.for_subfolder(folder, "")


def _parent_layers(folder: Path) -> tuple[_Layer, ...]:
    """Return the rules of a folder's parents; none if they exclude the folder itself."""
    root = next(
        (place for place in (folder, *folder.parents) if (place / _GIT_FOLDER).exists()), folder
    )
    rules = IgnoreRules(GITIGNORE, ())
    place, path = root, ""
    for part in folder.relative_to(root).parts:
        rules = rules.for_subfolder(place, path)
        place, path = place / part, f"{path}/{part}" if path else part
        if rules.ignores(path, is_folder=True):
            return ()
    return rules.relative_to(path)


def _read(file: Path) -> tuple[Rule, ...]:
    if file.is_fifo():
        raise ValidationError(f"{file}: a pipe instead of an ignore file; remove it")
    try:
        return parse(file.read_text(encoding="utf-8-sig", errors="surrogateescape"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise ValidationError(f"{file}: cannot be read: {error.strerror}") from error
