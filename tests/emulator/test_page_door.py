"""The door of the pages: links, sessions, forms, headers; what gets in and what does not."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest
from amlrest_emulator.local import page_link
from amlrest_emulator.sessions import OPEN, Sessions, cookie, form_token
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator import job_requests as jobs

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

    from tests.emulator.arm import Arm


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_link_works_once_and_for_some_minutes() -> None:
    clock = Clock()
    sessions = Sessions(link_seconds=60, clock=clock)
    used, old = sessions.new_link("/jobs/x"), sessions.new_link()
    entry = sessions.enter(used)
    assert entry is not None
    assert entry.target == "/jobs/x"
    assert sessions.knows(entry.session)
    assert sessions.enter(used) is None
    clock.now = 61
    assert sessions.enter(old) is None
    assert sessions.enter("") is None


def test_a_session_lasts_while_it_is_used() -> None:
    clock = Clock()
    sessions = Sessions(idle_seconds=60, clock=clock)
    entry = sessions.enter(sessions.new_link())
    assert entry is not None
    for now in (50, 100, 150):
        clock.now = now
        assert sessions.knows(entry.session)
    clock.now = 211
    assert not sessions.knows(entry.session)
    assert not sessions.knows("")


def test_links_and_sessions_are_few() -> None:
    sessions = Sessions()
    links = [sessions.new_link() for _ in range(100)]
    entries = [sessions.enter(link) for link in links]
    assert entries[:36] == [None] * 36
    assert sum(entry is not None for entry in entries) == 64
    more = [entry for _ in range(64) if (entry := sessions.enter(sessions.new_link()))]
    assert not any(sessions.knows(entry.session) for entry in entries if entry)
    assert all(sessions.knows(entry.session) for entry in more)


@given(st.text(), st.text())
def test_any_cookie_can_be_read(sent: str, name: str) -> None:
    assert isinstance(cookie({"cookie": sent}, name), str)
    assert len(form_token(sent.encode(errors="replace").decode())) == 64


@pytest.fixture
def browser(local_workspace: LocalWorkspace) -> Iterator[httpx.Client]:
    """A client that has used a link."""
    with httpx.Client(base_url=local_workspace.endpoint, timeout=30) as client:
        entered = client.get(local_workspace.page_link())
        assert entered.status_code == 200
        yield client


def test_a_browser_without_a_session_gets_nothing_of_the_workspace(
    local_workspace: LocalWorkspace,
) -> None:
    endpoint = local_workspace.endpoint
    for path in ("/", "/jobs", "/jobs/x", "/jobs/x/files/y", f"{OPEN}wrong", "/jobs/x/cancel"):
        for method in ("GET", "HEAD", "POST"):
            answer = httpx.request(method, f"{endpoint}{path}")
            assert answer.status_code == 401
            assert answer.headers["content-type"].startswith("text/html")
            assert "set-cookie" not in answer.headers
    assert httpx.delete(f"{endpoint}/jobs/x").status_code == 405


def test_a_link_is_used_by_get_only(local_workspace: LocalWorkspace) -> None:
    link = local_workspace.page_link("/jobs/x%20y")
    for method in ("HEAD", "POST"):
        assert httpx.request(method, link).status_code == 401
    entered = httpx.get(link)
    assert '<meta http-equiv="refresh" content="0; url=/jobs/x%20y">' in entered.text
    given = entered.headers["set-cookie"].lower()
    assert "httponly" in given
    assert "samesite=strict" in given
    used = httpx.get(link)
    assert used.status_code == 401
    assert "has been used" in used.text


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "https://evil.example",
        "/jobs/",
        "/jobs/a/b",
        "/jobs/\n",
        "",
        "/x",
        '/jobs/"',
    ],
)
def test_a_link_leads_to_a_page_only(local_workspace: LocalWorkspace, path: str) -> None:
    with pytest.raises(ValueError, match="path: must be / or /jobs/<name>"):
        local_workspace.page_link(path)


def test_a_link_needs_the_token(local_workspace: LocalWorkspace, browser: httpx.Client) -> None:
    with pytest.raises(OSError, match="has no pages"):
        page_link(local_workspace.endpoint, "wrong")
    assert browser.post("/_local/links", json={}).status_code == 401


def test_bad_requests_for_links_are_refused(arm: Arm) -> None:
    bodies: list[object] = [[], {"path": 1}, {"file": "x"}, {"other": 1}, "text"]
    for body in bodies:
        answer = arm.http.post("/_local/links", json=body)
        assert answer.status_code == 400
        assert "links: " in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_other_web_pages_get_nothing(
    browser: httpx.Client, headers: dict[str, str], status: int
) -> None:
    assert browser.get("/").status_code == 200
    assert browser.get("/", headers=headers).status_code == status


def test_the_session_is_for_pages_only(browser: httpx.Client, arm: Arm) -> None:
    api = f"{arm.id}/jobs?api-version=2024-10-01"
    for path in (api, "/_local/requests", "/history/x", "/amlrestlocal?comp=list"):
        assert browser.get(path).status_code in {401, 403}
    # A client of the API gets its answers at the same paths.
    assert arm.http.get("/").headers["content-type"].startswith("application/json")


def test_headers_keep_the_page_to_itself(browser: httpx.Client) -> None:
    answer = browser.get("/")
    policy = answer.headers["content-security-policy"]
    nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
    assert nonce is not None
    for directive in (
        "default-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert directive in policy
    assert "unsafe" not in policy
    own = re.findall(r'<(?:script|link rel="stylesheet")[^>]* nonce="([^"]+)"', answer.text)
    assert own == [nonce[1]] * 3, "two style sheets and the script, each allowed"
    assert answer.text.count(nonce[1]) == 3
    assert nonce[1] not in browser.get("/").text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    for url in re.findall(r'(?:src|href)="(/_page/[^"]+)"', answer.text):
        asset = browser.get(url)
        assert asset.status_code == 200
        assert "immutable" in asset.headers["cache-control"]
    assert browser.get("/_page/0/page.js").status_code == 404


def test_a_page_that_has_not_changed_is_not_sent_again(browser: httpx.Client, arm: Arm) -> None:
    name = jobs.name("same")
    jobs.submit(arm, name, jobs.command_job(arm, "true"))
    jobs.wait(arm, name)
    first = browser.get(f"/jobs/{name}")
    again = browser.get(f"/jobs/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = browser.get("/jobs", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_only_a_form_of_the_page_cancels_a_job(
    local_workspace: LocalWorkspace, browser: httpx.Client, arm: Arm
) -> None:
    name = jobs.name("endless")
    jobs.submit(arm, name, jobs.command_job(arm, "sleep 600"))
    found = re.search(r'name="token" value="(\w+)"', browser.get(f"/jobs/{name}").text)
    assert found is not None
    own, url = {"Origin": local_workspace.endpoint}, f"/jobs/{name}/cancel"
    token = {"token": found[1]}
    for data, headers in (
        (token, {}),
        ({"token": "é"}, own),
        ({}, own),
        (token, {"Origin": "null"}),
    ):
        assert browser.post(url, data=data, headers=headers).status_code == 403
    with httpx.Client(base_url=local_workspace.endpoint) as other:
        other.get(local_workspace.page_link())
        assert other.post(url, data=token, headers=own).status_code == 403
    assert browser.post("/jobs/none/cancel", data=token, headers=own).status_code == 404
    assert browser.post(f"/jobs/{name}", data=token, headers=own).status_code == 404
    assert browser.post(url, content=b"x" * (5 << 20), headers=own).status_code == 413
    assert arm("GET", f"jobs/{name}").json()["properties"]["status"] != "CancelRequested"
    canceled = browser.post(url, data=token, headers=own)
    assert (canceled.status_code, canceled.headers["location"]) == (303, f"/jobs/{name}")
    assert jobs.wait(arm, name)["status"] == "Canceled"
    # Once more it changes nothing.
    assert browser.post(url, data=token, headers=own).status_code == 303


def test_files_are_sent_as_attachments_in_a_sandbox(browser: httpx.Client, arm: Arm) -> None:
    name = jobs.name("files")
    command = (
        "mkdir outputs; echo '<script>' > 'outputs/a b%.html'; printf '\\211PNG' > outputs/p.png"
    )
    jobs.submit(arm, name, jobs.command_job(arm, command))
    jobs.wait(arm, name)
    answer = browser.get(f"/jobs/{name}/files/outputs/a%20b%25.html")
    assert answer.text == "<script>\n"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a%20b%25.html"
    assert "sandbox" in answer.headers["content-security-policy"]
    image = browser.get(f"/jobs/{name}/files/outputs/p.png")
    assert image.headers["content-type"] == "image/png"
    assert "attachment" in image.headers["content-disposition"]
    for path in ("none", "..%2F..%2Fx", "%2e%2e/x", "outputs", "%00", "%ff"):
        assert browser.get(f"/jobs/{name}/files/{path}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "before=" + "9" * 15,
        "before=-1",
        "status[]=x",
        "text=%00%ff",
        "page=0&sort=-",
        "from=x",
        "text=" + "x" * 5000,
    ],
)
def test_any_query_string_is_answered(browser: httpx.Client, arm: Arm, query: str) -> None:
    name = jobs.name("asked")
    jobs.submit(arm, name, jobs.command_job(arm, "true"))
    for path in ("/", f"/jobs/{name}"):
        assert browser.get(f"{path}?{query}").status_code == 200


def test_jobs_name_their_page(local_workspace: LocalWorkspace, arm: Arm) -> None:
    name = jobs.name("linked")
    jobs.submit(arm, name, jobs.command_job(arm, "true"))
    shown = arm("GET", f"jobs/{name}").json()["properties"]["interactionEndpoints"]["Studio"]
    page = {"jobEndpointType": "Studio", "endpoint": f"{local_workspace.endpoint}/jobs/{name}"}
    assert {key: shown[key] for key in page} == page


def test_a_blob_that_is_opened_in_a_browser_is_in_a_sandbox(arm: Arm) -> None:
    jobs.upload(arm, "page.html", b"<script>fetch('/')</script>")
    url = "/amlrestlocal/azureml-blobstore/page.html"
    assert "content-security-policy" not in arm.http.get(url).headers
    opened = arm.http.get(url, headers={"Sec-Fetch-Dest": "document"})
    assert opened.headers["content-security-policy"] == "sandbox"


@pytest.mark.slow
def test_a_page_says_that_metrics_cannot_be_read(
    browser: httpx.Client, arm: Arm, local_workspace: LocalWorkspace
) -> None:
    name = jobs.name("locked")
    space = {"x": ["choice", [[1]]]}
    jobs.submit(arm, name, jobs.sweep_job(arm, "echo {search_space.x}", space))
    jobs.wait(arm, name)
    with closing(sqlite3.connect(local_workspace.state_dir / "mlflow.db")) as database:
        database.execute("BEGIN EXCLUSIVE")
        for path in (name, f"{name}_0"):
            answer = browser.get(f"/jobs/{path}")
            assert answer.status_code == 200
            assert "The metrics cannot be read from MLflow&#39;s database now" in answer.text


def test_endpoints_and_their_deployments_have_pages(browser: httpx.Client, arm: Arm) -> None:
    endpoint = jobs.name("e")
    where = f"onlineEndpoints/{endpoint}"
    arm("PUT", where, {"location": "local", "properties": {"authMode": "Key"}})
    properties = {"endpointComputeType": "Managed", "description": "<b>blue</b>"}
    blue = arm("PUT", f"{where}/deployments/blue", {"location": "local", "properties": properties})
    assert blue.status_code == 201
    arm("PATCH", where, {"properties": {"traffic": {"blue": 70}}})
    shown = browser.get("/").text
    assert f'<a href="/endpoints/{endpoint}/blue">blue</a>' in shown
    assert "70 %" in shown
    uri = arm("GET", where).json()["properties"]["scoringUri"]
    assert f"<code>{uri}</code>" in shown
    page = browser.get(f"/endpoints/{endpoint}/blue")
    assert page.status_code == 200
    assert "&lt;b&gt;blue&lt;/b&gt;" in page.text
    keys = arm("POST", f"{where}/listKeys").json().values()
    assert not any(key in shown + page.text for key in keys)
    for path in (
        f"/endpoints/{endpoint}/none",
        f"/endpoints/{endpoint}",
        "/endpoints/",
        "/endpoints/a/b/c",
    ):
        assert browser.get(path).status_code == 404
