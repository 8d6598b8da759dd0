"""The Blob endpoint as an ASGI application, path style: ``/<account>/<container>/<blob>``."""

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
from amlrest_emulator.blob.call import Call, make_call
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.sas import Account
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xmlbody import error_body

_LOG = logging.getLogger(__name__)
_DEFAULT_VERSION = "2021-08-06"
_BATCHED = {"Delete Blob"}


@dataclass(frozen=True, slots=True)
class Operation:
    """A documented operation, the SAS letters that permit it, and its handler."""

    name: str
    permissions: str
    handler: Callable[[Call, BlobStore], Awaitable[Response]]


# (level, verb, restype, comp) → operation
_OPERATIONS = {
    ("s", "GET", "", "list"): Operation("List Containers", "l", containers.list_containers),
    ("c", "PUT", "container", ""): Operation("Create Container", "cw", containers.create_container),
    ("c", "GET", "container", ""): Operation(
        "Get Container Properties", "r", containers.get_container
    ),
    ("c", "HEAD", "container", ""): Operation(
        "Get Container Properties", "r", containers.get_container
    ),
    ("c", "GET", "container", "metadata"): Operation(
        "Get Container Metadata", "r", containers.get_container
    ),
    ("c", "PUT", "container", "metadata"): Operation(
        "Set Container Metadata", "w", containers.set_container_metadata
    ),
    ("c", "DELETE", "container", ""): Operation(
        "Delete Container", "d", containers.delete_container
    ),
    ("c", "GET", "container", "list"): Operation("List Blobs", "l", containers.list_blobs),
    ("o", "GET", "", ""): Operation("Get Blob", "r", blobs.get_blob),
    ("o", "HEAD", "", ""): Operation("Get Blob Properties", "r", blobs.head_blob),
    ("o", "PUT", "", ""): Operation("Put Blob", "wc", blobs.put_blob),
    ("o", "DELETE", "", ""): Operation("Delete Blob", "d", blobs.delete_blob),
    ("o", "GET", "", "metadata"): Operation("Get Blob Metadata", "r", blobs.get_metadata),
    ("o", "HEAD", "", "metadata"): Operation("Get Blob Metadata", "r", blobs.get_metadata),
    ("o", "PUT", "", "metadata"): Operation("Set Blob Metadata", "w", blobs.set_metadata),
    ("o", "PUT", "", "properties"): Operation("Set Blob Properties", "w", blobs.set_properties),
    ("o", "PUT", "", "block"): Operation("Put Block", "wc", blocks.put_block),
    ("o", "PUT", "", "blocklist"): Operation("Put Block List", "wc", blocks.put_block_list),
    ("o", "GET", "", "blocklist"): Operation("Get Block List", "r", blocks.get_block_list),
}
_BATCH = Operation("Blob Batch", "d", blobs.delete_blob)


def find_operation(call: Call) -> Operation:
    """Return the operation a request asks for; an unknown one is refused by its parameters."""
    restype, comp = call.parameters.get("restype", ""), call.parameters.get("comp", "")
    if call.method == "POST" and comp == "batch" and not call.blob:
        return _BATCH
    found = _OPERATIONS.get((call.level, call.method, restype.lower(), comp.lower()))
    if found is None:
        kind = {"s": "the account", "c": "a container", "o": "a blob"}[call.level]
        asked = f"restype={restype or '-'} comp={comp or '-'}"
        raise unsupported(f"{call.method} on {kind} with {asked}")
    return found


class BlobService:
    """The ASGI application.

    Args:
        store: where the blobs are.
        account: name and Base64 key of the one storage account.
        token_is_valid: decides on the workspace's Bearer tokens.
    """

    def __init__(
        self, store: BlobStore, account: Account, token_is_valid: Callable[[str], bool]
    ) -> None:
        self.store = store
        self._account = account
        self._token_is_valid = token_is_valid

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await self._respond(request)
        try:
            await response(scope, receive, send)
        except FileNotFoundError:
            # The blob was replaced while it was read; the short answer tells the client.
            _LOG.warning("blob replaced while it was read: %s", scope["path"])

    async def _respond(self, request: Request) -> Response:
        target = _target(request.scope)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
        ]
        try:
            response = await self._run(request.method, target, headers, request.stream)
        except BlobError as error:
            response = error_response(error)
        except ClientDisconnect:
            response = Response(status_code=400)
        names = dict(headers)
        response.headers["x-ms-request-id"] = str(uuid.uuid4())
        response.headers["x-ms-version"] = names.get("x-ms-version", _DEFAULT_VERSION)
        if "x-ms-client-request-id" in names:
            response.headers["x-ms-client-request-id"] = names["x-ms-client-request-id"]
        return response

    async def _run(
        self,
        method: str,
        target: str,
        headers: list[tuple[str, str]],
        body: Callable[[], AsyncIterator[bytes]],
    ) -> Response:
        call = make_call(method, target, headers, self._account.name, body)
        operation = find_operation(call)
        call = authorize(call, self._account, operation.permissions, self._token_is_valid)
        call.refuse_unknown()
        if operation is _BATCH:
            return await self._batch(call)
        return await operation.handler(call, self.store)

    async def _batch(self, call: Call) -> Response:
        kind, body = await run_batch(call, self._sub_request)
        return Response(body, status_code=202, headers={"content-type": kind})

    async def _sub_request(self, request: SubRequest) -> SubResponse:
        try:
            call = make_call(
                request.method, request.target, request.headers, self._account.name, _no_body
            )
            if find_operation(call).name not in _BATCHED:
                raise unsupported(f"{find_operation(call).name} in a batch")
            answer = await self._run(request.method, request.target, request.headers, _no_body)
        except BlobError as error:
            answer = error_response(error)
        return SubResponse(answer.status_code, list(answer.headers.items()), bytes(answer.body))


async def _no_body() -> AsyncIterator[bytes]:
    return
    yield b""


def _target(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def error_response(error: BlobError) -> Response:
    """Return the documented answer to an error."""
    headers = {"x-ms-error-code": error.code}
    if error.code == "NoAuthenticationInformation":
        headers["www-authenticate"] = "Bearer"
    if error.code == "NotModified":
        return Response(status_code=error.status, headers=headers)
    body = error_body(error.code, error.message)
    return Response(body, error.status, headers, media_type="application/xml")
