"""Resource ids: formatting, parsing in any case, and refused ids."""

from collections.abc import Callable

import pytest
from amlrest import ids
from amlrest.errors import ValidationError
from hypothesis import given
from hypothesis import strategies as st

names = st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_\-]{0,20}", fullmatch=True)


@given(names, names, names, st.sampled_from([str, str.upper, str.lower]))
def test_a_workspace_id_is_read_back(
    subscription: str, group: str, name: str, case: Callable[[str], str]
) -> None:
    text = ids.workspace_id(subscription, group, name)
    fixed = case("resourceGroups")
    parsed = ids.parse(text.replace("resourceGroups", fixed))
    assert (parsed.name, parsed.part("Workspaces"), parsed.part("jobs")) == (name, name, None)
    assert parsed == (subscription, group, ids.PROVIDER, (("workspaces", name),))
    assert str(parsed) == text


@pytest.mark.parametrize(
    "text", ["", "x", "/subscriptions", "/subscriptions/s/jobs/j", "/a/b", "//"]
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="is not an Azure resource id"):
        ids.parse(text)
