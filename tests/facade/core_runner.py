"""Core runner: the same steps with the sync or the async core."""

import asyncio
from collections.abc import Callable
from typing import Any

from amlrest import StaticToken
from amlrest._async.core import Core as AsyncCore
from amlrest._config.settings import Settings, make_settings
from amlrest._http.retry import RetryPolicy, Timeouts
from amlrest._sync.core import Core

QUICK = RetryPolicy(attempts=6, total=20, base=0.01, longest=0.05)
SHORT = Timeouts(connect=5, read=5, write=5, total=10)
APIS = ("sync", "async")


def settings(endpoint: str) -> Settings:
    return make_settings(subscription_id="s", resource_group="g", name="w", endpoint=endpoint)


class CoreRunner:
    """One api, at one endpoint.

    Args:
        kind: `sync` or `async`.
        endpoint: where requests go.
    """

    def __init__(self, kind: str, endpoint: str, **options: Any) -> None:
        self.kind = kind
        self.endpoint = endpoint
        self.place = options.pop("place", None) or settings(endpoint)
        self.options: dict[str, Any] = {
            "retry": QUICK,
            "timeouts": SHORT,
            "credential": StaticToken("t"),
        } | options

    def but(self, **options: Any) -> "CoreRunner":
        return CoreRunner(
            self.kind, self.endpoint, **({"place": self.place} | self.options | options)
        )

    def __call__(self, *steps: Callable[[Any], Any]) -> Any:
        """Run steps on one core and return what the last gives; iterators are used up."""
        if self.kind == "async":
            return asyncio.run(self._run(steps))
        core = Core(self.place, **self.options)
        try:
            for step in steps:
                result = step(core)
            return (
                list(result)
                if hasattr(result, "__next__") or hasattr(result, "by_page")
                else result
            )
        finally:
            core.close()

    async def _run(self, steps: tuple[Callable[[Any], Any], ...]) -> Any:
        core = AsyncCore(self.place, **self.options)
        try:
            for step in steps:
                result = step(core)
                if hasattr(result, "__await__"):
                    result = await result
            return [item async for item in result] if hasattr(result, "__aiter__") else result
        finally:
            await core.close()
