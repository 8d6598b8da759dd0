"""Small upstream trees for tests."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

PROVIDER = "specification/things/resource-manager/Microsoft.MachineLearningServices"
VERSION = "2030-01-01"
REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("AMLREST_SHARED", REPOSITORY.parent / "shared"))
UPSTREAM = SHARED / "upstream" / "azure-rest-api-specs"
OFFICIAL = {
    "2021-03-01-preview": "preview/2021-03-01-preview",
    "2022-05-01": "stable/2022-05-01",
}

needs_upstream = pytest.mark.skipif(
    not UPSTREAM.is_dir(), reason=f"the official documents are not at {UPSTREAM}"
)


def official_folder(api_version: str) -> Path:
    """Where the official documents of a version are."""
    found = list(UPSTREAM.rglob(OFFICIAL[api_version]))
    assert len(found) == 1
    return found[0]


def operation(name: str, **facts: Any) -> dict[str, Any]:
    """A Swagger operation that answers 200."""
    return {"operationId": name, "responses": {"200": {"description": "fine"}}, **facts}


def swagger(
    *,
    definitions: dict[str, Any] | None = None,
    paths: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A Swagger 2.0 document."""
    return {
        "swagger": "2.0",
        "info": {"title": "Things", "version": VERSION},
        "host": "management.azure.com",
        "schemes": ["https"],
        "paths": {"/things": {"get": operation("Things_List")}} if paths is None else paths,
        "definitions": definitions or {},
        **more,
    }


def write_tree(root: Path, version: str = VERSION, **documents: Any) -> Path:
    """Write documents (``name=content``) as upstream's tree; a text is written as it is."""
    folder = root / PROVIDER / "stable" / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in documents.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return root
