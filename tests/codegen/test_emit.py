"""Generating: complete, deterministic, all or nothing."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen_steps.emit import client_package
from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from codegen_steps.problems import CodegenError
from tests.codegen.small_document import DOCUMENT

ROOT = Path(__file__).resolve().parents[2]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def package(small: Any) -> Path:
    return Path(small().__file__).parent


def test_every_file_says_how_to_rebuild_it(package: Path) -> None:
    files = list(package.rglob("*.py"))
    assert len(files) > 30
    for path in files:
        first = path.read_text().splitlines()[0]
        assert "spec/2000-01-01/openapi.json" in first, path
        assert "python codegen.py generate" in first, path


def test_nothing_but_modules_and_the_type_marker(package: Path) -> None:
    others = {p.name for p in package.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"}}
    assert others == {"py.typed"}


@pytest.mark.slow
def test_strict_type_checking_passes(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", package.name],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(DOCUMENT))
    code = (
        "import json, sys; from pathlib import Path; from codegen_steps.emit.client_package import emit; "
        "from codegen_steps.emit.lower import lower; d = json.loads(Path(sys.argv[1]).read_text()); "
        "emit(lower(d), d, Path(sys.argv[2]))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(document), str(tmp_path / seed / "client")],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_stale_files_go(tmp_path: Path) -> None:
    out = tmp_path / "client"
    (out / "models").mkdir(parents=True)
    (out / "models" / "stale.py").write_text("")
    emit(lower(DOCUMENT), DOCUMENT, out)
    assert not (out / "models" / "stale.py").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["client"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A tree that a failing run must leave as it is."""
    out = tmp_path / "client"
    out.mkdir()
    (out / "here.py").write_text("before")
    return out


def refused(lowered: dict[str, Any], out: Path) -> str:
    with pytest.raises(CodegenError) as caught:
        emit(lowered, DOCUMENT, out)
    assert tree(out) == {"here.py": b"before"}
    assert [path.name for path in out.parent.iterdir()] == ["client"]
    return str(caught.value)


def test_another_generator_version_is_refused(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_package, "version", lambda _: "0.29.0")
    assert "0.29.1" in refused(lower(DOCUMENT), kept)


def test_what_the_generator_warns_of_is_refused_by_name(kept: Path) -> None:
    lowered = copy.deepcopy(lower(DOCUMENT))
    lowered["components"]["schemas"]["Drawing"]["properties"]["count"] = {"$ref": "#/nowhere/Lost"}
    assert "Drawing" in refused(lowered, kept)


def test_an_operation_the_generator_drops_is_refused_by_name(kept: Path) -> None:
    lowered = copy.deepcopy(lower(DOCUMENT))
    for item in lowered["paths"].values():
        item.pop("put", None)
    assert "drawings/create_or_update" in refused(lowered, kept)


def test_a_template_that_writes_nonsense_is_refused(
    kept: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path_factory.mktemp("t") / "templates"
    shutil.copytree(client_package.TEMPLATES, templates)
    monkeypatch.setattr(client_package, "TEMPLATES", templates)
    (templates / "runtime.py.jinja").write_text("import not_there_at_all\nnot_there_at_all.x")
    assert "not_there_at_all" in refused(lower(DOCUMENT), kept)
    (templates / "runtime.py.jinja").write_text("def broken(")
    assert "runtime.py" in refused(lower(DOCUMENT), kept)


def test_every_template_says_how_it_differs_from_stock() -> None:
    for path in client_package.TEMPLATES.glob("*.jinja"):
        assert path.read_text().startswith("{# "), path.name
