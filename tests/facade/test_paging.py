"""Paging: which nextLinks are followed."""

import httpx
import pytest
from amlrest._http.paging import VisitedPages
from amlrest.errors import TransportError, UntrustedUrlError
from hypothesis import given
from hypothesis import strategies as st

FIRST = "https://management.azure.com/subscriptions/s/jobs?api-version=1"


@pytest.mark.parametrize("end", [None, "", 0, False])
def test_a_list_ends_where_no_link_is(end: object) -> None:
    assert VisitedPages(FIRST).next_url(end, "id") is None


@given(st.lists(st.text("abcdef", min_size=1), min_size=2, unique=True).map(tuple), st.data())
def test_a_link_is_never_followed_twice(tokens: tuple[str, ...], data: st.DataObject) -> None:
    links = [f"{FIRST}&$skip={token}" for token in tokens]
    visited = VisitedPages(FIRST)
    for link in links:
        assert visited.next_url(link, "id") == link
    with pytest.raises(TransportError, match="does not end"):
        visited.next_url(data.draw(st.sampled_from([FIRST, *links])), "id")


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/subscriptions/s/jobs",
        "http://management.azure.com/subscriptions/s/jobs",
        "https://management.azure.com:8443/subscriptions/s/jobs",
        "//evil.example/jobs",
        "https://management.azure.com.evil.example/",
        "https://management.azure.com@evil.example/",
        "https://management.azure.com:notaport/",
        "file:///etc/passwd",
        "//[",
    ],
)
def test_a_link_to_another_origin_is_refused(link: str) -> None:
    with pytest.raises(UntrustedUrlError, match=r"not followed|malformed"):
        VisitedPages(FIRST).next_url(link, "id")


@given(
    st.text(max_size=60)
    | st.from_regex(r"(https?:)?[/\\]{1,3}(management\.azure\.com)?[\[\]@:\\?#a-z0-9.\t]{0,12}")
)
def test_whatever_a_link_says_it_stays_on_the_host(link: str) -> None:
    try:
        url = VisitedPages(FIRST).next_url(link, "id")
    except TransportError:
        return
    if url is not None:
        try:
            seen_by_httpx = httpx.URL(url)
        except httpx.InvalidURL:
            return
        assert (seen_by_httpx.scheme, seen_by_httpx.host) == ("https", "management.azure.com")


def test_relative_links_and_an_explicit_default_port_stay_at_home() -> None:
    visited = VisitedPages(FIRST)
    followed = visited.next_url("?api-version=1&$skip=2", "id")
    assert followed is not None
    assert followed.startswith("https://management.azure.com/sub")
    assert visited.next_url("https://MANAGEMENT.azure.com:443/x", "id") is not None
