"""Data collection of online deployments."""

from collections.abc import Mapping
from typing import Any

from attrs import define, field

from amlrest._wire.codecs import NUMBER, TEXT, Choice, ListOf, MapOf, Ref
from amlrest._wire.fields import normalised, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject

_MODE = Choice(enabled="Enabled", disabled="Disabled")
_RATE = Choice(year="Year", month="Month", day="Day", hour="Hour", minute="Minute")


@define(kw_only=True, repr=False, field_transformer=normalised)
class Collection(WireObject):
    """Data of one kind that a deployment collects.

    Attributes:
        mode: ``enabled`` or ``disabled``; the service's default is ``disabled``.
        data: data asset that receives it: name, id or object.
        client_id: client id of the identity that writes it; one of the endpoint's if None.
        sampling_rate: share that is collected, 0 to 1; everything if None.
    """

    mode: str | None = field(default=None, metadata=wire("dataCollectionMode", _MODE))
    data: Any = field(default=None, metadata=wire("dataId", Ref("data")))
    client_id: str | None = field(default=None, metadata=wire("clientId", TEXT))
    sampling_rate: float | None = field(default=None, metadata=wire("samplingRate", NUMBER))


@define(kw_only=True, repr=False, field_transformer=normalised)
class DataCollector(WireObject):
    """What an online deployment collects of requests and responses; from 2024-04-01.

    Attributes:
        collections: `Collection` by name; ``model_inputs``, ``model_outputs``, ``request`` and
            ``response`` are filled by the service, others by the scoring script.
        rolling_rate: ``year``, ``month``, ``day``, ``hour`` or ``minute``: how often a new path
            begins.
        capture_headers: headers of requests that are collected too.
    """

    collections: dict[str, Collection] | None = field(
        default=None, metadata=wire("collections", MapOf(Nested(Collection)))
    )
    rolling_rate: str | None = field(default=None, metadata=wire("rollingRate", _RATE))
    capture_headers: list[str] | None = field(
        default=None, metadata=wire("requestLogging.captureHeaders", ListOf(TEXT))
    )


def as_collector(value: Any) -> Any:
    """Convert ``{"collections": {…}}`` to a `DataCollector`."""
    return DataCollector(**value) if isinstance(value, Mapping) else value
