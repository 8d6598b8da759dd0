"""Types of calls by operation id, against the official documents."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from amlrest_client import models
from amlrest_client.operations import OPERATIONS

from tests import official

pytestmark = pytest.mark.slow

HEAD = """
from typing import reveal_type
import amlrest
import amlrest.aio

text = "x"
ws = amlrest.Workspace("s", "g", "w")

async def main(beside: amlrest.aio.Workspace, unknown: str) -> None:
"""


def revealed(tmp_path: Path, lines: list[str]) -> list[str]:
    """The types mypy finds for expressions in an async function."""
    script = tmp_path / "script.py"
    script.write_text(HEAD + "".join(f"    reveal_type({line})\n" for line in lines))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(script)],
        cwd=official.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    found = re.findall(r'Revealed type is "(.*)"', done.stdout)
    assert len(found) == len(lines)
    return [re.sub(r"[a-z_]+\.", "", each) for each in found]


def named(schema: dict[str, Any]) -> str | None:
    """The model a schema refers to, by its name here; None for anything else."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return name if hasattr(models, name) else None


def answer(operation: dict[str, Any]) -> str | None:
    schemas = (r.get("schema", {}) for s, r in operation["responses"].items() if s.isdigit())
    return next(filter(None, map(named, schemas)), None)


def test_every_operation_gives_the_documented_model(tmp_path: Path) -> None:
    documented = official.pinned().operations
    assert documented.keys() == OPERATIONS.keys()
    lines, wanted = [], []
    for name, operation in OPERATIONS.items():
        model = answer(documented[name].node.value)
        given = [p.python_name for p in operation.parameters if p.required]
        filled = {"subscription_id", "resource_group_name", "workspace_name", "api_version"}
        arguments = "".join(f", {each}=text" for each in given if each not in filled)
        body = ", {}" if operation.body else ""
        lines += [f'{way}.call("{name}"{body}{arguments})' for way in ("ws", "await beside")]
        wanted += [(operation.pageable, model)] * 2
    for line, found, (pageable, model) in zip(
        lines, revealed(tmp_path, lines), wanted, strict=True
    ):
        if pageable is not None:
            assert re.fullmatch(r"(Async)?Iterable\[\w+\]", found), (line, found)
        elif model is not None:
            assert found.removesuffix(" | None") == model, (line, found)
        else:
            assert found == "Any", (line, found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('ws.call("Quotas_List", location="x")', "Iterable[ResourceQuota]"),
        ('await beside.call("Quotas_List", location="x")', "AsyncIterable[ResourceQuota]"),
        ('ws.call("Compute_ListNodes", compute_name="x")', "Iterable[AmlComputeNodeInformation]"),
        (
            'ws.call("Compute_Update", {}, compute_name="x", timeout=5, workspace_name="w")',
            "ComputeResource",
        ),
        ("ws.call(unknown, anything=1)", "Any"),
    ],
)
def test_some_calls(tmp_path: Path, line: str, found: str) -> None:
    assert revealed(tmp_path, [line]) == [found]
