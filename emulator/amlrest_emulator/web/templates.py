"""Templates of the pages, with everything escaped that is inserted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amlrest_emulator.web import words

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
ASSETS = "/_page/"
"""Path of the style sheet, the script and the icon, before name and digest."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks for a page.

    Attributes:
        nonce: allows the page its own script and style sheet.
        form_token: goes with the forms of the session.
    """

    nonce: str
    form_token: str


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """Return the assets by path: content type and content. The path has the digest."""
    import amlrest.charts

    found = {}
    for file in [
        *(_FOLDER / "static").iterdir(),
        Path(amlrest.charts.__file__).with_name("charts.css"),
    ]:
        content = file.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:16]
        found[f"{ASSETS}{digest}/{file.name}"] = (_TYPES[file.suffix], content)
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
        "static": {path.rpartition("/")[2]: path for path in assets()},
    }
    return environment
