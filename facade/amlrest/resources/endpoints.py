"""Online and batch endpoints and their deployments."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import INTEGER, JSON, LABELS, TEXT, Choice, MapOf, Ref
from amlrest._wire.fields import look_up, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject
from amlrest.resources.base import Resource, text

_AUTH = Choice(key="Key", aml_token="AMLToken", aad_token="AADToken")  # noqa: S106 - modes


def _as_auth(value: Any) -> Any:
    return _AUTH.normalise(value)


@define(repr=False)
class Tracked(Resource):
    """What endpoints and deployments have as Azure resources.

    Attributes:
        location: region; the workspace's when None.
        tags: text by text.
        identity: managed identity, as the service takes it.
        kind: as the service takes it.
        description: free text.
        properties: text by text.
    """

    location: str | None = field(default=None, kw_only=True, metadata=wire("/location", TEXT))
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("/tags", LABELS))
    identity: dict[str, Any] | None = field(
        default=None, kw_only=True, metadata=wire("/identity", JSON)
    )
    kind: str | None = field(default=None, kw_only=True, metadata=wire("/kind", TEXT))
    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    properties: dict[str, str] | None = field(
        default=None, kw_only=True, metadata=wire("properties", LABELS)
    )


@define(repr=False)
class EndpointKeys(WireObject):
    """The two keys of an endpoint."""

    WIRE_MODEL: ClassVar[str] = "EndpointAuthKeys"

    primary: str | None = field(default=None, repr=False, metadata=wire("primaryKey", TEXT))
    secondary: str | None = field(default=None, repr=False, metadata=wire("secondaryKey", TEXT))


@define(repr=False)
class EndpointToken(WireObject):
    """A token of an endpoint with ``aml_token`` authentication; times are Unix seconds."""

    WIRE_MODEL: ClassVar[str] = "EndpointAuthToken"

    access_token: str | None = field(default=None, repr=False, metadata=wire("accessToken", TEXT))
    token_type: str | None = field(default=None, metadata=wire("tokenType", TEXT))
    expires_at: int | None = field(default=None, metadata=wire("expiryTimeUtc", INTEGER))
    refresh_after: int | None = field(default=None, metadata=wire("refreshAfterTimeUtc", INTEGER))


@define(repr=False)
class _Endpoint(Tracked):
    """What both kinds of endpoint have.

    Attributes:
        traffic: percent by deployment; sums to 100 or 0.
        keys: the keys to start with; made by the service when None.
    """

    name: str | None = None
    traffic: dict[str, int] | None = field(
        default=None, kw_only=True, metadata=wire("traffic", MapOf(INTEGER))
    )
    keys: EndpointKeys | None = field(
        default=None, kw_only=True, repr=False, metadata=wire("keys", Nested(EndpointKeys))
    )

    @property
    def scoring_uri(self) -> str | None:
        """Where to send data; None until a deployment serves."""
        return text(look_up(self.raw, ("properties", "scoringUri")))

    @property
    def swagger_uri(self) -> str | None:
        """Where the interface is described."""
        return text(look_up(self.raw, ("properties", "swaggerUri")))


@define(repr=False)
class OnlineEndpoint(_Endpoint):
    """An address that answers requests one by one.

    Attributes:
        auth_mode: ``key``, ``aml_token`` or ``aad_token``.
        target: the Kubernetes compute; None for a managed endpoint.
    """

    WIRE_MODEL: ClassVar[str] = "OnlineEndpoint"
    KIND: ClassVar[str] = "onlineEndpoints"

    auth_mode: str | None = field(
        default="key", kw_only=True, converter=_as_auth, metadata=wire("authMode", _AUTH)
    )
    target: Any = field(default=None, kw_only=True, metadata=wire("target", Ref("computes")))


@define(repr=False)
class BatchEndpoint(_Endpoint):
    """An address that takes whole data sets.

    Attributes:
        auth_mode: ``aad_token`` in practice; the service decides when None.
    """

    WIRE_MODEL: ClassVar[str] = "BatchEndpoint"
    KIND: ClassVar[str] = "batchEndpoints"

    auth_mode: str | None = field(
        default=None, kw_only=True, converter=_as_auth, metadata=wire("authMode", _AUTH)
    )
