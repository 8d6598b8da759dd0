# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OnlineRequestSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class OnlineRequestSettings(Model):
    """OnlineRequestSettings."""

    max_concurrent_requests_per_instance: int | None | Unset = UNSET
    max_queue_wait: str | None | Unset = UNSET
    request_timeout: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "max_concurrent_requests_per_instance": Field("maxConcurrentRequestsPerInstance", "int"),
        "max_queue_wait": Field("maxQueueWait", "str"),
        "request_timeout": Field("requestTimeout", "str"),
    }
