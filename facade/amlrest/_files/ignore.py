"""Which files of a folder stay at home.

The rules, the last that says anything about a path decides:

1. what is never meant: `ALWAYS` (caches and version control; a rule can bring caches back)
2. the folder's own `.amlignore`, and those in the folders inside it, if there is one; else
3. every `.gitignore` from the root of the git repository down to the folder, and those inside

A folder that the rules above it exclude as a whole was named on purpose: then only the rules
inside it count. The syntax is that of `gitignore`; `?` is one character, where git means one byte. Git's settings of
one machine (`info/exclude`, `core.excludesFile`) are left out: what is sent must not depend on
them.
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
NEVER = ".git"
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
    """The rules of one file; `prefix` and `skip` turn a scanned path into one they know."""

    prefix: str
    skip: int
    rules: tuple[Rule, ...]

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        return decide(self.rules, (self.prefix + path)[self.skip :], is_folder=is_folder)


class IgnoreRules:
    """The rules that hold in one folder; `inside` gives those of a folder in it.

    Args:
        name: the ignore file that is read, `.amlignore` or `.gitignore`.
        layers: the rules, the strongest last.
    """

    def __init__(self, name: str, layers: tuple[_Layer, ...]) -> None:
        self._name = name
        self._layers = layers

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Say whether a path stays at home, given that the folders above it do not.

        Args:
            path: relative to the scanned folder, with forward slashes.
            is_folder: whether rules that end in a slash mean it.
        """
        if path.rpartition("/")[2] == NEVER:
            return True
        decisions = (layer.decide(path, is_folder=is_folder) for layer in reversed(self._layers))
        return next((decision for decision in decisions if decision is not None), False)

    def inside(self, folder: Path, path: str) -> IgnoreRules:
        """Add the rules that a folder below the scanned one brings.

        Args:
            folder: where it is.
            path: the same, relative to the scanned folder.

        Raises:
            ValidationError: its ignore file cannot be read.
        """
        rules = _read(folder / self._name)
        return self.plus(_Layer("", len(path) + 1 if path else 0, rules)) if rules else self

    def plus(self, *layers: _Layer) -> IgnoreRules:
        """Add rules that are stronger than these."""
        return IgnoreRules(self._name, (*self._layers, *layers))

    def seen_from(self, path: str) -> tuple[_Layer, ...]:
        """The same rules for paths that are relative to a folder below the scanned one."""
        return tuple(_Layer(f"{path}/"[layer.skip :], 0, layer.rules) for layer in self._layers)


def rules_for(folder: Path) -> IgnoreRules:
    """Collect the rules that hold in a folder that is to be scanned.

    Raises:
        ValidationError: an ignore file cannot be read.
    """
    name = AMLIGNORE if (folder / AMLIGNORE).exists() else GITIGNORE
    rules = IgnoreRules(name, (_Layer("", 0, parse("\n".join(ALWAYS))),))
    if name == GITIGNORE:
        rules = rules.plus(*_above(folder.resolve()))
    return rules.inside(folder, "")


def _above(folder: Path) -> tuple[_Layer, ...]:
    """The rules of the repository above a folder, none if they exclude the folder itself."""
    root = next((place for place in (folder, *folder.parents) if (place / NEVER).exists()), folder)
    rules = IgnoreRules(GITIGNORE, ())
    place, path = root, ""
    for part in folder.relative_to(root).parts:
        rules = rules.inside(place, path)
        place, path = place / part, f"{path}/{part}" if path else part
        if rules.ignores(path, is_folder=True):
            return ()
    return rules.seen_from(path)


def _read(file: Path) -> tuple[Rule, ...]:
    if file.is_fifo():
        raise ValidationError(f"{file}: a pipe, not a file of rules; remove it")
    try:
        return parse(file.read_text(encoding="utf-8-sig", errors="surrogateescape"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise ValidationError(f"{file}: cannot be read: {error.strerror}") from error
