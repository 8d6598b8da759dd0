"""Requests of clients without a token: endpoints of the cloud and the workspace, and a token."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import Scope

from amlrest_emulator import names
from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.auth import same_token
from amlrest_emulator.context import Context
from amlrest_emulator.responses import error_response, headers_of, json_response, raw_path

_LIFETIME = 24 * 60 * 60


def answer_openly(scope: Scope, context: Context) -> Response | None:
    """Return the response to a request that carries no Bearer token yet, None for another one."""
    path = raw_path(scope).rstrip("/")
    if scope["method"] != "GET":
        return None
    if path == names.METADATA_PATH:
        return json_response(scope, 200, [endpoints(context)])
    if path == names.DISCOVERY_PATH:
        return json_response(scope, 200, {"api": context.endpoint})
    return _identity(scope, context) if path == names.TOKEN_PATH else None


def _identity(scope: Scope, context: Context) -> Response:
    if not same_token(headers_of(scope).get("x-identity-header", ""), context.identity.token):
        message = "X-IDENTITY-HEADER must be the token of this workspace."
        return error_response(scope, ArmError(401, "AuthenticationFailed", message))
    resource = parse_qs(scope["query_string"].decode("latin-1")).get("resource", [""])[0]
    return json_response(scope, 200, _token(context, resource))


def endpoints(context: Context) -> dict[str, Any]:
    """Return the description of the cloud.

    SDKs make the URL of a storage account from its name and ``suffixes.storage``:
    ``https://<account>.blob.<suffix>``. The part before ``@`` is user information of that URL,
    so that it leads here without a name server.
    """
    host = context.endpoint.partition("://")[2]
    account = context.identity.account_name
    audience = f"{context.endpoint}/"
    return {
        "name": names.CLOUD,
        "portal": f"https://portal.{names.DOMAIN}/",
        "resourceManager": audience,
        "authentication": {
            "loginEndpoint": audience,
            "audiences": [audience],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": {"storage": f"{names.DOMAIN}@{host}/{account}"},
    }


def _token(context: Context, resource: str) -> dict[str, Any]:
    """Return the workspace's token as a managed identity gets one, with claims as in Azure."""
    now = int(time.time())
    claims = {
        "aud": resource,
        "iss": f"{context.endpoint}/",
        "iat": now,
        "exp": now + _LIFETIME,
        "oid": context.identity.workspace_guid,
        "tid": context.identity.subscription_id,
    }
    parts = (_segment({"typ": "JWT", "alg": "none"}), _segment(claims), context.identity.token)
    return {
        "access_token": ".".join(parts),
        "expires_on": str(now + _LIFETIME),
        "resource": resource,
        "token_type": "Bearer",
    }


def _segment(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
