"""Advice that fits where an error is read: in a notebook, in a CI job, or in a script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TO_DO = "to do: "
"""How a note of an error begins that says what to do; the command has advice of its own."""


def in_notebook() -> bool:
    """Return whether this is the kernel of a notebook: Jupyter, VS Code, Azure ML studio, Colab."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


def in_ci(environ: Mapping[str, str]) -> bool:
    """Return whether this is a job of a CI system, all of which set ``CI`` but Azure Pipelines."""
    return bool(environ.get("CI") or environ.get("TF_BUILD"))


def sign_in(environ: Mapping[str, str]) -> str:
    """Return how to get a token where none was available.

    Args:
        environ: environment variables.
    """
    if in_ci(environ):
        return (
            "set AZURE_CLIENT_ID, AZURE_TENANT_ID and either AZURE_FEDERATED_TOKEN_FILE or "
            "AZURE_CLIENT_SECRET for the job, or AMLREST_TOKEN"
        )
    if not in_notebook():
        return "sign in with az login, or set AMLREST_TOKEN"
    if "MSI_ENDPOINT" in environ:  # set on the compute instances of Azure ML
        return (
            "run az login --use-device-code in a terminal of this compute instance and pass "
            "credential=azure.identity.AzureCliCredential()"
        )
    return (
        "run az login in a terminal of the machine that runs this notebook, or pass "
        "credential=azure.identity.InteractiveBrowserCredential(), or DeviceCodeCredential() "
        "where no browser is"
    )


def name_workspace() -> str:
    """Return how to name a workspace where none is configured."""
    given = "pass subscription_id=, resource_group= and name="
    if in_notebook():
        return (
            f"{given}, or put the config.json of Azure ML studio beside the notebook; for a local "
            "workspace: local = amlrest_emulator.start(); os.environ.update(local.environment())"
        )
    return f"{given}, set the variables, or use a local one: amlrest local up"


def install(package: str) -> str:
    """Return the command that installs a package where it is missing."""
    return f"{'%' if in_notebook() else ''}pip install {package}"
