"""Authorization: Shared Key, shared access signature (SAS) or Bearer token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from amlrest_emulator.blob.conditions import http_time
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.request import BlobRequest
from amlrest_emulator.blob.sas import Account, Target, check_names, check_sas, may_replace
from amlrest_emulator.blob.signing import same_signature, sign, strings_to_sign

_CLOCK_SKEW = timedelta(minutes=15)


def authorize(
    request: BlobRequest, account: Account, permissions: str, token_is_valid: Callable[[str], bool]
) -> BlobRequest:
    """Return the request, marked as delegated if it is authorized by a SAS.

    Raises:
        BlobError: a documented code with status 401 or 403.
    """
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "sharedkey":
        _check_shared_key(request, account, credentials)
    elif scheme.lower() == "bearer":
        if not token_is_valid(credentials.strip()):
            raise BlobError(
                "AuthenticationFailed", "The Bearer token is not valid for this workspace."
            )
    elif "sig" in request.parameters:
        check_names(name for name, _ in request.query)
        target = Target(request.level, request.container, request.blob, permissions)
        check_sas(account, request.parameters, target, datetime.now(UTC))
        return replace(request, delegated=True, may_replace=may_replace(request.parameters))
    else:
        raise BlobError(
            "NoAuthenticationInformation",
            "The request has no SharedKey, Bearer token or SAS.",
        )
    return request


def _check_shared_key(request: BlobRequest, account: Account, credentials: str) -> None:
    name, _, signature = credentials.strip().partition(":")
    if name != account.name:
        raise BlobError(
            "AuthenticationFailed", f"{name!r} is not the storage account of this workspace."
        )
    _check_date(request)
    texts = strings_to_sign(
        request.method, account.name, request.path, request.query, request.header_list
    )
    if not any(same_signature(sign(account.key, text), signature) for text in texts):
        raise BlobError("AuthenticationFailed", "The SharedKey signature does not match.")


def _check_date(request: BlobRequest) -> None:
    text = request.headers.get("x-ms-date") or request.headers.get("date", "")
    try:
        moment = http_time("x-ms-date", text)
    except BlobError as error:
        raise BlobError("AuthenticationFailed", error.message) from None
    if abs(datetime.now(UTC) - moment) > _CLOCK_SKEW:
        raise BlobError("AuthenticationFailed", f"x-ms-date {text!r} is more than 15 minutes off.")
