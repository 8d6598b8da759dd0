# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Low-level client of Microsoft.MachineLearningServices, API version 2021-03-01-preview.

`models`, `operations`, `runtime`, `errors` and `api` are modules of their own; importing this
package loads none of them.
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

_WHERE = {
    "Client": "client",
    "Response": "types",
    "ServiceError": "errors",
    "UNSET": "types",
    "Unset": "types",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


__all__ = ["API_VERSION", "UNSET", "Client", "Response", "ServiceError", "Unset"]
