"""Run history: details of a run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from amlrest_emulator.blob import Account, BlobStore, read_url_query
from amlrest_emulator.names import RUN_CONTAINER, run_prefix
from amlrest_emulator.runner import RunRecord

_LOG_FOLDERS = ("azureml-logs/", "user_logs/", "logs/")
_LIFETIME = timedelta(hours=8)


def run_details(
    record: RunRecord, blobs: BlobStore, account: Account, endpoint: str
) -> dict[str, Any]:
    """Return the details of a run."""
    return {
        "runId": record.name,
        "parentRunId": record.parent or None,
        "status": record.status,
        "startTimeUtc": time_of(record.started),
        "endTimeUtc": time_of(record.ended),
        "error": error_of(record),
        "properties": {"azureml.runsource": record.kind},
        "logFiles": log_files(record.name, blobs, account, endpoint),
    }


def log_files(name: str, blobs: BlobStore, account: Account, endpoint: str) -> dict[str, str]:
    """Return the logs of a run: name → URL with a SAS."""
    prefix = f"{run_prefix(name)}/"
    urls = {}
    for folder in _LOG_FOLDERS:
        for blob in blobs.walk(RUN_CONTAINER, prefix + folder):
            signature = read_url_query(account, RUN_CONTAINER, blob.name, _LIFETIME)
            path = f"{account.name}/{RUN_CONTAINER}/{quote(blob.name)}"
            urls[blob.name.removeprefix(prefix)] = f"{endpoint}/{path}?{signature}"
    return urls


def time_of(seconds: float | None) -> str | None:
    """Return a time of a run in UTC, None for a time that has not come."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def error_of(record: RunRecord) -> dict[str, Any] | None:
    """Return why a run has failed or was canceled, or None."""
    if not record.error:
        return None
    return {"error": {"code": "UserError", "message": record.error}}
