"""The client package: run openapi-python-client with our templates and verify its output."""

from __future__ import annotations

import ast
import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_steps.atomic_replace import replaced
from codegen_steps.emit.lower_versions import module_of, version_tables
from codegen_steps.emit.template_filters import FILTERS, parameter_arguments
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import GENERATOR

if TYPE_CHECKING:
    from jinja2 import Environment

Json = dict[str, Any]
GENERATOR_VERSION = "0.29.1"
TEMPLATES = Path(__file__).resolve().parent / "templates"
# Files that the generator does not write
ADDED = ("_auth", "_kinds", "_model", "calls", "operations", "runtime")
_IMPORT_ALL = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(root.parent))
for path in sorted(root.rglob("*.py")):
    parts = path.relative_to(root.parent).with_suffix("").parts
    importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
models = importlib.import_module(root.name + ".models")
for name in models.__all__:
    getattr(models, name)
"""


def emit(lowered: Json, document: Json, out_dir: Path, versions: Json | None = None) -> None:
    """Write the client package, replacing the contents of ``out_dir``.

    The folder is replaced only after every file was generated, formatted, compiled and imported.

    Args:
        lowered: result of ``lower.lower``.
        document: the pinned document.
        out_dir: package folder; its name is the name of the package.
        versions: result of ``lower_versions.version_tables``; only this version if None.

    Raises:
        CodegenError: another generator version is installed, the generator dropped something, or
            a generated module cannot be imported.
    """
    _check_version()
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / out_dir.name
        _generate(lowered, document, package, versions or version_tables(document, []))
        _check_compiles(package)
        _format(package)
        _check_imports(package)
        with replaced(out_dir) as fresh:
            shutil.copytree(package, fresh, dirs_exist_ok=True)


def _check_version() -> None:
    installed = version(GENERATOR)
    if installed != GENERATOR_VERSION:
        raise CodegenError(
            f"{GENERATOR} {installed} is installed, but the templates are for {GENERATOR_VERSION}: "
            f"pip install {GENERATOR}=={GENERATOR_VERSION}"
        )


def _generate(lowered: Json, document: Json, package: Path, versions: Json) -> None:
    from openapi_python_client import Project
    from openapi_python_client.parser import GeneratorData
    from openapi_python_client.parser.errors import GeneratorError

    config = _config(package)
    data = GeneratorData.from_dict(lowered, config=config)
    if isinstance(data, GeneratorError):
        raise CodegenError(f"{GENERATOR} rejected the document: {_text([data])}")
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.filters.update(FILTERS)
    project.env.globals.update(_facts(lowered, document), versions=versions)
    with contextlib.redirect_stdout(io.StringIO()):
        problems = project.build()
    if problems:
        raise CodegenError(f"{GENERATOR} reported: {_text(problems)}")
    for name in ADDED:
        template = project.env.get_template(f"{name}.py.jinja")
        (package / f"{name}.py").write_text(template.render(), encoding="utf-8")
    _write_versions(project.env, package / "versions", versions["tables"])
    (package / "py.typed").touch()
    _check_complete(lowered, package)


def _write_versions(env: Environment, folder: Path, tables: dict[str, Json]) -> None:
    folder.mkdir()
    text = env.get_template("versions_init.py.jinja").render()
    (folder / "__init__.py").write_text(text, encoding="utf-8")
    template = env.get_template("version.py.jinja")
    for pinned, table in tables.items():
        text = template.render(version=pinned, table=table)
        (folder / f"{module_of(pinned)}.py").write_text(text, encoding="utf-8")


def _config(package: Path) -> Any:
    from openapi_python_client.config import Config, ConfigFile, MetaType

    settings = ConfigFile(project_name_override=package.name, post_hooks=[])
    return Config.from_sources(
        settings, MetaType.NONE, package, "utf-8", overwrite=False, output_path=package
    )


def _facts(lowered: Json, document: Json) -> Json:
    facts = lowered["x-amlrest"]
    operations, parameters = _shared_parameters(facts["operations"])
    return {
        **facts,
        "title": document["info"]["title"],
        "operations": operations,
        "parameters": parameters,
        "operations_by_module": {
            f"{entry['tag']}.{entry['module']}": entry for entry in operations
        },
    }


def _shared_parameters(operations: list[Json]) -> tuple[list[Json], list[str]]:
    """Number the parameters, so that the table defines each of them once."""
    numbers: dict[str, int] = {}
    numbered: list[Json] = []
    for facts in operations:
        texts = [parameter_arguments(parameter) for parameter in facts["parameters"]]
        found = [numbers.setdefault(text, len(numbers)) for text in texts]
        numbered.append({**facts, "parameter_numbers": found})
    return numbered, list(numbers)


def _text(problems: Iterable[Any]) -> str:
    return "; ".join(
        " ".join(f"{problem.header} {problem.detail or ''}".split()) for problem in problems
    )


def _check_complete(lowered: Json, package: Path) -> None:
    facts = lowered["x-amlrest"]
    expected = {f"models/{module}.py" for module in facts["modules"].values()}
    expected |= {f"api/{entry['tag']}/{entry['module']}.py" for entry in facts["operations"]}
    written = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    if missing := sorted(expected - written):
        raise CodegenError(f"{GENERATOR} did not write {', '.join(missing)}")


def _format(package: Path) -> None:
    options = ["--isolated", "--no-cache", "--quiet", "--target-version", "py311"]
    for command in (
        ["check", "--fix-only", "--select", "F401,I", *options],
        ["format", "--line-length", "100", *options],
    ):
        arguments = [sys.executable, "-m", "ruff", *command, str(package)]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise CodegenError(f"ruff could not format the client: {done.stderr.strip()}")


def _check_compiles(package: Path) -> None:
    for path in sorted(package.rglob("*.py")):
        try:
            ast.parse(path.read_text(encoding="utf-8"))
        except SyntaxError as error:
            where = path.relative_to(package.parent)
            raise CodegenError(f"{where}: generated code does not compile: {error}") from None


def _check_imports(package: Path) -> None:
    arguments = [sys.executable, "-I", "-c", _IMPORT_ALL, str(package)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CodegenError(f"a generated module cannot be imported:\n{done.stderr.strip()}")
