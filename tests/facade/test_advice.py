"""Errors say what to do where they are read: in a notebook, a CI job, a script, the command."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import azure.identity
import pytest
from amlrest import Workspace, _advice
from amlrest.cli.errors import describe
from amlrest.errors import AmlrestError, AuthenticationError, NoWorkspaceError
from amlrest.resources.trial_frame import frame

NAMES: dict[str, Any] = {"subscription_id": "s", "resource_group": "g", "name": "w"}


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this process look like the kernel of a notebook on one's own machine."""
    ipython: Any = ModuleType("IPython")
    ipython.get_ipython = lambda: SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", ipython)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CI", "TF_BUILD", "MSI_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def no_token() -> AuthenticationError:
    """The error of a request when Azure's credentials find nothing."""

    class DefaultAzureCredential:
        def get_token(self, *_scopes: str, **_options: Any) -> Any:
            raise azure.identity.CredentialUnavailableError("nothing found")

    with (
        Workspace(**NAMES, credential=DefaultAzureCredential()) as ws,
        pytest.raises(AuthenticationError, match="nothing found") as caught,
    ):
        ws.jobs.get("x")

    return caught.value


def notes(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", ()))


def classes_in(text: str) -> list[str]:
    words = text.replace("()", " ").replace("=", " ").replace(".", " ").split()
    return [word for word in words if word.endswith("Credential")]


def test_without_a_token_a_notebook_names_credentials_that_exist(
    notebook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = notes(no_token())
    assert "az login in a terminal" in said
    found = classes_in(said)
    assert found == ["InteractiveBrowserCredential", "DeviceCodeCredential"]
    monkeypatch.setenv("MSI_ENDPOINT", "http://127.0.0.1:46808/MSI/auth")
    said = notes(no_token())
    assert "compute instance" in said
    found += classes_in(said)
    assert all(hasattr(azure.identity, name) for name in found)


@pytest.mark.parametrize("variable", ["CI", "TF_BUILD"])
def test_without_a_token_a_ci_job_names_variables(
    variable: str, notebook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "true")
    error = no_token()
    assert "AZURE_FEDERATED_TOKEN_FILE" in notes(error)
    assert "az login" not in notes(error)
    lines = list(describe(error))
    assert sum("AZURE_CLIENT_ID" in line for line in lines) == 1


def test_a_script_and_the_command_sign_in_with_az(monkeypatch: pytest.MonkeyPatch) -> None:
    error = no_token()
    assert notes(error) == "to do: sign in with az login, or set AMLREST_TOKEN"
    assert list(describe(error))[1:] == ["  to do: sign in with az login, or set AMLREST_TOKEN"]


@pytest.mark.slow
def test_what_azure_tried_is_said_once(tmp_path: Path) -> None:
    script = """
import logging, sys
from amlrest import Workspace
from amlrest.errors import AuthenticationError
if sys.argv[1:]:
    logging.basicConfig(format="logged: %(message)s", stream=sys.stdout)
with Workspace("s", "g", "w") as ws:
    try:
        ws.jobs.get("x")
    except AuthenticationError as error:
        print(str(error).splitlines()[0])
"""
    kept = ("PATH", "LANG", "SYSTEMROOT")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    # A managed identity is looked for in the network, unless another one is asked for.
    plain |= {"HOME": str(tmp_path), "AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.run(command, env=plain, capture_output=True, text=True, check=True)

    done = run()
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1
    assert "no token from DefaultAzureCredential" in done.stdout
    assert "logged: " in run("log").stdout


def test_a_credential_of_the_user_is_not_judged() -> None:
    class Own:
        def get_token(self, *_scopes: str, **_options: Any) -> Any:
            raise OSError("vault is sealed")

    with (
        Workspace(**NAMES, credential=Own()) as ws,
        pytest.raises(AuthenticationError, match="vault is sealed") as caught,
    ):
        ws.jobs.get("x")
    assert notes(caught.value) == ""


def test_without_a_workspace_a_notebook_is_told_of_its_folder(
    notebook: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(NoWorkspaceError) as caught:
        Workspace.from_config()
    assert "config.json of Azure ML studio beside the notebook" in notes(caught.value)
    assert sum("to do" in line for line in describe(caught.value)) == 1


def test_what_is_missing_is_installed_into_the_kernel(
    notebook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(AmlrestError, match="%pip install pandas"):
        frame([])
    assert not _advice.in_ci({})
