"""Azurite, the storage emulator that other tests use."""

from pathlib import Path

import httpx
import pytest

from tests import azurite
from tests.azurite import Azurite, AzuriteError

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_it_ends_with_its_block() -> None:
    with azurite.running() as server:
        assert "Azurite" in httpx.get(server.account_url).headers["server"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.account_url)


def test_it_takes_only_its_own_key(azurite: Azurite) -> None:
    from azure.core.exceptions import HttpResponseError
    from azure.storage.blob import BlobServiceClient

    wrong = {"account_name": azurite.account, "account_key": "d3Jvbmc="}
    with pytest.raises(HttpResponseError):
        BlobServiceClient(azurite.account_url, credential=wrong).get_account_information()


def test_missing_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(azurite, "_MAIN", tmp_path / "missing.js")
    with pytest.raises(AzuriteError, match=azurite.INSTALL), azurite.running():
        pass
    assert (ROOT / azurite.INSTALL).stat().st_mode & 0o111


def test_the_lock_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "tests/node/package-lock.json").read_text(encoding="utf-8")
