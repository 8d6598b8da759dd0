"""Tokens: caching, single-flight renewal, rejected tokens, credentials of azure-identity."""

import asyncio
import base64
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from amlrest._async.tokens import Tokens as AsyncTokens
from amlrest._config import settings
from amlrest._http import auth
from amlrest._sync.tokens import Tokens
from amlrest.errors import AuthenticationError, ConfigError
from azure.core.credentials import AccessToken as AzureAccessToken
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.identity import CredentialUnavailableError, DefaultAzureCredential
from hypothesis import given
from hypothesis import strategies as st

HOUR = 3600


class Issuer:
    """A credential that numbers its tokens and can be made to fail or to be slow."""

    def __init__(self, lifetime: float = HOUR) -> None:
        self.lifetime = lifetime
        self.asked: list[dict[str, Any]] = []
        self.failure: Exception | None = None
        self.slow = 0.0

    def get_token(self, *scopes: str, **kwargs: Any) -> AzureAccessToken:
        self.asked.append({"scopes": scopes, **kwargs})
        number = len(self.asked)
        time.sleep(self.slow)
        if self.failure:
            raise self.failure
        return AzureAccessToken(f"token-{number}", int(time.time() + self.lifetime))


class AsyncIssuer(Issuer):
    async def get_token(self, *scopes: str, **kwargs: Any) -> AzureAccessToken:  # type: ignore[override]
        self.asked.append({"scopes": scopes, **kwargs})
        number = len(self.asked)
        await asyncio.sleep(self.slow)
        if self.failure:
            raise self.failure
        return AzureAccessToken(f"token-{number}", int(time.time() + self.lifetime))


def test_a_good_token_is_asked_for_once() -> None:
    issuer = Issuer()
    tokens = Tokens(issuer, "scope/.default")
    assert [tokens.get() for _ in range(3)] == ["token-1"] * 3
    assert issuer.asked == [{"scopes": ("scope/.default",), "enable_cae": True}]


def test_threads_that_wait_share_one_renewal() -> None:
    issuer = Issuer()
    issuer.slow = 0.1
    tokens = Tokens(issuer, "s")
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(lambda _: tokens.get(), range(16)))
    assert got == ["token-1"] * 16
    assert len(issuer.asked) == 1


def test_threads_that_wait_share_one_failure() -> None:
    issuer = Issuer()
    issuer.slow, issuer.failure = 0.2, ClientAuthenticationError("no")
    tokens = Tokens(issuer, "s")
    gate = threading.Barrier(8)

    def one(_: int) -> str:
        gate.wait()
        with pytest.raises(AuthenticationError) as caught:
            tokens.get()
        return str(caught.value)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1
    assert len(issuer.asked) == 1


@pytest.mark.parametrize("kind", [Issuer, AsyncIssuer])
def test_tasks_that_wait_share_one_renewal_with_either_kind_of_credential(
    kind: type[Issuer],
) -> None:
    async def run() -> tuple[list[str], list[str]]:
        issuer.slow = 0.05
        tokens = AsyncTokens(issuer, "s")
        first = await asyncio.gather(*(tokens.get() for _ in range(16)))
        refused = await asyncio.gather(*(tokens.get(rejected="token-1") for _ in range(16)))
        return first, refused

    issuer = kind()
    assert asyncio.run(run()) == (["token-1"] * 16, ["token-2"] * 16)
    assert len(issuer.asked) == 2


def test_cancelling_the_one_that_asks_does_not_harm_the_ones_that_wait() -> None:
    async def run() -> str:
        issuer.slow = 0.05
        tokens = AsyncTokens(issuer, "s")
        first = asyncio.ensure_future(tokens.get())
        second = asyncio.ensure_future(tokens.get())
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    issuer = AsyncIssuer()
    assert asyncio.run(run()) == "token-2"


def test_a_refused_token_is_replaced_once_however_many_were_refused_with_it() -> None:
    issuer = Issuer()
    tokens = Tokens(issuer, "s")
    first = tokens.get()
    assert [tokens.get(rejected=first) for _ in range(3)] == ["token-2"] * 3
    assert len(issuer.asked) == 2


def test_claims_are_passed_on() -> None:
    issuer = Issuer()
    tokens = Tokens(issuer, "s")
    tokens.get()
    assert tokens.get(claims='{"access_token":{}}') == "token-2"
    assert issuer.asked[1]["claims"] == '{"access_token":{}}'
    assert tokens.get() == "token-2"


def test_a_token_at_its_end_is_not_handed_out_again() -> None:
    tokens = Tokens(Issuer(lifetime=0), "s")
    assert [tokens.get(), tokens.get()] == ["token-1", "token-2"]


def test_a_failed_renewal_does_not_matter_while_the_old_token_is_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = Issuer(lifetime=60)
    tokens = Tokens(issuer, "s")
    tokens.get()
    issuer.failure = AzureError("the issuer is away")
    later = time.time() + 40
    monkeypatch.setattr(time, "time", lambda: later)
    assert tokens.get() == "token-1"
    assert len(issuer.asked) == 2


def test_a_refused_token_that_cannot_be_replaced_says_why_it_cannot() -> None:
    issuer = Issuer()
    tokens = Tokens(issuer, "s")
    tokens.get()
    issuer.failure = ClientAuthenticationError("sign in again")
    with pytest.raises(AuthenticationError, match="sign in again"):
        tokens.get(rejected="token-1")
    assert tokens.get() == "token-1"


@pytest.mark.parametrize(
    "failure",
    [
        ClientAuthenticationError("refused"),
        CredentialUnavailableError("no login"),
        AzureError("network"),
        OSError("az not found"),
        KeyError("a bug"),
    ],
)
def test_whatever_a_credential_raises_comes_out_as_one_error(failure: Exception) -> None:
    issuer = Issuer()
    issuer.failure = failure
    with pytest.raises(AuthenticationError, match="no token from Issuer") as caught:
        Tokens(issuer, "s").get()
    assert caught.value.__cause__ is failure
    with pytest.raises(AuthenticationError) as caught:
        asyncio.run(AsyncTokens(issuer, "s").get())
    assert caught.value.__cause__ is failure


def test_an_async_credential_in_the_blocking_face_is_explained() -> None:
    with pytest.raises(AuthenticationError, match=r"amlrest\.aio"):
        Tokens(AsyncIssuer(), "s").get()


@given(st.floats(0, 1e6), st.floats(0, 2e9))
def test_renewal_is_planned_between_now_and_the_end(lifetime: float, now: float) -> None:
    held = auth.cache_token("t", now + lifetime, now)
    assert now <= held.renew_at <= held.expires_on
    assert held.expires_on - held.renew_at <= 300.001


CLAIMS = '{"access_token":{"nbf":{"essential":true, "value":"1604106651"}}}'


@pytest.mark.parametrize("padded", [True, False])
def test_the_claims_of_a_challenge_are_read(padded: bool) -> None:
    encoded = base64.b64encode(CLAIMS.encode()).decode()
    encoded = encoded if padded else encoded.rstrip("=")
    challenge = (
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2", '
        f'error="insufficient_claims", claims="{encoded}"'
    )
    claims = auth.claims_challenge({"www-authenticate": challenge})
    assert claims is not None
    assert json.loads(claims) == json.loads(CLAIMS)


@pytest.mark.parametrize("header", ["", "Bearer", 'Bearer claims=""', 'Bearer claims="%%%"'])
def test_a_refusal_without_readable_claims_is_plain(header: str) -> None:
    assert auth.claims_challenge({"www-authenticate": header}) is None


def test_a_local_endpoint_never_gets_an_azure_credential() -> None:
    local = settings.make_settings(
        subscription_id="s", resource_group="g", name="w", endpoint="http://127.0.0.1:1"
    )
    with pytest.raises(ConfigError, match="AMLREST_TOKEN"):
        auth.default_credential(local)


def test_the_default_credential_is_azure_identitys_at_the_clouds_authority() -> None:
    there = settings.make_settings(subscription_id="s", resource_group="g", name="w", cloud="china")
    with auth.default_credential(there) as credential:  # type: ignore[attr-defined]
        assert isinstance(credential, DefaultAzureCredential)
