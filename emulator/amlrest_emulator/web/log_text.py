"""Text of logs as it is read: without escape sequences, progress bars in their last state."""

from __future__ import annotations

import re

# ECMA-48: CSI sequences such as colours, OSC strings such as titles and links, other escapes.
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[ -/]*[0-OQ-WYZ\\`-~])|\x9b[0-?]*[ -/]*[@-~]"
)
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
_CONTROLS |= {0x7F: 0x2421}
# Those that would let a line run in another direction, or hide.
_CONTROLS |= dict.fromkeys(
    [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
)


def readable(text: str) -> str:
    """Return the text of a log as a terminal would leave it, other control characters marked."""
    lines = _ESCAPES.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_last_state(line) for line in lines).translate(_CONTROLS)


def _last_state(line: str) -> str:
    """Return what the last return of a line has left of it."""
    if "\r" not in line:
        return line
    states = [state for state in line.split("\r") if state]
    return states[-1] if states else ""
