"""Hosts that receive a token, and lookalikes that do not."""

import pytest
from amlrest import _urls
from amlrest._config.clouds import CLOUDS, Cloud
from amlrest.errors import UntrustedUrlError
from hypothesis import given
from hypothesis import strategies as st

LOCAL = "http://127.0.0.1:8000"


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS.keys())
def test_the_regional_hosts_of_a_cloud_are_trusted(cloud: object) -> None:
    domain = cloud.ml_domain  # type: ignore[attr-defined]
    for host in (domain, f"eastus.{domain}", f"EastUS.{domain}:443"):
        _urls.require_host_in(f"https://{host}/discovery", "https://arm", domain)


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS.keys())
def test_addresses_of_endpoints_in_a_cloud_are_trusted(cloud: Cloud) -> None:
    assert cloud.data_plane_scope == f"https://{cloud.data_plane}/.default"
    address = f"https://iris.eastus.inference.{cloud.data_plane}/score"
    _urls.require_host_in(address, "https://arm", cloud.data_plane)
    with pytest.raises(UntrustedUrlError, match=r"address of the endpoint is .* no token was sent"):
        _urls.require_host_in(
            address.replace("ml.azure", "ml-azure"),
            "https://arm",
            cloud.data_plane,
            what="address of the endpoint",
        )


@pytest.mark.parametrize(
    "url",
    [
        "http://eastus.api.azureml.ms/discovery",
        "https://eastus.api.azureml.ms:8443/discovery",
        "https://api.azureml.ms.evil.example/discovery",
        "https://evilapi.azureml.ms/discovery",
        "https://evil.example/api.azureml.ms",
        "https://api.azureml.ms@evil.example/",
        "https://api.ml.azure.cn/discovery",
        "http://127.0.0.1:8000/discovery",
        "https:///discovery",
    ],
)
def test_what_only_looks_like_one_is_not(url: str) -> None:
    with pytest.raises(UntrustedUrlError, match="no token was sent"):
        _urls.require_host_in(url, "https://management.azure.com", "api.azureml.ms")


@pytest.mark.parametrize("url", ["https://eastus.api.azureml.ms/", "http://localhost:8000/", ""])
def test_a_local_workspace_trusts_its_own_host_only(url: str) -> None:
    _urls.require_host_in("http://127.0.0.1:9000/discovery", LOCAL, "api.azureml.ms")
    with pytest.raises(UntrustedUrlError):
        _urls.require_host_in(url, LOCAL, "api.azureml.ms")


@given(st.text(max_size=30))
def test_a_query_is_never_shown(secret: str) -> None:
    assert _urls.redact_url(f"https://host/path?sig={secret}") == "https://host/path"
    assert "s3cret" not in _urls.redact_url(f"https://user:s3cret@{secret}/path")
