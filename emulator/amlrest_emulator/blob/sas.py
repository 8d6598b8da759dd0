"""Shared access signatures of the versions 2018-11-09 and later.

https://learn.microsoft.com/rest/api/storageservices/create-service-sas
https://learn.microsoft.com/rest/api/storageservices/create-account-sas

Stored access policies and user delegation keys are not supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.signing import same_signature, sign

VERSION = "2021-08-06"
_OLDEST = "2018-11-09"
_ENCRYPTION_SCOPE_SINCE = "2020-12-06"
_RESPONSE_HEADERS = ("rscc", "rscd", "rsce", "rscl", "rsct")
_NAMES = {"sig", "sp", "st", "se", "sv", "sr", "ss", "srt", "si", "sip", "spr", "ses"}
_NAMES.update(_RESPONSE_HEADERS)
_HEADER = re.compile("[ -~]*")
_TIME_FORMATS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Target:
    """The resource of a request.

    Attributes:
        kind: ``s`` (service), ``c`` (container) or ``o`` (blob).
        permissions: SAS permissions, any of which allows the request.
    """

    kind: str
    container: str
    blob: str
    permissions: str


@dataclass(frozen=True, slots=True)
class Account:
    """Name and Base64 key of the storage account."""

    name: str
    key: str

    def __repr__(self) -> str:
        return f"Account(name={self.name!r})"


def read_url_query(account: Account, container: str, blob: str, lifetime: timedelta) -> str:
    """Return the query string of a SAS for reading one blob over http or https."""
    return _query(account, container, blob, {"sp": "r", "sr": "b"}, lifetime)


def container_query(account: Account, container: str, permissions: str, lifetime: timedelta) -> str:
    """Return the query string of a SAS for a container over http or https."""
    return _query(account, container, "", {"sp": permissions, "sr": "c"}, lifetime)


def _query(
    account: Account, container: str, blob: str, scope: Mapping[str, str], lifetime: timedelta
) -> str:
    expiry = (datetime.now(UTC) + lifetime).strftime(_TIME_FORMATS[0])
    fields = {**scope, "se": expiry, "sv": VERSION}
    signature = sign(account.key, _service_text(account.name, container, blob, fields))
    return urlencode({**fields, "sig": signature})


def check_sas(account: Account, query: Mapping[str, str], target: Target, now: datetime) -> None:
    """Check a service or account SAS.

    Raises:
        BlobError: with the documented code for an invalid signature, time, protocol, resource or
            permission.
    """
    _check_known(query)
    if _is_of_account(query):
        text = _account_text(account.name, query)
    else:
        text = _service_text(account.name, target.container, _signed_blob(query, target), query)
    if not same_signature(sign(account.key, text), query["sig"]):
        raise _failed("the signature does not match.")
    _check_times(query, now)
    if query.get("spr", "https,http") == "https":
        raise BlobError("AuthorizationProtocolMismatch", "This SAS is for https only.")
    _check_resource(query, target)
    if not set(target.permissions) & set(query.get("sp", "")):
        raise BlobError(
            "AuthorizationPermissionMismatch",
            f"The request requires one of the permissions {'/'.join(target.permissions)}, "
            f"the SAS has {query.get('sp', '')!r}.",
        )


def check_names(names: Iterable[str]) -> None:
    """Check that the parameters of a SAS are in lower case and given once, as they are signed.

    Raises:
        BlobError: ``InvalidQueryParameterValue``.
    """
    seen: set[str] = set()
    for name in names:
        lower = name.lower()
        if lower in _NAMES and (name != lower or lower in seen):
            message = f"The SAS parameter {name!r} must be given once, in lower case."
            raise BlobError("InvalidQueryParameterValue", message)
        seen.add(lower)


def may_replace(query: Mapping[str, str]) -> bool:
    """Return whether a SAS allows to replace a blob; the permission ``c`` is for new ones."""
    return "w" in query.get("sp", "")


def _is_of_account(query: Mapping[str, str]) -> bool:
    """Return whether a SAS is one of the account, which names services and resource types."""
    given = [name for name in ("ss", "srt") if query.get(name)]
    if len(given) == 1:
        raise _failed("a SAS of the account needs both ss= and srt=.")
    return bool(given)


def _failed(reason: str) -> BlobError:
    return BlobError("AuthenticationFailed", f"Shared access signature: {reason}")


def _check_known(query: Mapping[str, str]) -> None:
    for name in _RESPONSE_HEADERS:
        if not _HEADER.fullmatch(query.get(name, "")):
            raise BlobError("InvalidQueryParameterValue", f"{name}= is not a header value.")
    if query.get("sv", "") < _OLDEST:
        raise _failed(f"version sv={query.get('sv')!r} is older than {_OLDEST}.")
    for name, feature in (("si", "stored access policies"), ("skoid", "user delegation SAS")):
        if name in query:
            raise unsupported(f"{feature} ({name}=)")
    if "sip" in query:
        raise unsupported("IP ranges in a SAS (sip=)")


def _signed_blob(query: Mapping[str, str], target: Target) -> str:
    if query.get("sr") not in {"b", "c"}:
        raise _failed(f"sr={query.get('sr')!r} is neither a blob (b) nor a container (c).")
    return target.blob if query["sr"] == "b" else ""


def _service_text(account: str, container: str, blob: str, query: Mapping[str, str]) -> str:
    resource = f"/blob/{account}/{container}" + (f"/{blob}" if blob else "")
    first = [query.get(name, "") for name in ("sp", "st", "se")]
    middle = [query.get(name, "") for name in ("si", "sip", "spr", "sv", "sr")]
    scope = [query.get("ses", "")] if query["sv"] >= _ENCRYPTION_SCOPE_SINCE else []
    last = [query.get(name, "") for name in _RESPONSE_HEADERS]
    return "\n".join([*first, resource, *middle, "", *scope, *last])


def _account_text(account: str, query: Mapping[str, str]) -> str:
    names = ["sp", "ss", "srt", "st", "se", "sip", "spr", "sv"]
    if query["sv"] >= _ENCRYPTION_SCOPE_SINCE:
        names.append("ses")
    return "\n".join([account, *(query.get(name, "") for name in names), ""])


def _moment(name: str, text: str) -> datetime:
    for form in _TIME_FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise _failed(f"{name}={text!r} is not a UTC time.")


def _check_times(query: Mapping[str, str], now: datetime) -> None:
    if "se" not in query:
        raise _failed("se= is missing.")
    if now >= _moment("se", query["se"]):
        raise _failed(f"it expired at {query['se']}.")
    if query.get("st") and now < _moment("st", query["st"]):
        raise _failed(f"it is not valid before {query['st']}.")


def _check_resource(query: Mapping[str, str], target: Target) -> None:
    if query.get("srt"):
        if "b" not in query.get("ss", ""):
            raise BlobError("AuthorizationServiceMismatch", "The SAS is not for the Blob service.")
        if target.kind not in query["srt"]:
            raise BlobError(
                "AuthorizationResourceTypeMismatch",
                f"The SAS is for resource types {query['srt']!r}, the request for {target.kind!r}.",
            )
        return
    # A service SAS of a container allows listing its blobs, but not other container operations.
    listing = target.kind == "c" and target.permissions == "l" and query["sr"] == "c"
    if target.kind != "o" and not listing:
        raise BlobError("AuthorizationFailure", "The SAS is not for this resource.")
