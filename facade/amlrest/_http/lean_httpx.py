"""httpx, imported without its command line.

Importing httpx also imports its CLI, with click, rich and pygments where they are installed:
about half of the time before the first request is sent. A module that is None in `sys.modules`
counts as not installed, which httpx handles.
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
