"""Bodies of requests to batch endpoints: letter case means nothing, and nothing is an internal error."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.batch.invocation import read_invocation
from hypothesis import example, given, settings
from hypothesis import strategies as st

URI = "azureml://datastores/store/paths/rows"
BODY: dict[str, Any] = {
    "properties": {
        "inputData": {"Rows-X": {"jobInputType": "UriFile", "uri": URI}},
        "outputData": {"Any": {"jobOutputType": "UriFile", "uri": f"{URI}/Out.CSV"}},
        "compute": {"instanceCount": 2},
        "miniBatchSize": 3,
        "errorThreshold": 4,
        "maxConcurrencyPerInstance": 5,
        "loggingLevel": "Debug",
        "retrySettings": {"maxRetries": 1, "timeout": "PT1M"},
        "properties": {"experimentName": "Mine"},
        "name": "Job-1",
        "description": "Why",
        "tags": {"Of": "Mine"},
    }
}
OF_THE_USER = {"Rows-X", "Any", "Of"}


def spelled(value: Any, flips: Any) -> Any:
    """Return a body whose fields are in another letter case; names of the user keep theirs."""
    if not isinstance(value, dict):
        return value
    return {
        key if key in OF_THE_USER else next(flips)(key): spelled(item, flips)
        for key, item in value.items()
    }


@given(st.lists(st.sampled_from([str.upper, str.lower, str.swapcase, str]), min_size=40))
def test_letter_case_of_fields_means_nothing(flips: list[Any]) -> None:
    found = read_invocation(spelled(BODY, iter(flips * 2)))
    assert found == read_invocation(BODY)
    assert (found.input_name, found.input_type, found.uri) == ("Rows-X", "uri_file", URI)
    assert (found.output_uri, found.settings["outputFileName"]) == (URI, "Out.CSV")
    assert (found.instances, found.name, found.experiment) == (2, "Job-1", "Mine")
    assert (found.description, found.tags) == ("Why", {"Of": "Mine"})
    assert found.settings["retrySettings"] == {"maxRetries": 1, "timeout": "PT1M"}


NAMES = st.sampled_from([*BODY["properties"], "dataset", "outputDataset", "uri", "path", "value"])
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("DataUrl")
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
TYPES = ("jobInputType", "jobOutputType", "dataInputType")


@settings(max_examples=300)
@given(JSON, st.sampled_from(TYPES))
@example({"inputData": {"a": None}}, TYPES[0])
@example({"dataset": [], "outputData": {"a": "b"}}, TYPES[0])
def test_any_body_is_read_or_refused(properties: Any, kind: str) -> None:
    check({"properties": properties})
    check({"properties": {**BODY["properties"], kind: properties}})
    if isinstance(properties, dict):
        check({"properties": {**BODY["properties"], **properties}})


def check(body: Any) -> None:
    try:
        read_invocation(body)
    except ArmError as error:
        refused = error.status
    else:
        refused = 400
    assert refused == 400
