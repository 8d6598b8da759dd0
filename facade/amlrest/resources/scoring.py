"""Scoring: what is sent to an online endpoint, and what it responds."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import field, frozen

from amlrest._http.responses import endpoint_error
from amlrest._json import check_json
from amlrest.errors import ScoringError, ValidationError, service_error_type

if TYPE_CHECKING:
    from amlrest._http.messages import Response
    from amlrest.errors import ServiceError

DEPLOYMENT_HEADER = "azureml-model-deployment"
_OWN_HEADERS = frozenset({"authorization", "host", "content-length", "transfer-encoding"})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_TEXT = re.compile(r"[\t\x20-\x7e]*")
_JSON = "application/json"
_SURROGATE = r"\ud"
_OK, _ERRORS_FROM = 200, 300
_MODEL_FAILED, _SERVER_FAILED = 424, 500
_MODEL_STATUS, _MODEL_REASON = "ms-azureml-model-error-statuscode", "ms-azureml-model-error-reason"
_FROM_MODEL_SERVER = "x-ms-run-function-failed"
"""Header of azureml-inference-server-http, also where nothing stands before it."""


class Payload(NamedTuple):
    """The body of a scoring request.

    Attributes:
        content: the body.
        content_type: its media type.
    """

    content: bytes
    content_type: str


@frozen
class ScoringResponse:
    """The response of an online endpoint.

    Attributes:
        value: the JSON of the response; text or bytes if it is not JSON.
        status: HTTP status.
        headers: response headers, names in lower case.
        content: the body as received.
    """

    value: Any
    status: int = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def deployment(self) -> str | None:
        """Name of the deployment that responded; None if the service does not say."""
        return self.headers.get(DEPLOYMENT_HEADER)

    @property
    def request_id(self) -> str | None:
        """Request id of the service."""
        return self.headers.get("x-ms-request-id")


def request_headers(
    headers: Mapping[str, str] | None, deployment: str | None, content_type: str | None
) -> dict[str, str]:
    """Return the headers of a scoring request, names in lower case.

    Raises:
        ValidationError: a header is invalid, or not for the user to set.
    """
    found = {name.lower(): value for name, value in (headers or {}).items()}
    if content_type is not None:
        found["content-type"] = content_type
    for name, value in found.items():
        if name in _OWN_HEADERS:
            raise ValidationError(f"headers: {name} cannot be set; leave it out")
        if not _NAME.fullmatch(name) or not _HEADER_TEXT.fullmatch(value):
            raise ValidationError(f"headers: {name!r} has a character that cannot be sent")
    return found | ({DEPLOYMENT_HEADER: deployment} if deployment else {})


def payload(data: Any, content_type: str | None = None) -> Payload:
    """Return the body for what a user gives; reads a file.

    Args:
        data: JSON, with arrays of numpy as lists and times as text; a DataFrame of pandas, which
            is sent as ``{"input_data": {"columns": …, "index": …, "data": …}}``; a path of a
            file; or bytes, which are sent as they are.
        content_type: media type; JSON if None.

    Raises:
        ValidationError: it is text, or not JSON, or the file cannot be read.
    """
    kind = content_type or _JSON
    if isinstance(data, Path):
        return file_payload(_content(data), str(data), content_type)
    if isinstance(data, bytes | bytearray | memoryview):
        return Payload(bytes(data), kind)
    if isinstance(data, str):
        raise ValidationError(
            f"data: {_shortened(data)!r} is text; use a dict or a list, bytes for text as it is, "
            "or a pathlib.Path for a file"
        )
    return Payload(_json_text(_of_frame(data) if _is_frame(data) else data).encode(), kind)


def file_payload(content: bytes, where: str, content_type: str | None = None) -> Payload:
    """Return the body for the content of a file, which must be JSON if no other type is given.

    Raises:
        ValidationError: it is not JSON.
    """
    if content_type is None:
        try:
            json.loads(content)
        except (ValueError, RecursionError) as error:
            raise ValidationError(
                f"{where} is not valid JSON: {error}; correct it, or give its content type"
            ) from error
    return Payload(content, content_type or _JSON)


def read_response(response: Response, endpoint: str, deployment: str | None) -> ScoringResponse:
    """Return the response of a deployment.

    Args:
        response: what the endpoint responded.
        endpoint: name of the endpoint.
        deployment: name of the deployment that was asked for.

    Raises:
        ScoringError: the code of the model failed.
        ServiceError: another error.
    """
    if not _OK <= response.status < _ERRORS_FROM:
        raise _error(response, endpoint, deployment)
    value = _value(response.content, response.headers.get("content-type", ""))
    return ScoringResponse(value, response.status, response.headers, response.content)


def _error(response: Response, endpoint: str, deployment: str | None) -> ServiceError:
    headers = response.headers
    if not _is_of_model(response):
        return endpoint_error(service_error_type(response.status, None), response)
    error = endpoint_error(ScoringError, response)
    status = headers.get(_MODEL_STATUS, "")
    error.endpoint = endpoint
    error.deployment = headers.get(DEPLOYMENT_HEADER) or deployment
    error.model_status = int(status) if status.isdecimal() else None
    error.model_reason = headers.get(_MODEL_REASON)
    return error


def _is_of_model(response: Response) -> bool:
    """Whether the code of the model failed, and not what stands before it."""
    if response.status == _SERVER_FAILED:
        return _FROM_MODEL_SERVER in response.headers or _MODEL_STATUS in response.headers
    return response.status == _MODEL_FAILED


def _value(content: bytes, content_type: str) -> Any:
    media, _, rest = content_type.partition(";")
    media = media.strip().lower()
    if media in {"", _JSON} or media.endswith("+json"):
        try:
            return json.loads(content) if content.strip() else None
        except (ValueError, RecursionError):
            pass  # as text, which it says it is not either
    if media.startswith("text/") or not media or "json" in media or "xml" in media:
        return _text(content, rest)
    return content


def _text(content: bytes, parameters: str) -> str | bytes:
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return content.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return content


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error.strerror}") from error


def _json_text(value: Any) -> str:
    try:
        text = json.dumps(value, allow_nan=False, default=_plain)
    except (ValueError, RecursionError) as error:
        check_json(value, "data")
        raise ValidationError(f"data is not JSON: {error}; use finite numbers") from error
    except TypeError as error:
        raise ValidationError(
            f"data is not JSON: {error}; use dicts, lists, text, numbers"
        ) from error
    if _SURROGATE in text:
        check_json(value, "data")
    return text


def _plain(value: Any) -> Any:
    """Return a value of numpy as a list or number, and a time as text."""
    for name in ("tolist", "isoformat"):
        if callable(convert := getattr(value, name, None)):
            return convert()
    raise TypeError(f"{_shortened(repr(value))} is {type(value).__name__}")


def _is_frame(data: Any) -> bool:
    """Whether data is a DataFrame; without pandas imported already there is none."""
    frame = getattr(sys.modules.get("pandas"), "DataFrame", None)
    return frame is not None and isinstance(data, frame)


def _of_frame(frame: Any) -> dict[str, Any]:
    split = frame.astype(object).where(frame.notna(), None).to_dict(orient="split")
    return {"input_data": {name: split[name] for name in ("columns", "index", "data")}}


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
