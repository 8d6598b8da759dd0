"""A bump to a document made by TypeSpec, with names that this repository has never seen."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from codegen_steps.bump import Bump, bump, left_to_do, summary
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Selection
from codegen_steps.provenance import current_version
from tests.codegen.swagger import write_tree
from tests.codegen.typespec_version import DOCUMENT, TYPES, VERSION
from tests.official import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HERE = Layout(ROOT)


@pytest.fixture(scope="module")
def bumped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, Bump]:
    root: Path = tmp_path_factory.mktemp("typespec")
    layout = Layout(root / "repository")
    for source, target in (
        (HERE.templates, layout.templates),
        (HERE.spec, layout.spec),
        (HERE.client, layout.client),
        (HERE.facade, layout.facade),
    ):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    upstream = write_tree(root / "upstream", VERSION, openapi=DOCUMENT)
    common = upstream / "specification" / "common-types" / "v6" / "types.json"
    common.parent.mkdir(parents=True)
    common.write_text(json.dumps(TYPES))
    folder = next((root / "upstream").rglob(VERSION))
    example = folder / "examples" / "Compute" / "createOrUpdate.json"
    example.parent.mkdir(parents=True)
    example.write_text("{}")
    return layout, bump(layout, Selection(root / "upstream", VERSION))


def test_it_becomes_the_current_version(bumped: tuple[Layout, Bump]) -> None:
    layout, done = bumped
    assert current_version(layout.spec) == VERSION
    assert done.report.fidelity[VERSION].problems == []
    table = (layout.client / "versions" / "__init__.py").read_text()
    assert f'("{VERSION}", "{VERSION}")' in table
    assert {path.name for path in (layout.client / "versions").glob("v*.py")} == {
        "v2021_03_01_preview.py",
        "v2024_10_01.py",
    }


def test_attributes_are_found_whatever_the_definitions_are_called(
    bumped: tuple[Layout, Bump],
) -> None:
    found = bumped[1].places[VERSION]
    names = ("size", "min_instances", "max_instances", "idle_time_before_scale_down", "priority")
    assert {f"AmlCompute.{name}" for name in names} <= set(found.placed)
    assert "CommandJob: no PUT of jobs" in found.missing


def test_the_report_tells_what_is_new_and_what_has_no_place(bumped: tuple[Layout, Bump]) -> None:
    lines = list(summary(bumped[1]))
    assert "  AmlCompute: properties.properties.newThing" in lines
    assert any(line.startswith("  AmlCompute.") and "Spot" in line for line in lines)
    assert "  AmlCompute.subnet: properties.properties.subnet.id is not in the document" in lines
    left = "\n".join(left_to_do(bumped[1]))
    assert "CommandJob: no PUT of jobs; give the attribute its place" in left
