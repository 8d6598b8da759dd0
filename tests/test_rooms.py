"""The rooms import each other only as docs/design/0001-rooms.md allows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "amlrest": ROOT / "facade/amlrest",
    "amlrest_client": ROOT / "generated/amlrest_client",
    "amlrest_emulator": ROOT / "emulator/amlrest_emulator",
    "codegen_steps": ROOT / "codegen_steps",
}
OURS = set(ROOMS)
MAY_IMPORT = {
    "amlrest": {"amlrest", "amlrest_client"},
    "amlrest_client": {"amlrest_client"},
    "amlrest_emulator": {"amlrest_emulator"},
    "codegen_steps": {"codegen_steps", "amlrest_client"},
}
CLI_MAY_IMPORT = {"amlrest", "amlrest_emulator"}
FOLDERS = {"facade", "generated", "emulator"}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def allowed(room: str, path: Path) -> set[str]:
    in_cli = room == "amlrest" and "cli" in path.relative_to(ROOMS["amlrest"]).parts
    return CLI_MAY_IMPORT if in_cli else MAY_IMPORT[room]


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_its_neighbours(room: str) -> None:
    files = sorted(ROOMS[room].rglob("*.py"))
    assert files, f"no Python file in {ROOMS[room]}"
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for line, name in imported(path)
        if (top := name.partition(".")[0]) in FOLDERS
        or (top in OURS and top not in allowed(room, path))
    ]
    assert wrong == []


def test_folders_that_hold_packages_are_not_packages_themselves() -> None:
    assert [f for f in sorted(FOLDERS) if (ROOT / f / "__init__.py").exists()] == []
