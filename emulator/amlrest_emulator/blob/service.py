"""ASGI application of the Blob endpoint, path style: ``/<account>/<container>/<blob>``."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from amlrest_emulator.blob import blob_operations as blobs
from amlrest_emulator.blob import block_operations as blocks
from amlrest_emulator.blob import container_operations as containers
from amlrest_emulator.blob.authorize import authorize
from amlrest_emulator.blob.batch import SubRequest, SubResponse, run_batch
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.request import BlobRequest, parse_request
from amlrest_emulator.blob.sas import Account
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xml_body import error_body

_READS = {"GET", "HEAD"}
_LOG = logging.getLogger(__name__)
_DEFAULT_VERSION = "2021-08-06"
_BATCHED = {"Delete Blob"}


Handler = Callable[[BlobRequest, BlobStore], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A documented operation, the SAS permissions that allow it, and its handler."""

    name: str
    permissions: str
    handler: Handler


# level, methods, restype, comp, name, SAS permissions, handler
_TABLE: tuple[tuple[str, str, str, str, str, str, Handler], ...] = (
    ("s", "GET", "", "list", "List Containers", "l", containers.list_containers),
    ("c", "PUT", "container", "", "Create Container", "cw", containers.create_container),
    ("c", "GET HEAD", "container", "", "Get Container Properties", "r", containers.get_container),
    ("c", "GET", "container", "metadata", "Get Container Metadata", "r", containers.get_container),
    ("c", "PUT", "container", "metadata", "Set Container Metadata", "w", containers.set_metadata),
    ("c", "DELETE", "container", "", "Delete Container", "d", containers.delete_container),
    ("c", "GET", "container", "list", "List Blobs", "l", containers.list_blobs),
    ("o", "GET", "", "", "Get Blob", "r", blobs.get_blob),
    ("o", "HEAD", "", "", "Get Blob Properties", "r", blobs.head_blob),
    ("o", "PUT", "", "", "Put Blob", "wc", blobs.put_blob),
    ("o", "DELETE", "", "", "Delete Blob", "d", blobs.delete_blob),
    ("o", "GET HEAD", "", "metadata", "Get Blob Metadata", "r", blobs.get_metadata),
    ("o", "PUT", "", "metadata", "Set Blob Metadata", "w", blobs.set_metadata),
    ("o", "PUT", "", "properties", "Set Blob Properties", "w", blobs.set_properties),
    ("o", "PUT", "", "block", "Put Block", "w", blocks.put_block),
    ("o", "PUT", "", "blocklist", "Put Block List", "w", blocks.put_block_list),
    ("o", "GET", "", "blocklist", "Get Block List", "r", blocks.get_block_list),
)
_OPERATIONS = {
    (level, method, restype, comp): Operation(name, permissions, handler)
    for level, methods, restype, comp, name, permissions, handler in _TABLE
    for method in methods.split()
}
_BATCH = Operation("Blob Batch", "d", blobs.delete_blob)


def find_operation(request: BlobRequest) -> Operation:
    """Return the operation of a request; raise ``NotImplemented`` for an unknown one."""
    restype, comp = request.parameters.get("restype", ""), request.parameters.get("comp", "")
    if request.method == "POST" and comp == "batch" and not request.blob:
        return _BATCH
    found = _OPERATIONS.get((request.level, request.method, restype.lower(), comp.lower()))
    if found is None:
        kind = {"s": "the account", "c": "a container", "o": "a blob"}[request.level]
        given = f"restype={restype or '-'} comp={comp or '-'}"
        raise unsupported(f"{request.method} on {kind} with {given}")
    return found


class BlobService:
    """The ASGI application.

    Args:
        store: the blob store.
        account: name and Base64 key of the storage account.
        token_is_valid: returns whether a Bearer token is valid.
    """

    def __init__(
        self, store: BlobStore, account: Account, token_is_valid: Callable[[str], bool]
    ) -> None:
        self.store = store
        self._account = account
        self._token_is_valid = token_is_valid

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        request = Request(scope, receive)
        response = await self._respond(request)
        try:
            await response(scope, receive, send)
        except FileNotFoundError:
            # The blob was replaced during the read; the client sees an incomplete response.
            _LOG.warning("blob replaced during a read: %s", scope["path"])

    async def _respond(self, request: Request) -> Response:
        target = _target(request.scope)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
        ]
        try:
            response = await self._run(request.method, target, headers, request.stream)
            if request.method not in _READS:
                await asyncio.to_thread(self.store.settle)
        except BlobError as error:
            response = error_response(error)
        except ClientDisconnect:
            response = Response(status_code=400)
        names = dict(headers)
        response.headers["x-ms-request-id"] = str(uuid.uuid4())
        response.headers["x-ms-version"] = names.get("x-ms-version", _DEFAULT_VERSION)
        if "x-ms-client-request-id" in names:
            response.headers["x-ms-client-request-id"] = names["x-ms-client-request-id"]
        if "sec-fetch-dest" in names:
            # A browser asks, in which a page that a job has written could act as one of ours.
            response.headers["Content-Security-Policy"] = "sandbox"
        return response

    async def _run(
        self,
        method: str,
        target: str,
        headers: list[tuple[str, str]],
        body: Callable[[], AsyncIterator[bytes]],
    ) -> Response:
        request = parse_request(method, target, headers, self._account.name, body)
        operation = find_operation(request)
        request = authorize(request, self._account, operation.permissions, self._token_is_valid)
        request.refuse_unknown()
        if operation is _BATCH:
            return await self._batch(request)
        return await operation.handler(request, self.store)

    async def _batch(self, request: BlobRequest) -> Response:
        kind, body = await run_batch(request, self._sub_request)
        return Response(body, status_code=202, headers={"content-type": kind})

    async def _sub_request(self, item: SubRequest) -> SubResponse:
        try:
            request = parse_request(
                item.method, item.target, item.headers, self._account.name, _no_body
            )
            if find_operation(request).name not in _BATCHED:
                raise unsupported(f"{find_operation(request).name} in a batch")
            response = await self._run(item.method, item.target, item.headers, _no_body)
        except BlobError as error:
            response = error_response(error)
        return SubResponse(
            response.status_code, list(response.headers.items()), bytes(response.body)
        )


async def _no_body() -> AsyncIterator[bytes]:
    return
    yield b""


def _target(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def error_response(error: BlobError) -> Response:
    """Return the documented response of an error."""
    headers = {"x-ms-error-code": error.code}
    if error.code == "NoAuthenticationInformation":
        headers["www-authenticate"] = "Bearer"
    if error.code == "NotModified":
        return Response(status_code=error.status, headers=headers)
    body = error_body(error.code, error.message)
    return Response(body, error.status, headers, media_type="application/xml")
