"""Conda files: what Python and which packages an environment has. No I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.runner.environments.conda_packages import is_bundled, pypi_name
from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.pip_lines import read_pip_lines
from amlrest_emulator.runner.search_space import is_argument

_KEYS = {"name", "channels", "dependencies", "prefix", "variables"}
_SPEC = re.compile(
    r"(?:(?P<channel>[^\s:\[\]=<>!~]+)::)?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)"
    r"(?P<rest>[\s=<>!~\[].*)?\Z"
)
_BRACKETS = re.compile(r"""\[\s*version\s*=\s*['"]?([^'"\]]+?)['"]?\s*\]\Z""")
_VERSION = re.compile(r"\d+(?:\.\d+)*(?:(?:a|b|rc)\d*)?(?:\.?post\d*)?(?:\.?dev\d*)?(?:\.\*|\*)?\Z")
# PyPI has no builds, as py38h06a4308_0 in =1.2=py38h06a4308_0 is one.
_BUILD = re.compile(r"(={0,2}[^=<>!~,]+)=[^=].*")
_CLAUSE = re.compile(r"(===?|=|>=|<=|!=|~=|>|<)?\s*(\S+)\Z")
_SHOWN = 100
# A Python of conda comes with them.
_SEEDS = ("pip", "setuptools", "wheel")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is to be installed.

    Attributes:
        python: version, such as ``3.8``, or version specifiers; "" for any.
        requirements: lines of a requirements file.
        flags: options for uv.
        variables: environment variables that conda sets when it activates the environment.
        notes: what is done in another way than conda does it.
    """

    python: str = ""
    requirements: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def read_conda_file(text: str) -> Recipe:
    """Return what a conda file, as YAML or as JSON, asks for.

    Raises:
        UnbuildableError: it cannot be had from PyPI; names every such line.
    """
    content = _content(text)
    problems = [f"{key!r} is not a key of a conda file." for key in content if key not in _KEYS]
    packages, pip = _dependencies(content.get("dependencies"), problems)
    reader = _CondaPackages(problems)
    for spec in packages:
        reader.read(spec)
    lines = read_pip_lines(pip)
    problems += lines.problems
    variables = _variables(content.get("variables"), problems)
    if problems:
        raise UnbuildableError("\n".join(["The conda file cannot be built:", *problems]))
    return Recipe(
        python=reader.python,
        requirements=(*reader.seeds(), *reader.requirements, *lines.requirements),
        flags=tuple(dict.fromkeys(lines.flags)),
        variables=variables,
        notes=(*reader.notes, *lines.notes),
    )


def _content(text: str) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnbuildableError(f"The conda file is not valid YAML: {error}") from None
    if not isinstance(content, dict):
        raise UnbuildableError("The conda file is not a mapping with the key 'dependencies'.")
    return content


def _dependencies(value: Any, problems: list[str]) -> tuple[list[str], list[str]]:
    packages: list[str] = []
    pip: list[str] = []
    if not isinstance(value, list | None):
        problems.append("dependencies: must be a list.")
        return packages, pip
    for item in value or []:
        if isinstance(item, str):
            packages.append(item)
        elif isinstance(item, dict) and item.keys() == {"pip"}:
            pip += _texts(item["pip"], "dependencies: pip", problems)
        else:
            problems.append(f"dependencies: {_shown(item)} is neither a package nor 'pip: […]'.")
    return packages, pip


def _texts(value: Any, where: str, problems: list[str]) -> list[str]:
    if not isinstance(value, list | None):
        problems.append(f"{where}: must be a list.")
        return []
    wrong = [item for item in value or [] if not isinstance(item, str)]
    problems += [f"{where}: {_shown(item)} is not text." for item in wrong]
    return [item for item in value or [] if isinstance(item, str)]


def _variables(value: Any, problems: list[str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict | None):
        problems.append("variables: must be a mapping.")
        return ()
    found = []
    for name, item in (value or {}).items():
        text = "" if item is None else str(item) if not isinstance(item, list | dict) else "\0"
        if not name or not is_argument(f"{name}{text}") or "=" in str(name):
            problems.append(f"variables: {_shown(name)} is not an environment variable of text.")
        else:
            found.append((str(name), text))
    return tuple(found)


def _shown(value: Any) -> str:
    """Return a value for a message; lists and mappings may contain themselves many times."""
    if isinstance(value, list | dict):
        return f"a {'list' if isinstance(value, list) else 'mapping'}"
    return repr(value)[:_SHOWN]


class _CondaPackages:
    """Reads conda's own packages one after the other."""

    def __init__(self, problems: list[str]) -> None:
        self.python = ""
        self.requirements: list[str] = []
        self.notes: list[str] = []
        self._problems = problems

    def seeds(self) -> list[str]:
        """Return what conda installs beside Python, without what is named."""
        named = {re.split(r"[^\w-]", line)[0].lower() for line in self.requirements}
        return [name for name in _SEEDS if name not in named]

    def read(self, spec: str) -> None:
        match = _SPEC.match(spec.strip())
        if not match:
            self._problems.append(f"{spec!r} is not a conda package.")
            return
        try:
            version = _specifiers(match["rest"] or "")
        except ValueError as error:
            self._problems.append(f"{spec}: {error}.")
            return
        self._add(match["name"].lower(), version, spec)

    def _add(self, name: str, version: str, spec: str) -> None:
        pypi = pypi_name(name)
        if name == "python":
            self.python = python_request(version)
        elif is_bundled(name):
            self.notes.append(f"{spec}: comes with Python, or with the packages that need it.")
        elif pypi is None:
            self._problems.append(
                f"{spec}: conda packages are not installed, and none of PyPI is known to be the "
                "same. Name it in the pip part if PyPI has it, or use docker."
            )
        else:
            self.requirements.append(f"{pypi}{version}")
            if name not in _SEEDS:
                self.notes.append(f"{spec}: from PyPI, as {pypi}{version}.")


def _specifiers(rest: str) -> str:
    """Return the version of a conda package as version specifiers of PyPI.

    Raises:
        ValueError: PyPI's versions cannot express it.
    """
    text = rest.strip()
    if text.startswith("["):
        match = _BRACKETS.match(text)
        if not match:
            raise ValueError("only [version='…'] is supported in brackets")
        text = match[1]
    if "|" in text:
        raise ValueError("alternatives of versions are not supported; name one range")
    joined = re.sub(r"\s*,\s*", ",", re.sub(r"(?<=[=<>!~])\s+", "", text))
    version = joined.partition(" ")[0]
    built = _BUILD.match(version)
    version = built[1] if built else version
    return ",".join(filter(None, (_clause(part) for part in version.split(",") if part)))


def _clause(text: str) -> str:
    match = _CLAUSE.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a version")
    operator, version = match[1] or "==", match[2].lower()
    if version == "*":
        return ""
    if not _VERSION.match(version):
        raise ValueError(f"{version!r} is not a version that PyPI can have")
    prefix = version.endswith("*")
    version = version.rstrip("*").rstrip(".")
    if operator == "=" or (prefix and operator in {"==", "~="}):
        # A prefix of a pre-release is not a version specifier.
        return f"=={version}" if re.search(r"[a-z]", version) else f"=={version}.*"
    return f"!={version}.*" if prefix and operator == "!=" else f"{operator}{version}"


def python_request(specifiers: str) -> str:
    """Return how uv is asked for a Python: ``==3.8.*`` is ``3.8``."""
    match = re.fullmatch(r"==(\d+(?:\.\d+)*)(?:\.\*)?", specifiers)
    return match[1] if match else specifiers
