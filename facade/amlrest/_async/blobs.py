"""Blobs of one container: obstore calls with retries, and errors without secrets."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest._files.blob_target import describe_error, is_transient, rejects_credential
from amlrest._http import retry
from amlrest._runtime import aio as rt

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from amlrest._files.blob_target import BlobTarget
    from amlrest._http.retry import RetryPolicy
    from amlrest.errors import AmlrestError

T = TypeVar("T")

_PAGE = 1000


class Blobs:
    """The blobs of one container.

    Args:
        target: the container and its credential.
        error: the class of error to raise.
        policy: retry policy.
    """

    def __init__(self, target: BlobTarget, error: type[AmlrestError], policy: RetryPolicy) -> None:
        self._target = target
        self._error = error
        self._policy = policy
        self._store = target.open(policy)
        self._renewal = rt.Lock()
        self._refused: BlobTarget | None = None

    async def sizes(self, prefix: str) -> dict[str, int]:
        """Return the size in bytes of each blob below a folder, by name."""
        return await self._retry(f"{self._target.url}/{prefix}", lambda: self._sizes(prefix))

    async def _sizes(self, prefix: str) -> dict[str, int]:
        import obstore

        found: dict[str, int] = {}
        async for page in obstore.list(self._store, prefix, chunk_size=_PAGE):
            found.update((meta["path"], meta["size"]) for meta in page)
        return found

    async def size(self, name: str) -> dict[str, int]:
        """Return the size in bytes of one blob, by name; empty if it does not exist."""
        import obstore

        async def attempt() -> dict[str, int]:
            try:
                meta = await obstore.head_async(self._store, name)
            except FileNotFoundError:
                return {}
            return {name: meta["size"]}

        return await self._retry(f"{self._target.url}/{name}", attempt)

    async def put(self, name: str, content: bytes, what: str) -> None:
        """Upload a blob in one request; `what` names its source in errors."""
        import obstore

        await self._retry(
            f"{what}, as {name}",
            lambda: obstore.put_async(self._store, name, content, use_multipart=False),
        )

    async def put_stream(
        self,
        name: str,
        open_stream: Callable[[], AsyncIterator[bytes]],
        what: str,
        *,
        chunk_size: int,
        max_concurrency: int,
    ) -> None:
        """Upload a blob in blocks; the stream is opened again for each attempt."""
        import obstore

        await self._retry(
            f"{what}, as {name}",
            lambda: obstore.put_async(
                self._store,
                name,
                open_stream(),
                use_multipart=True,
                chunk_size=chunk_size,
                max_concurrency=max_concurrency,
            ),
        )

    async def get(self, name: str, read: Callable[[Any], Awaitable[T]]) -> T:
        """Download a blob with `read`, again if the connection is lost."""
        import obstore

        async def attempt() -> T:
            return await read(await obstore.get_async(self._store, name))

        return await self._retry(f"{self._target.url}/{name}", attempt)

    async def _retry(self, what: str, call: Callable[[], Awaitable[T]]) -> T:
        """Retry a call while its failure may be transient.

        obstore itself repeats what it knows to be harmless: connections that fail, statuses such
        as 429 and 503. Everything here may be repeated, so a write that timed out is as well. A
        credential that is refused, since it has ended or was replaced, is asked for anew.
        """
        from obstore.exceptions import BaseError

        for number in range(1, self._policy.attempts + 1):
            used, last = self._target, number == self._policy.attempts
            try:
                return await call()
            except (BaseError, FileNotFoundError) as error:
                failure = error
            # Outside the except block, so that no traceback shows a URL from obstore.
            if not last and rejects_credential(failure) and await self._renewed(used):
                continue
            if last or not is_transient(failure):
                raise self._error(f"{what}: {describe_error(failure, used)}")
            await rt.sleep(retry.backoff(number, self._policy, random.random()))  # noqa: S311
        raise AssertionError

    async def _renewed(self, used: BlobTarget) -> bool:
        """Replace a refused credential, once for all waiting transfers; False if there is none."""
        async with self._renewal:
            if used is self._refused or used.renew is None:
                return False
            if used is self._target:
                fresh = used._replace(credential=(await used.renew()).credential)
                if fresh.credential == used.credential:
                    self._refused = used
                    return False
                self._target, self._store = fresh, fresh.open(self._policy)
            return True
