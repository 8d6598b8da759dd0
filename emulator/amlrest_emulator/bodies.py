"""Bodies of requests that are JSON: read whole, up to a limit."""

from __future__ import annotations

from starlette.requests import Request

from amlrest_emulator.arm_errors import ArmError

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a body, as in the service."""


async def whole_body(request: Request) -> bytes:
    """Return the body of a request.

    Raises:
        ArmError: 413 for more than ``MAX_BODY`` bytes.
    """
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MAX_BODY:
            message = f"The body is larger than {MAX_BODY} bytes; upload files to a datastore."
            raise ArmError(413, "RequestEntityTooLarge", message)
    return bytes(content)
