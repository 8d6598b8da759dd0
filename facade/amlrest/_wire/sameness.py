"""Sameness: compare what the service returns with what was sent, although it rewrites values.

Recorded answers of the service have words in another case (``maximize`` as ``Maximize``), conda
files as JSON text, nulls and empty objects for what was not sent, datastore names in lower case and
the long form of short ``azureml://`` URIs.
"""

from __future__ import annotations

import re
from typing import Any

from amlrest import _durations, _job_uris, _placeholders

_USER_MAPS = frozenset({"tags", "environmentvariables", "flavors", "searchspace"})
"""Objects whose keys and values the user chooses."""
_WORDS = frozenset(
    {
        "algorithm",
        "authmode",
        "contentstype",
        "credentialstype",
        "datasettype",
        "datastoretype",
        "datatype",
        "distributiontype",
        "dockerspecificationtype",
        "environmenttype",
        "goal",
        "identitytype",
        "instancetype",
        "jobinputtype",
        "joblimitstype",
        "joboutputtype",
        "jobtier",
        "jobtype",
        "mode",
        "modeltype",
        "operatingsystemtype",
        "ostype",
        "policytype",
        "rule",
        "samplingalgorithmtype",
    }
)
"""Fields whose values are words of the service, in any case."""
_DEFAULTS = {"datasettype": "simple"}
"""What the absence of a field means: data of a later API version has no type in the first one."""
_PLACE = re.compile(
    r"azureml://(?:(?P<workspace>subscriptions/.+/workspaces/[^/]+)/|workspaces/[^/]+/)?"
    r"datastores/(?P<datastore>[^/]+)(?:/paths)?(?:/(?P<path>.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_ASSET = re.compile(r"azureml:([^:/@]+):([^:/@]+)\Z")
_ASSET_ID = re.compile(r"/workspaces/[^/]+/[^/]+/([^/]+)/versions/([^/]+)\Z", re.IGNORECASE)
_INPUT_OF_JOB = re.compile(
    r"azureml://locations/[^/]+/workspaces/[^/]+/data/azureml_.+_input_data_[^/]+/versions/[^/]+\Z",
    re.IGNORECASE,
)
"""The service registers a URL that is the input of a job, and answers with that asset."""


def same_as_sent(sent: Any, found: Any, key: str = "") -> bool:
    """Return whether ``found`` contains everything in ``sent``.

    Additional fields are ignored, as are the case of keys, ids and words of the service, the
    notation of durations, placeholders and conda files, and the difference between absent, null and
    empty.

    Args:
        sent: JSON that was sent.
        found: JSON that the service answers.
        key: the name of the field, in lower case.
    """
    if sent is None or not (sent or found):
        return True
    if found is None and isinstance(sent, str) and _DEFAULTS.get(key) == sent.lower():
        return True
    if isinstance(sent, dict) and isinstance(found, dict):
        return _same_object(sent, found, key)
    if isinstance(sent, list) and isinstance(found, list):
        pairs = zip(sent, found, strict=False)
        return len(sent) == len(found) and all(same_as_sent(a, b) for a, b in pairs)
    if isinstance(sent, str) and isinstance(found, str):
        return sent == found or _same_text(sent, found, key)
    return isinstance(sent, bool) == isinstance(found, bool) and bool(sent == found)


def _same_object(sent: dict[str, Any], found: dict[str, Any], key: str) -> bool:
    """Compare the entries of two objects; those of a user's own map are compared exactly."""
    if key in _USER_MAPS:
        return all(same_as_sent(value, found.get(name)) for name, value in sent.items())
    lower = {name.lower(): value for name, value in found.items()}
    return all(
        same_as_sent(value, lower.get(name.lower()), name.lower()) for name, value in sent.items()
    )


def _same_text(sent: str, found: str, key: str) -> bool:
    if key == "condafile":
        return bool(_parsed(sent) == _parsed(found))
    if key in _WORDS or sent.startswith("/"):
        return sent.lower() == found.lower() or _same_asset(sent, found)
    if key == "command":
        return _placeholders.to_first(sent) == _placeholders.to_first(found)
    return _same_place(sent, found) or _same_duration(sent, found) or _is_registered(found, key)


def _parsed(conda_file: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(conda_file)
    except (yaml.YAMLError, ValueError, RecursionError):
        return conda_file


def _same_asset(sent: str, found: str) -> bool:
    """Compare an id with a short reference, which the service leaves as it was sent."""
    short, full = _SHORT_ASSET.match(found), _ASSET_ID.search(sent)
    if short is None or full is None:
        return False
    return [each.lower() for each in short.groups()] == [each.lower() for each in full.groups()]


def _same_place(sent: str, found: str) -> bool:
    """Compare two URIs of a place in a datastore; the short form has no workspace."""
    output, b = _job_uris.parse(sent), _PLACE.match(found)
    if output and b and not output.is_artifact:  # where those are is known to the service only
        return f"/{output.job}/".lower() in f"/{b['path']}/".lower()
    a = _PLACE.match(output.uri_in_store if output else sent)
    if a is None or b is None or a["datastore"].lower() != b["datastore"].lower():
        return False
    workspaces = [_flat_workspace(each["workspace"]) for each in (a, b) if each["workspace"]]
    same_path = (a["path"] or "").strip("/") == (b["path"] or "").strip("/")
    return same_path and len(set(workspaces)) <= 1


def _flat_workspace(path: str) -> str:
    return path.lower().replace("/providers/microsoft.machinelearningservices", "")


def _same_duration(sent: str, found: str) -> bool:
    duration = _durations.parse(sent)
    return duration is not None and duration == _durations.parse(found)


def _is_registered(found: str, key: str) -> bool:
    return key == "uri" and _INPUT_OF_JOB.match(found) is not None
