"""The local workspace: Azure Machine Learning's REST API on your own machine.

Importing this package imports no other module; the server needs the extra ``local``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amlrest_emulator.local import LocalWorkspace, StartError, find, start

__all__ = ["LocalWorkspace", "StartError", "find", "start"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from amlrest_emulator import local

        return getattr(local, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
