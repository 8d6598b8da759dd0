"""Chromium for tests: the machine's own, headless, with an empty profile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INSTALL = "scripts/setup-browser.sh"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--no-sandbox",  # containers have no user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = Path(__file__).parent / "node/node_modules/axe-core/axe.min.js"


class BrowserError(Exception):
    """The browser or axe is not installed; the message has the command that installs it."""


@contextmanager
def running() -> "Iterator[Browser]":
    """Run Chromium until the block ends.

    Raises:
        BrowserError: it is not installed.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BrowserError(f"Chromium is not installed; run {INSTALL}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def axe() -> str:
    """Return the source of axe-core, which finds what keeps people from using a page.

    Raises:
        BrowserError: it is not installed.
    """
    if not _AXE.exists():
        raise BrowserError("axe-core is not installed; run scripts/setup-node.sh")
    return _AXE.read_text(encoding="utf-8")
