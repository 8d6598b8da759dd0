"""Configuration: sources, their order, and errors."""

import json
from pathlib import Path
from typing import Any

import amlrest
import pytest
from amlrest._config import clouds, settings
from amlrest.errors import ConfigError
from azure.identity import AzureAuthorityHosts

STUDIO = {"subscription_id": "file-sub", "resource_group": "file-rg", "workspace_name": "file-ws"}
ENVIRONMENT = {
    "AZURE_SUBSCRIPTION_ID": "env-sub",
    "AZURE_RESOURCE_GROUP": "env-rg",
    "AZUREML_WORKSPACE_NAME": "env-ws",
}


@pytest.fixture
def az(tmp_path: Path) -> Path:
    """The configuration folder as `az login` and `az config set` leave it."""
    folder = tmp_path / "az"
    folder.mkdir()
    (folder / "config").write_text(
        "[core]\ncollect_telemetry = no\n[defaults]\ngroup = az-rg\nworkspace = az-ws\n"
        "[cloud]\nname = AzureCloud\n"
    )
    subscriptions = [
        {"id": "other", "isDefault": False, "environmentName": "AzureCloud"},
        {"id": "own", "isDefault": True, "environmentName": "OurAzureStack"},
        {"id": "china-sub", "isDefault": True, "environmentName": "AzureChinaCloud"},
        {"id": "az-sub", "isDefault": True, "environmentName": "AzureCloud"},
    ]
    profile = json.dumps({"installationId": "x", "subscriptions": subscriptions})
    (folder / "azureProfile.json").write_text(profile, encoding="utf-8-sig")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project/src/deep"
    folder.mkdir(parents=True)
    return folder


def resolve(project: Path, environ: dict[str, str], **given: str) -> tuple[str, str, str]:
    found = settings.find_settings(given, environ=environ, folder=project)
    return found.subscription_id, found.resource_group, found.name


def test_each_place_fills_what_the_ones_before_leave_open(project: Path, az: Path) -> None:
    environ = {"AZURE_CONFIG_DIR": str(az)}
    assert resolve(project, environ) == ("az-sub", "az-rg", "az-ws")
    (project.parent / "config.json").write_text(json.dumps(STUDIO | {"workspace_name": ""}))
    assert resolve(project, environ) == ("file-sub", "file-rg", "az-ws")
    environ["AZURE_RESOURCE_GROUP"] = "env-rg"
    assert resolve(project, environ) == ("file-sub", "env-rg", "az-ws")
    assert resolve(project, environ, name="arg-ws") == ("file-sub", "env-rg", "arg-ws")


def test_the_az_configuration_is_read_in_the_order_of_az(
    project: Path, tmp_path: Path, az: Path
) -> None:
    """Variables, then local files from the nearest up, option by option, then its own folder."""
    home = tmp_path / ".azure"
    az.rename(home)
    environ = {"AZURE_CONFIG_DIR": str(home)}
    assert resolve(project, environ) == ("az-sub", "az-rg", "az-ws")
    for folder, content in (
        (tmp_path / "project", "group = far-rg\nworkspace = far-ws\n"),
        (project, "workspace = near-ws\n[cloud]\nname = AzureChinaCloud\n"),
    ):
        (folder / ".azure").mkdir()
        (folder / ".azure/config").write_text(f"[defaults]\n{content}")
    assert resolve(project, environ) == ("az-sub", "far-rg", "near-ws")
    environ |= {"AZURE_DEFAULTS_GROUP": "env-rg"}
    assert resolve(project, environ) == ("az-sub", "env-rg", "near-ws")
    environ |= {"AZURE_CLOUD_NAME": "AzureChinaCloud"}
    assert resolve(project, environ)[0] == "china-sub"


@pytest.mark.parametrize(
    "entries", [5, [5, None], [{"isDefault": True, "environmentName": "AzureCloud"}]]
)
def test_an_odd_profile_of_az_names_no_subscription(project: Path, az: Path, entries: Any) -> None:
    (az / "azureProfile.json").write_text(json.dumps({"subscriptions": entries}))
    with pytest.raises(ConfigError, match=r"subscription_id .* not found"):
        resolve(project, {"AZURE_CONFIG_DIR": str(az)})


def test_a_place_that_cannot_be_looked_at_is_as_good_as_empty(project: Path) -> None:
    with pytest.raises(ConfigError, match="not found"):
        resolve(project, {"AZURE_CONFIG_DIR": "/" + "long" * 100})


def test_a_working_folder_that_is_gone_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    project.rmdir()
    with pytest.raises(ConfigError, match="working folder"):
        settings.find_settings({}, environ={})
    assert settings.find_settings({}, environ=ENVIRONMENT).name == "env-ws"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"workspace_name": 5}, "workspace_name is 5; use a string"),
        ({"resource_group": ["g"]}, "resource_group is"),
        ({"Scope": {}}, "Scope is {}"),
        ({"workspace_name": "<workspace>"}, "invalid name '<workspace>'"),
        ({"workspace_name": "ws\r\n"}, "invalid name"),
        ({"resource_group": "a/b"}, "resource_group 'a/b'"),
        ({"subscription_id": ".."}, "subscription_id"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(
    project: Path, content: dict[str, Any], message: str
) -> None:
    (project / "config.json").write_text(json.dumps(STUDIO | content))
    with pytest.raises(ConfigError, match=message):
        resolve(project, {})


@pytest.mark.parametrize("name", ["rg_1.x-(y)", "Größe"])
def test_names_that_azure_allows_are_taken(project: Path, name: str) -> None:
    (project / "config.json").write_text(json.dumps(STUDIO | {"resource_group": name}))
    assert resolve(project, {})[1] == name


@pytest.mark.parametrize("given", [{"name": 5}, {"endpoint": 5}, {"cloud": 5}])
def test_an_argument_of_a_wrong_type_is_named(given: dict[str, Any]) -> None:
    names = {"subscription_id": "s", "resource_group": "g", "name": "w"}
    with pytest.raises(ConfigError, match="5"):
        amlrest.Workspace(**(names | given))


def test_files_are_not_read_when_nothing_is_open(project: Path, az: Path) -> None:
    (project / "config.json").write_text("{ not json")
    (az / "config").write_text("not ini")
    environ = ENVIRONMENT | {"AZURE_CONFIG_DIR": str(az)}
    assert resolve(project, environ) == ("env-sub", "env-rg", "env-ws")


def test_the_nearest_config_json_wins_and_the_hidden_folder_before_its_neighbour(
    project: Path,
) -> None:
    (project.parent / "config.json").write_text(json.dumps(STUDIO))
    assert resolve(project, {})[2] == "file-ws"
    (project / ".azureml").mkdir()
    (project / "config.json").write_text(json.dumps(STUDIO | {"workspace_name": "beside"}))
    assert resolve(project, {})[2] == "beside"
    hidden = project / ".azureml/config.json"
    hidden.write_text(json.dumps(STUDIO | {"workspace_name": "hidden"}), encoding="utf-8-sig")
    assert resolve(project, {})[2] == "hidden"


def test_a_config_json_that_names_the_workspace_by_its_id(project: Path) -> None:
    scope = (
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
    )
    (project / "config.json").write_text(json.dumps({"Scope": scope}))
    assert resolve(project, {}) == ("s", "g", "w")


def test_a_named_file_is_read_even_where_nothing_is_open_and_must_be_there(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = project / "mine.json"
    named.write_text(json.dumps(STUDIO))
    found = settings.find_settings({}, environ={}, config_file=named)
    assert found.name == "file-ws"
    monkeypatch.setenv("HOME", str(project))
    assert settings.find_settings({}, environ={}, config_file="~/mine.json") == found
    with pytest.raises(ConfigError, match=r"other\.json cannot be read"):
        settings.find_settings({}, environ={}, config_file=project / "other.json")


@pytest.mark.parametrize(
    "content", ["{ not json", "[" * 100_000, "[]", '"text"', '{"Scope": "nonsense"}']
)
def test_a_broken_config_json_is_an_error_and_not_another_workspace(
    project: Path, az: Path, content: str
) -> None:
    (project / "config.json").write_text(content)
    with pytest.raises(ConfigError, match=r"config\.json"):
        resolve(project, {"AZURE_CONFIG_DIR": str(az)})


def test_what_is_missing_is_named_with_every_place_that_was_looked_at(project: Path) -> None:
    empty = project / "no-az"
    with pytest.raises(ConfigError) as caught:
        resolve(project, {"AZURE_RESOURCE_GROUP": "rg", "AZURE_CONFIG_DIR": str(empty)})
    message = str(caught.value)
    assert "subscription_id (AZURE_SUBSCRIPTION_ID)" in message
    assert "name (AZUREML_WORKSPACE_NAME)" in message
    assert "resource_group" not in message
    assert "environment" in message
    assert str(project) in message
    assert str(empty) in message


def test_inside_an_azure_ml_job_its_own_variables_are_enough(project: Path) -> None:
    environ = {
        "AZUREML_ARM_SUBSCRIPTION": "s",
        "AZUREML_ARM_RESOURCEGROUP": "g",
        "AZUREML_ARM_WORKSPACE_NAME": "w",
    }
    assert resolve(project, environ) == ("s", "g", "w")


def test_the_cloud_decides_endpoint_and_subscription(project: Path, az: Path) -> None:
    (az / "config").write_text("[defaults]\ngroup=g\nworkspace=w\n[cloud]\nname=AzureChinaCloud\n")
    found = settings.find_settings({}, environ={"AZURE_CONFIG_DIR": str(az)}, folder=project)
    assert found.subscription_id == "china-sub"
    assert found.endpoint == "https://management.chinacloudapi.cn"
    assert found.cloud.name == "china"


@pytest.mark.parametrize(
    ("name", "authority"),
    [
        ("public", AzureAuthorityHosts.AZURE_PUBLIC_CLOUD),
        ("AzureCloud", AzureAuthorityHosts.AZURE_PUBLIC_CLOUD),
        ("china", AzureAuthorityHosts.AZURE_CHINA),
        ("AzureChinaCloud", AzureAuthorityHosts.AZURE_CHINA),
        ("USGov", AzureAuthorityHosts.AZURE_GOVERNMENT),
        ("AzureUSGovernment", AzureAuthorityHosts.AZURE_GOVERNMENT),
    ],
)
def test_clouds_have_the_authority_azure_identity_knows(name: str, authority: str) -> None:
    assert clouds.get_cloud(name).authority == f"https://{authority}"
    assert clouds.get_cloud(name).scope == clouds.get_cloud(name).endpoint + "/.default"


def test_an_unknown_cloud_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="public, china, usgov"):
        clouds.get_cloud("germany")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://management.azure.com",
        "http://127.0.0.1.evil.example",
        "ftp://127.0.0.1",
        "management.azure.com",
        "https://",
        "https://user:secret@host",
        "https://host?x=secret",
        "https://[",
    ],
)
def test_an_endpoint_that_would_leak_the_token_is_refused(endpoint: str) -> None:
    with pytest.raises(ConfigError, match="invalid endpoint") as caught:
        settings.check_endpoint(endpoint)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("endpoint", ["https://h/", "http://localhost:1/", "http://[::1]:80"])
def test_https_and_loopback_are_good_endpoints(endpoint: str) -> None:
    assert settings.check_endpoint(endpoint) == endpoint.rstrip("/")


def test_outright_values_are_not_mixed_with_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (ENVIRONMENT | {"AMLREST_ENDPOINT": "http://127.0.0.1:9"}).items():
        monkeypatch.setenv(name, value)
    workspace = amlrest.Workspace("s", "g", "w")
    assert workspace.core.settings.endpoint == "https://management.azure.com"
    assert workspace.id.startswith("/subscriptions/s/resourceGroups/g/providers/")
    with pytest.raises(ConfigError, match="resource_group missing"):
        amlrest.Workspace("s", None, "w")


def test_from_config_takes_the_token_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AMLREST_TOKEN", "very-secret")
    monkeypatch.setenv("AMLREST_ENDPOINT", "http://127.0.0.1:9")
    workspace = amlrest.Workspace.from_config()
    credential = workspace.core._credential_argument
    assert credential is not None
    assert credential.get_token("x").token == "very-secret"
    shown = f"{workspace!r} {credential!r} {credential.get_token('x')!r} {vars(workspace)}"
    assert "very-secret" not in shown
    assert "env-ws" in repr(workspace)
