"""Packages and their folders import each other only as docs/design/0001-layers.md allows."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {
    "amlrest": ROOT / "facade/amlrest",
    "amlrest_client": ROOT / "generated/amlrest_client",
    "amlrest_emulator": ROOT / "emulator/amlrest_emulator",
    "codegen_steps": ROOT / "codegen_steps",
}
MAY_IMPORT = {
    "amlrest": {"amlrest", "amlrest_client"},
    "amlrest_client": {"amlrest_client"},
    "amlrest.cli": {"amlrest", "amlrest_emulator"},
    "amlrest_emulator": {"amlrest_emulator"},
    "amlrest_emulator.web": {"amlrest_emulator", "amlrest._readable", "amlrest.charts"},
    "codegen_steps": {"codegen_steps", "amlrest_client"},
    "codegen_steps.verify.placement": {"codegen_steps", "amlrest"},
}
FOLDERS = {"facade", "generated", "emulator"}

LAYERS = {
    "amlrest": [
        "errors _version",
        "ids names _advice _job_uris _json _urls _durations _part_files _paths _placeholders _readable _yaml",
        "_redaction",
        "_markup",
        "charts",
        "_config _wire",
        "dialects",
        "_http",
        "_runtime",
        "_files",
        "resources",
        "_progress",
        "jobfile",
        "report",
        "_async _sync",
        "aio __init__",
        "_list_names",
        "cli",
        "__main__",
    ],
    "amlrest._async": [
        "listing tokens pages poller single_flight blobs",
        "transport uploader downloader",
        "core",
        "named similar_names run_history tracking workspaces preconditions data_plane",
        "computes datastores job_watch",
        "upload_destination artifacts job_outputs",
        "assets reporting",
        "job_results",
        "path_assets build_context",
        "codes data environments models",
        "registrar",
        "deployments endpoint_rollout submission",
        "endpoints jobs",
        "batch online",
        "workspace",
    ],
    "amlrest.cli": [
        "program render az_names",
        "results",
        "screen",
        "session errors",
        "completion",
        "click_classes operation_progress local_workspace transfer_progress trial_table",
        "yaml_option archive_commands job_progress plotting resource_commands trial_choice",
        "submission",
        "metric_plot sweep_plot",
        "job_plot",
        "asset_commands endpoint_commands job_result_commands scoring",
        "deployment_commands quickstart",
        "commands",
        "app",
        "__init__",
    ],
    "amlrest_emulator": [
        "answers conda_files disk schemas times",
        "connections database fault_rules files json_body json_text names privacy request_log sessions",
        "spec urls",
        "arm_errors",
        "api_versions auth blob bodies certificate local responses state",
        "long_running shapes",
        "runner",
        "serving",
        "context",
        "cloud engine run_history tracking",
        "batch handlers runner_factory serving_factory",
        "web",
        "control fault_middleware seeding",
        "app",
        "server ui_door",
        "ui",
        "__main__",
    ],
    "codegen_steps": [
        "problems layout atomic_replace",
        "provenance pinned_document",
        "pin emit diff",
        "verify",
        "bump_report",
        "bump",
    ],
}
"""Folders and root modules, lowest first; each imports only what stands in a line above it."""


def module_name(package: str, path: Path) -> str:
    parts = path.relative_to(PACKAGES[package]).with_suffix("").parts
    return ".".join((package, *parts)).removesuffix(".__init__")


@cache
def modules(package: str) -> dict[str, Path]:
    return {module_name(package, path): path for path in sorted(PACKAGES[package].rglob("*.py"))}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with the line; relative imports are refused by the linter."""
    known = modules(next(name for name, base in PACKAGES.items() if path.is_relative_to(base)))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if inner in known else node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def allowed(package: str, path: Path) -> set[str]:
    module = module_name(package, path)
    return MAY_IMPORT[max((name for name in MAY_IMPORT if inside(name, module)), key=len)]


def layer_of(package: str, module: str) -> str:
    return module.removeprefix(package).lstrip(".").partition(".")[0] or "__init__"


def inside(package: str, module: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_package_imports_only_those_it_may(package: str) -> None:
    assert modules(package), f"no Python file in {PACKAGES[package]}"
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package).values()
        for line, name in imported(path)
        if (top := name.partition(".")[0]) in FOLDERS
        or (top in PACKAGES and not any(inside(each, name) for each in allowed(package, path)))
    ]
    assert wrong == []


@pytest.mark.parametrize("package", sorted(LAYERS))
def test_folders_import_only_those_below_them(package: str) -> None:
    rank = {name: n for n, line in enumerate(LAYERS[package]) for name in line.split()}
    members = {
        module: path
        for module, path in modules(package.partition(".")[0]).items()
        if inside(package, module)
    }
    names = {layer_of(package, module) for module in members} - {"__init__"}
    assert names - rank.keys() == set(), "folders without a place in LAYERS"
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for module, path in members.items()
        for line, name in imported(path)
        if inside(package, name)
        and (source := layer_of(package, module)) != (target := layer_of(package, name))
        and "__init__" not in {source, target} - rank.keys()
        and rank[source] <= rank[target]
    ]
    assert wrong == []


def test_modules_are_short() -> None:
    own = [path for name in PACKAGES if name != "amlrest_client" for path in modules(name).values()]
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in own}
    assert [f"{path}: {count} lines" for path, count in lines.items() if count > 400] == []


def test_the_design_lists_the_same_layers() -> None:
    """Layers of several lines here may be one there."""
    text = (ROOT / "docs/design/0001-layers.md").read_text(encoding="utf-8")
    table = text.partition("## Inside the facade")[2].partition("\n\nThe modules without")[0]
    cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    rows = [re.findall("`([^`]+)`", cell) for cell in cells]
    place = {name: number for number, names in enumerate(rows) for name in names}
    order = [name for line in LAYERS["amlrest"] for name in line.split() if name[:2] != "__"]
    assert place.keys() == set(order)
    assert [place[name] for name in order] == sorted(place[name] for name in order)


def test_commands_do_not_import_each_other() -> None:
    folder = "amlrest.cli.commands"
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for module, path in modules("amlrest").items()
        for line, name in imported(path)
        if inside(folder, module) and inside(folder, name)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", sorted(PACKAGES.keys() - {"amlrest_client"}))
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    graph = {
        module: {name for _, name in imported(path) if name in modules(package)} - {module}
        for module, path in modules(package).items()
    }
    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def test_folders_that_hold_packages_are_not_packages_themselves() -> None:
    assert [f for f in sorted(FOLDERS) if (ROOT / f / "__init__.py").exists()] == []
