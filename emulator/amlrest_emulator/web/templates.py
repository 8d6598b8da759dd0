"""Templates of the pages, with everything escaped that is inserted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amlrest_emulator.web import plots, words

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
ASSETS = "/_page/"
"""Path of the style sheet, the script and the icon, before name and digest."""

_TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """Return the assets by path: content type and content. The path has the digest."""
    found = {}
    for name, kind in _TYPES.items():
        content = (_FOLDER / "static" / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:16]
        found[f"{ASSETS}{digest}/{name}"] = (kind, content)
    return found


def render(name: str, values: Mapping[str, Any]) -> str:
    """Return a page.

    Args:
        name: file name of its template.
        values: what the template inserts.
    """
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    """Return the templates; Jinja is imported with the first page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "number": words.number,
        "duration": words.duration,
        "size": words.size,
        "moment": words.moment,
        "iso": words.iso,
        "plural": words.plural,
        "first_line": words.first_line,
        "segment": lambda text: quote(str(text), safe=""),
        "path": lambda text: quote(str(text), safe="/"),
    }
    environment.globals |= {
        "area": plots.AREA,
        "static": {path.rpartition("/")[2]: path for path in assets()},
    }
    return environment
