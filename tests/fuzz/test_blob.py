"""Hostile requests to the Blob endpoint: every response is one of the Blob service."""

from __future__ import annotations

import base64
import random
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from amlrest_emulator.blob.sas import Account, _account_text, _service_text
from amlrest_emulator.blob.signing import sign

from tests.fuzz import hostile
from tests.fuzz.in_process import Answer, InProcess, in_process
from tests.fuzz.test_arm import COUNT, SEED

pytestmark = pytest.mark.slow

ACCOUNT = "amlrestlocal"
_OPERATIONS = [
    "GET comp=list",
    "PUT /c restype=container",
    "GET /c restype=container",
    "GET /c restype=container&comp=list",
    "PUT /c restype=container&comp=metadata",
    "DELETE /c restype=container",
    "POST comp=batch",
    "POST /c restype=container&comp=batch",
    *["GET /c/b", "PUT /c/b", "PUT /c/b comp=block&blockid=YQ%3D%3D"] * 3,
    "HEAD /c/b",
    "DELETE /c/b",
    "GET /c/b comp=metadata",
    "PUT /c/b comp=metadata",
    "PUT /c/b comp=properties",
    "PUT /c/b comp=blocklist",
    "GET /c/b comp=blocklist&blocklisttype=all",
    "PATCH /c/b",
]
_CONTAINERS = ["fuzz"] * 30 + ["azureml", "a--b", "A", "%00", "%ff", "x" * 64, "$root"]
_BLOBS = ["a", "b/c", "b/d"] * 7
_BLOBS += ["%C3%BC", "%F0%9F%98%80", "%00", "%ff", "x" * 1100, "..", "%0A"]
_PARAMETERS: dict[str, list[str]] = {
    "restype": ["container", "container", "CONTAINER", "service", ""],
    "comp": ["list", "metadata", "block", "blocklist", "batch", "properties", "BLOCK", "x", ""],
    "blockid": ["YQ==", "Yg==", "YQ", "%%%", "", "²", "QQ" * 60],
    "blocklisttype": ["all", "uncommitted", "committed", "x", ""],
    "maxresults": ["1", "2", "0", "-1", "²", "\u0663", "9" * 30, "9" * 5000, "1.5", ""],
    "marker": ["YQ==", "%%%", "/w==", "²", "a\0"],
    "prefix": ["b/", "\0", "\uffff", "a&<", "x" * 2000],
    "delimiter": ["/", "", "//", "&<"],
    "include": ["metadata", "snapshots", "x", ""],
    "snapshot": ["x"],
    "timeout": ["30", "x"],
}
_HEADERS: dict[str, list[str]] = {
    "range": [
        "bytes=0-",
        "bytes=1-2",
        "bytes=9-",
        "bytes=-5",
        "bytes=2-1",
        "bytes=²-",
        "x",
        "bytes=0-" + "9" * 5000,
        "bytes=" + "9" * 19 + "-",
        "bytes=0-1,3-4",
    ],
    "x-ms-range": ["bytes=0-0", "bytes=x"],
    "x-ms-blob-type": ["BlockBlob", "BlockBlob", "BlockBlob", "PageBlob", "", "x"],
    "if-match": ["*", '"x"', "", ","],
    "if-none-match": ["*", '"x"', "W/"],
    "if-modified-since": [
        "Mon, 30 Nov 2026 00:00:00 GMT",
        "x",
        "Mon, 99 Nov 99999",
        "0",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Fri, 31 Dec 9999 23:59:59 -2359",
    ],
    "if-unmodified-since": ["Mon, 30 Nov 2026 00:00:00 GMT", "-1"],
    "content-length": ["²", "-1", "9" * 30, "", "1"],
    "content-md5": ["x", "1B2M2Y8AsgTpgAmY7PhCfg=="],
    "content-type": ["text/plain", "multipart/mixed; boundary=b", "multipart/mixed", "\xff"],
    "x-ms-meta-a": ["b", "\xe9", ""],
    "x-ms-meta-1": ["b"],
    "x-ms-copy-source": ["x", "http://[", "http://127.0.0.1:1/amlrestlocal/fuzz/a", "//", "\xff"],
    "x-ms-delete-snapshots": ["include", "only", "x"],
    "x-ms-lease-id": ["x"],
    "x-ms-client-request-id": ["id", "\xff"],
    "x-ms-date": ["x", "Mon, 30 Nov 2026 00:00:00 GMT"],
    "authorization": [
        "SharedKey amlrestlocal:x",
        "SharedKey \xff",
        "Bearer \xff",
        "Basic x",
        "Bearer",
    ],
}
_ID = "<Latest>YQ==</Latest>"
_BODIES = [
    b"",
    b"hello",
    b"x" * 5000,
    f"<BlockList>{_ID}</BlockList>".encode(),
    f"<BlockList>{_ID}{_ID}<Latest>Yg==</Latest></BlockList>".encode(),
    b"<BlockList><Committed>YQ==</Committed><Uncommitted/></BlockList>",
    b"<BlockList/>",
    b"<BlockList><Latest>YQ==<b/></Latest><Other/></BlockList>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><BlockList><Latest>&b;</Latest></BlockList>",
    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><BlockList/>'.encode("utf-16"),
    b'<?xml version="1.0" encoding="utf-32"?><BlockList/>',
    b'<?xml version="1.0" encoding="nonsense"?><BlockList/>',
    b"<a>" * 20_000 + b"</a>" * 20_000,
    b"<BlockList>\xff</BlockList>",
    b"<BlockList>\0</BlockList>",
    b"--b\r\n\r\nDELETE /amlrestlocal/fuzz/a HTTP/1.1\r\n\r\n--b--",
    b"--b\r\n\r\nGET / HTTP/1.1\r\n\r\n--b\r\n\r\nx\r\n--b--",
    b"--b\n\n\xff \xff \xff\n--b--",
]
_SAS: dict[str, list[str]] = {
    "sp": ["r", "racwdl", "c", "", "\0", "²"],
    "se": ["2099-01-01T00:00:00Z", "2099-01-01", "2000-01-01", "x", "", "9999-12-31T23:59:59Z"],
    "st": ["2000-01-01", "2099-01-01", "x", ""],
    "sv": ["2021-08-06", "2018-11-09", "2000-01-01", "", "9", "²"],
    "sr": ["b", "c", "x", ""],
    "ss": ["b", "f", ""],
    "srt": ["sco", "o", "x", ""],
    "spr": ["https", "https,http", "x"],
    "rsct": ["text/plain", "a\r\nX: y", "\u0663", "\0"],
    "rscd": ["\n", "attachment"],
    "si": ["x"],
    "sip": ["1.2.3.4"],
}


class Requests:
    """Generates requests."""

    def __init__(self, account: Account, seed: int) -> None:
        self.account = account
        self.rng = random.Random(seed)

    def next(self) -> tuple[str, str, bytes, dict[str, str], bool]:
        """Return method, target, body, headers, and whether to send the token."""
        pick = self.rng.choice
        method, *rest = pick(_OPERATIONS).split(" ")
        where = rest[0] if rest and rest[0].startswith("/") else ""
        container = pick(_CONTAINERS) if "/c" in where else ""
        blob = pick(_BLOBS) if "/b" in where else ""
        path = f"/{ACCOUNT}/{container}/{blob}".rstrip("/")
        query = parse_qsl(rest[-1]) if rest and "=" in rest[-1] else []
        query += [(name, pick(_PARAMETERS[name])) for name in self._some(_PARAMETERS, 0.03)]
        signed = self.rng.random() < 0.25
        if signed:
            query += self._sas(container, blob)
        text = urlencode(query, quote_via=quote)
        if self.rng.random() < 0.03:
            text += "&" + pick(hostile.RAW_QUERIES)
        headers = {name: pick(_HEADERS[name]) for name in self._some(_HEADERS, 0.04)}
        if self.rng.random() < 0.5:
            headers["x-ms-blob-type"] = "BlockBlob"
        return method, f"{path}?{text}", pick(_BODIES), headers, not signed

    def _some(self, names: dict[str, list[str]], share: float) -> list[str]:
        return [name for name in names if self.rng.random() < share]

    def _sas(self, container: str, blob: str) -> list[tuple[str, str]]:
        """Return a SAS that is signed, whatever it says; some names in another case."""
        fields = {"sp": "racwdl", "se": "2099-01-01", "sv": "2021-08-06"}
        fields["ss" if self.rng.random() < 0.3 else "sr"] = self.rng.choice("bc")
        fields |= {name: self.rng.choice(_SAS[name]) for name in self._some(_SAS, 0.15)}
        if self.rng.random() < 0.1:
            del fields[self.rng.choice(list(fields))]
        whole = {"sv": "", **fields}
        text = (
            _account_text(ACCOUNT, whole)
            if "ss" in fields or "srt" in fields
            else _service_text(ACCOUNT, container, blob if whole.get("sr") == "b" else "", whole)
        )
        fields["sig"] = sign(self.account.key, text) if self.rng.random() < 0.9 else "\u0663"
        turn = str.upper if self.rng.random() < 0.1 else str
        return [(turn(name), value) for name, value in fields.items()]


def problem(method: str, answer: Answer) -> str:
    """Return why a response is not one of the Blob service, or ""."""
    if answer.status >= 400:
        return "" if _is_error(answer) else f"{answer}"
    if answer.headers.get("content-type") == "application/xml":
        ET.fromstring(answer.content.decode("utf-8"))
    wanted = int(answer.headers.get("content-length", len(answer.content)))
    whole = method == "HEAD" or answer.status == 304 or wanted == len(answer.content)
    return "" if whole else f"{len(answer.content)} of {wanted} bytes"


def _is_error(answer: Answer) -> bool:
    code = answer.headers.get("x-ms-error-code", "")
    known = answer.status < 500 or (answer.status, code) == (501, "NotImplemented")
    return bool(code) and known and ET.fromstring(answer.content.decode()).findtext("Code") == code


def run(client: InProcess, count: int, seed: int) -> Counter[str]:
    """Send requests; return the problems and how often each came."""
    identity = client.app.context.identity
    requests = Requests(Account(identity.account_name, identity.account_key), seed)
    problems: Counter[str] = Counter()
    for _ in range(count):
        method, target, body, headers, authorized = requests.next()
        if client.sent % 50 == 0:
            client("PUT", f"/{ACCOUNT}/fuzz?restype=container")
            client("PUT", f"/{ACCOUNT}/fuzz/a?comp=block&blockid={_id('a')}", b"one")
            client("PUT", f"/{ACCOUNT}/fuzz/a?comp=blocklist", _BODIES[3])
        answer = client(method, target, body, headers, authorized=authorized)
        wrong = problem(method, answer)
        if wrong:
            problems[f"{method} {target} {headers} {body[:100]!r}: {wrong}"] += 1
    return problems


def _id(text: str) -> str:
    return quote(base64.b64encode(text.encode()).decode())


def test_every_response_is_one_of_the_blob_service(tmp_path: Path, record_property: Any) -> None:
    with in_process(tmp_path) as client:
        problems = run(client, COUNT, SEED)
        statuses = ", ".join(f"{k}: {v}" for k, v in sorted(client.statuses.items()))
        record_property("counts", f"fuzz Blob: {client.sent} requests ({statuses})")
    assert not problems, "\n".join(list(problems)[:5])
