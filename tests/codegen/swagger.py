"""Small upstream trees for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

PROVIDER = "specification/things/resource-manager/Microsoft.MachineLearningServices"
VERSION = "2030-01-01"


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
