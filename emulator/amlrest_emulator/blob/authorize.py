"""Who may do what: account key, shared access signature, or the workspace's token."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from amlrest_emulator.blob.call import Call
from amlrest_emulator.blob.conditions import http_time
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.sas import Account, Target, check_sas
from amlrest_emulator.blob.signing import same_signature, sign, strings_to_sign

_CLOCK_SKEW = timedelta(minutes=15)


def authorize(
    call: Call, account: Account, permissions: str, token_is_valid: Callable[[str], bool]
) -> Call:
    """Return the call, marked as delegated when it came with a SAS.

    Args:
        call: the request.
        account: name and key.
        permissions: SAS letters of which any one is enough for this operation.
        token_is_valid: decides on a Bearer token.

    Raises:
        BlobError: the service's 401 or 403 codes.
    """
    scheme, _, credentials = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "sharedkey":
        _check_shared_key(call, account, credentials)
    elif scheme.lower() == "bearer":
        if not token_is_valid(credentials.strip()):
            raise BlobError("AuthenticationFailed", "The Bearer token is not this workspace's.")
    elif "sig" in call.parameters:
        target = Target(call.level, call.container, call.blob, permissions)
        check_sas(account, dict(call.query), target, datetime.now(UTC))
        return replace(call, delegated=True)
    else:
        raise BlobError(
            "NoAuthenticationInformation",
            "The request carries neither SharedKey, a Bearer token nor a SAS.",
        )
    return call


def _check_shared_key(call: Call, account: Account, credentials: str) -> None:
    name, _, signature = credentials.strip().partition(":")
    if name != account.name:
        raise BlobError("AuthenticationFailed", f"{name!r} is not this storage account.")
    _check_date(call)
    texts = strings_to_sign(call.method, account.name, call.path, call.query, call.header_list)
    if not any(same_signature(sign(account.key, text), signature) for text in texts):
        raise BlobError("AuthenticationFailed", "The SharedKey signature does not match.")


def _check_date(call: Call) -> None:
    text = call.headers.get("x-ms-date") or call.headers.get("date", "")
    try:
        moment = http_time("x-ms-date", text)
    except BlobError as error:
        raise BlobError("AuthenticationFailed", error.message) from None
    if abs(datetime.now(UTC) - moment) > _CLOCK_SKEW:
        raise BlobError("AuthenticationFailed", f"x-ms-date {text!r} is over 15 minutes off.")
