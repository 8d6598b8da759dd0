# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Low-level client of Microsoft.MachineLearningServices, API version 2021-03-01-preview.

Importing this package loads none of its modules: `models`, `operations`, `runtime`, `errors` and
`api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .client import Client as Client
    from .errors import ServiceError as ServiceError
    from .types import UNSET as UNSET
    from .types import Response as Response
    from .types import Unset as Unset

API_VERSION: Final = "2021-03-01-preview"

_MODULES = {
    "Client": "client",
    "Response": "types",
    "ServiceError": "errors",
    "UNSET": "types",
    "Unset": "types",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


__all__ = ["API_VERSION", "UNSET", "Client", "Response", "ServiceError", "Unset"]
