"""httpx without its command line.

Importing httpx also tries its command, and with it click, rich and pygments where they are
installed: about half of the time until the first request leaves. A module that is None in
`sys.modules` counts as not installed, which httpx allows for.
"""

import sys

_COMMAND = "httpx._main"
_hide = "httpx" not in sys.modules and _COMMAND not in sys.modules
if _hide:
    sys.modules[_COMMAND] = None  # type: ignore[assignment]
try:
    import httpx
finally:
    if _hide:
        del sys.modules[_COMMAND]

__all__ = ["httpx"]
