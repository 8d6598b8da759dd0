"""Requests over real connections with every kind of failure, sync and async."""

import base64
import logging
import re
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from amlrest import StaticToken
from amlrest._http import retry
from amlrest._http.deadline import Deadline
from amlrest._http.retry import RetryPolicy, Timeouts
from amlrest._sync.core import Core
from amlrest.errors import (
    AmlrestError,
    AuthenticationError,
    RequestTimeoutError,
    ResourceNotFoundError,
    ServerError,
    ThrottledError,
    TransportError,
    UnauthorizedError,
    UntrustedUrlError,
)
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.facade.core_runner import QUICK, CoreRunner, settings
from tests.facade.scripted_server import ReceivedRequest, Reply, Server, serving

GOOD = Reply(200, {"good": True})
RESET = Reply(reset=True)
CUT = Reply(200, {"good": "far too long to be cut in half without a trace"}, truncate=True)
TOO_DEEP = Reply(200, b"[" * 100_000)
PROXY_PAGE = Reply(200, b"<html>please log in</html>", {"content-type": "text/html"})
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Issuer:
    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:
        self.requests.append({"scopes": scopes, **kwargs})
        return AccessToken(f"token-{len(self.requests)}", int(time.time()) + 3600)


def get(path: str = "/x") -> Any:
    return lambda core: core.get_json(core.settings.endpoint + path)


def post(path: str = "/x", **options: Any) -> Any:
    return lambda core: core.post_json(core.settings.endpoint + path, {"a": 1}, **options)


@pytest.mark.parametrize(
    "fault",
    [RESET, CUT, PROXY_PAGE, TOO_DEEP]
    + [Reply(status, b"<html/>") for status in (408, 429, 500, 502, 503, 504)]
    + [Reply(418, b"", {"retry-after": "0"}), Reply(503, b"", {"retry-after-ms": "5"})],
    ids=lambda fault: str(fault)[:90],
)
def test_a_fault_that_passes_is_no_event(
    run_core: CoreRunner, server: Server, fault: Reply
) -> None:
    server.script = [fault, fault, GOOD]
    assert run_core(get()) == {"good": True}
    ids = {request.headers["x-ms-client-request-id"] for request in server.requests}
    assert len(server.requests) == 3
    assert len(ids) == 1
    assert UUID.fullmatch(ids.pop())


@pytest.mark.parametrize("fault", [RESET, CUT, PROXY_PAGE], ids=["reset", "cut", "proxy"])
def test_a_post_whose_answer_was_lost_is_not_sent_twice_unless_said_to_be_safe(
    run_core: CoreRunner, server: Server, fault: Reply
) -> None:
    server.script = [fault, GOOD]
    with pytest.raises(TransportError) as caught:
        run_core(post())
    assert len(server.requests) == 1
    assert caught.value.request_id == server.requests[0].headers["x-ms-client-request-id"]
    assert caught.value.request_id in str(caught.value)
    server.script = [fault, GOOD]
    assert run_core(post(repeatable=True)) == {"good": True}
    assert [request.json for request in server.requests] == [{"a": 1}] * 3


@pytest.mark.slow
def test_a_retry_after_is_obeyed_as_seconds_and_as_a_date(
    run_core: CoreRunner, server: Server
) -> None:
    started = int(time.time())
    server.script = [
        Reply(429, None, {"retry-after": "1"}),
        Reply(503, None, {"retry-after": formatdate(started + 3, usegmt=True)}),
        GOOD,
    ]
    assert run_core(get()) == {"good": True}
    assert time.time() >= started + 3


def test_a_wait_longer_than_the_budget_is_not_begun(run_core: CoreRunner, server: Server) -> None:
    server.script = [
        Reply(429, {"error": {"code": "Busy", "message": "m"}}, {"retry-after": "900"})
    ]
    started = time.monotonic()
    with pytest.raises(ThrottledError, match="Busy") as caught:
        run_core(get())
    assert time.monotonic() - started < 60
    assert caught.value.headers["retry-after"] == "900"
    assert len(server.requests) == 1


def test_what_does_not_pass_is_reported_with_its_ids(run_core: CoreRunner, server: Server) -> None:
    error = {"error": {"code": "Oops", "message": "all is lost", "details": [{"code": "Inner"}]}}
    server.script = lambda _: Reply(500, error, {"x-ms-request-id": "theirs"})
    with pytest.raises(ServerError, match="Oops: all is lost") as caught:
        run_core(get())
    assert len(server.requests) == QUICK.attempts
    assert caught.value.request_id == server.requests[0].headers["x-ms-client-request-id"]
    assert caught.value.service_request_id == "theirs"
    assert caught.value.details == [{"code": "Inner"}]


def test_silence_is_a_timeout(run_core: CoreRunner, server: Server) -> None:
    server.script = lambda _: Reply(200, {}, delay=1)
    patience = Timeouts(connect=1, read=0.1, write=1, total=1)
    with pytest.raises(RequestTimeoutError):
        run_core.but(timeouts=patience, retry=QUICK._replace(attempts=2))(get())
    assert len(server.requests) == 2


def test_silence_does_not_outlast_a_deadline(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_SHORTEST_ATTEMPT", 0.2)
    server.script = lambda _: Reply(200, {}, delay=60)
    started = time.monotonic()
    with pytest.raises(RequestTimeoutError):
        run_core(lambda core: core.call("Jobs_Get", id="x", deadline=Deadline(0.5)))
    assert time.monotonic() - started < 30


def test_a_host_that_is_not_there_is_a_transport_error(run_core: CoreRunner) -> None:
    nowhere = CoreRunner(run_core.kind, "http://127.0.0.1:9")
    with pytest.raises(TransportError, match=r"GET http://127\.0\.0\.1:9/x received no response"):
        nowhere(get())


def test_a_token_refused_once_is_replaced_and_no_event(
    run_core: CoreRunner, server: Server
) -> None:
    issuer = Issuer()

    def script(request: ReceivedRequest) -> Reply:
        good = request.headers["authorization"] == "Bearer token-2"
        return GOOD if good else Reply(401, {"error": {"code": "ExpiredAuthenticationToken"}})

    server.script = script
    assert run_core.but(credential=issuer)(get(), get()) == {"good": True}
    assert len(issuer.requests) == 2
    assert len(server.requests) == 3


def test_a_claims_challenge_is_answered_once(run_core: CoreRunner, server: Server) -> None:
    claims = base64.b64encode(b'{"access_token":{}}').decode()
    header = {"www-authenticate": f'Bearer error="insufficient_claims", claims="{claims}"'}
    refusal = Reply(401, {"error": {"code": "Challenge"}}, header)
    issuer = Issuer()
    server.script = [refusal, GOOD]
    assert run_core.but(credential=issuer)(get()) == {"good": True}
    assert issuer.requests[1]["claims"] == '{"access_token":{}}'
    server.script = [refusal] * 5
    with pytest.raises(UnauthorizedError):
        run_core.but(credential=issuer)(get())
    assert len(server.requests) == 4


def test_a_token_refused_for_good_is_an_error(run_core: CoreRunner, server: Server) -> None:
    server.script = lambda _: Reply(401, {"error": {"code": "InvalidAuthenticationToken"}})
    with pytest.raises(UnauthorizedError, match="InvalidAuthenticationToken") as caught:
        run_core.but(credential=StaticToken("very-secret"))(get())
    assert len(server.requests) == 2
    assert "very-secret" not in str(caught.value)


@pytest.mark.parametrize("claims", ["", 'Bearer claims="eyJhIjoxfQ=="'])
def test_a_refused_token_that_cannot_be_replaced_says_why_it_cannot(
    run_core: CoreRunner, server: Server, claims: str
) -> None:
    class Once(Issuer):
        def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:
            if self.requests:
                raise ClientAuthenticationError("sign in again")
            return super().get_token(*scopes, **kwargs)

    server.script = lambda _: Reply(401, None, {"www-authenticate": claims})
    with pytest.raises(AuthenticationError, match="sign in again"):
        run_core.but(credential=Once())(get())
    assert len(server.requests) == 1


def test_a_token_goes_nowhere_else(run_core: CoreRunner, server: Server) -> None:
    with serving() as other:
        target = other.url
        with pytest.raises(UntrustedUrlError, match="no token was sent"):
            run_core(lambda core: core.get_json(f"{target}/x"))
        server.script = [Reply(307, None, {"location": f"{target}/x"})]
        with pytest.raises(UntrustedUrlError, match="redirect points to") as caught:
            run_core(get())
        assert caught.value.request_id == server.requests[0].headers["x-ms-client-request-id"]
        assert other.requests == []


def test_a_redirect_at_home_is_followed_but_not_for_ever(
    run_core: CoreRunner, server: Server
) -> None:
    server.script = [Reply(307, None, {"location": "/y?z=1"}), GOOD]
    assert run_core(post()) == {"good": True}
    assert [(request.method, request.path) for request in server.requests] == [
        ("POST", "/x"),
        ("POST", "/y?z=1"),
    ]
    server.script = lambda _: Reply(302, None, {"location": "/x"})
    with pytest.raises(TransportError, match="too many redirects"):
        run_core(get())


def test_content_by_its_own_url_gets_no_token(run_core: CoreRunner, server: Server) -> None:
    server.script = [Reply(200, b"0123456789")] * 2 + [
        Reply(206, b"789"),
        Reply(416, b"<beyond/>"),
    ]
    url = f"{server.url}/log.txt?sig=secret"
    assert run_core(lambda core: core.get_bytes(url)) == b"0123456789"
    assert run_core(lambda core: core.get_bytes(url, start=7)) == b"789"
    assert run_core(lambda core: core.get_bytes(url, start=7)) == b"789"
    assert run_core(lambda core: core.get_bytes(url, start=99)) == b""
    assert all("authorization" not in request.headers for request in server.requests)
    assert server.requests[1].headers["range"] == "bytes=7-"
    with pytest.raises(UntrustedUrlError) as caught:
        run_core(lambda core: core.get_bytes("http://example.com/log?sig=secret"))
    assert "secret" not in str(caught.value)


def test_the_end_of_content_comes_without_what_is_before_it(
    run_core: CoreRunner, server: Server
) -> None:
    content = bytes(range(200))

    def script(request: ReceivedRequest) -> Reply:
        first, _, last = request.headers["range"].removeprefix("bytes=").partition("-")
        part = content[int(first) : int(last) + 1 if last else None]
        return Reply(206, part, {"content-range": f"bytes {first}-x/{len(content)}"})

    url = f"{server.url}/log.txt"
    server.script = script
    assert run_core(lambda core: core.get_end(url, 30)) == content[-30:]
    assert [request.headers["range"] for request in server.requests] == ["bytes=0-29", "bytes=170-"]
    assert run_core(lambda core: core.get_end(url, 200)) == content
    server.script = [Reply(200, content), Reply(416), Reply(206, b"ab", {"content-range": "*"})]
    assert run_core(lambda core: core.get_end(url, 30)) == content[-30:]
    assert run_core(lambda core: core.get_end(url, 30)) == b""
    assert run_core(lambda core: core.get_end(url, 30)) == b"ab"
    assert len(server.requests) == 6


def test_a_refused_signature_is_not_in_the_error(run_core: CoreRunner, server: Server) -> None:
    server.script = lambda _: Reply(500, b"<html/>")
    with pytest.raises(ServerError) as caught:
        run_core(lambda core: core.get_bytes(f"{server.url}/log.txt?sig=secret"))
    assert "secret" not in str(caught.value)


def test_a_signature_is_not_in_the_logs(
    run_core: CoreRunner, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = [Reply(503), Reply(200, b"text")]
    caplog.set_level(logging.DEBUG)
    run_core(lambda core: core.get_bytes(f"{server.url}/log.txt?sv=1&sig=secret"))
    assert "/log.txt" in caplog.text
    assert "secret" not in caplog.text
    assert "Bearer" not in caplog.text


def test_a_delete_that_took_effect_before_its_answer_was_lost_is_done(
    run_core: CoreRunner, server: Server
) -> None:
    gone = Reply(404, {"error": {"code": "ResourceNotFound"}})
    server.script = [RESET, gone]
    assert run_core(lambda core: core.run("Jobs_Delete", id="x")) is None
    server.script = [gone]
    with pytest.raises(ResourceNotFoundError):
        run_core(lambda core: core.run("Jobs_Delete", id="x"))


def test_a_delete_that_never_left_has_not_worked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, refusals = httpx.Client.stream, [httpx.ConnectError("refused")]

    def refusing(client: httpx.Client, *args: Any, **options: Any) -> Any:
        if refusals:
            raise refusals.pop()
        return stream(client, *args, **options)

    monkeypatch.setattr(httpx.Client, "stream", refusing)
    server.script = [Reply(404, {"error": {"code": "ResourceNotFound"}})]
    with pytest.raises(ResourceNotFoundError):
        CoreRunner("sync", server.url)(lambda core: core.run("Jobs_Delete", id="x"))


def test_no_proxy_sees_a_local_token(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        server.script = [GOOD]
        assert run_core(get()) == {"good": True}
        assert proxy.requests == []


@pytest.fixture(scope="module")
def unvouched(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's TLS with a certificate that only it knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, plain)
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_certificate_nobody_vouches_for_is_refused_at_once(
    run_core: CoreRunner, unvouched: ssl.SSLContext
) -> None:
    with serving(unvouched) as server:
        patient = CoreRunner(run_core.kind, server.url, retry=RetryPolicy(base=30, longest=30))
        started = time.monotonic()
        with pytest.raises(TransportError, match=r"(?i)certificate"):
            patient(get())
        assert time.monotonic() - started < 10
        assert server.requests == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTPS_PROXY", "gopher://proxy"),
        ("HTTPS_PROXY", "http://user:very-secret@proxy:port"),
        ("SSL_CERT_FILE", "/nowhere.pem"),
        ("SSL_CERT_FILE", __file__),
    ],
)
def test_an_environment_that_allows_no_connection_is_explained(
    run_core: CoreRunner, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(TransportError, match=f"no connection can be set up.*{variable}") as caught:
        CoreRunner(run_core.kind, "https://azure.invalid")(
            lambda core: core.get_json("https://azure.invalid")
        )
    assert "very-secret" not in str(caught.value)


def test_closing_ends_a_request_of_another_thread_with_an_error_of_ours(server: Server) -> None:
    arrived, closed = threading.Event(), threading.Event()

    def script(_: ReceivedRequest) -> Reply:
        arrived.set()
        closed.wait(10)
        return Reply(503)

    server.script = script
    core = Core(settings(server.url), StaticToken("t"), retry=QUICK)
    with ThreadPoolExecutor(1) as pool:
        request = pool.submit(core.get_json, f"{server.url}/x")
        assert arrived.wait(10)
        core.close()
        closed.set()
        with pytest.raises(AmlrestError, match="closed"):
            request.result(10)


def test_a_closed_core_opens_nothing_again(run_core: CoreRunner, server: Server) -> None:
    server.script = [GOOD] * 3
    with pytest.raises(Exception, match="closed"):
        run_core(get(), lambda core: core.close(), get())
    assert len(server.requests) == 1
