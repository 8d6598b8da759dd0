"""The official documents and examples, where they are at hand."""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("AMLREST_SHARED", ROOT.parent / "shared"))
_SPECS = SHARED / "upstream/azure-rest-api-specs/specification/machinelearningservices"
DOCUMENTS = _SPECS / "resource-manager/Microsoft.MachineLearningServices/preview/2021-03-01-preview"
YAML_EXAMPLES = SHARED / "upstream/azureml-examples-2021-06/cli"
YAML_SCHEMAS = SHARED / "upstream/azureml-cli-schemas-2021-08"


def need(folder: Path) -> Path:
    """Skip the test where the official material is absent."""
    if not folder.is_dir():
        pytest.skip(f"official material is not at {folder}; set AMLREST_SHARED to its folder")
    return folder


@cache
def definitions() -> dict[str, Any]:
    """All definitions of the pinned version's official documents."""
    found: dict[str, Any] = {}
    for name in ("mfe.json", "machineLearningServices.json"):
        text = (need(DOCUMENTS) / name).read_text(encoding="utf-8")
        found |= json.loads(text)["definitions"]
    return found


def examples(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Resources in the example requests and answers below a folder: (where, JSON)."""
    for path in sorted((DOCUMENTS / "examples" / folder).rglob("*.json")):
        example = json.loads(path.read_text(encoding="utf-8"))
        given = example["parameters"]
        bodies = [given.get("body") or given.get("parameters")]
        bodies += [answer.get("body") for answer in example["responses"].values()]
        for number, body in enumerate(filter(None, bodies)):
            value = body.get("value")
            for item in value if isinstance(value, list) else [body]:
                if "properties" in item:
                    yield f"{path.relative_to(DOCUMENTS / 'examples')}#{number}", item


def request(path: str) -> dict[str, Any]:
    """The body of an example request."""
    text = (need(DOCUMENTS) / "examples" / path).read_text(encoding="utf-8")
    given = json.loads(text)["parameters"]
    body: dict[str, Any] = given.get("body") or given["parameters"]
    return body
