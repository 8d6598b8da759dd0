"""Codecs that only the later wire shapes need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amlrest._wire.codecs import JSON, NUMBER, Choice, MapOf
from amlrest._wire.fields import Scope
from amlrest.errors import ValidationError

INPUT_MODE = Choice(
    mount="ReadOnlyMount",
    rw_mount="ReadWriteMount",
    download="Download",
    direct="Direct",
    eval_mount="EvalMount",
    eval_download="EvalDownload",
)
OUTPUT_MODE = Choice(mount="ReadWriteMount", upload="Upload", direct="Direct")
DATA_TYPE = Choice(
    uri_file="uri_file",
    uri_folder="uri_folder",
    mltable="mltable",
    literal="literal",
    custom_model="custom_model",
    mlflow_model="mlflow_model",
    triton_model="triton_model",
)


class _Literal:
    """A literal input; on the wire it is always text."""

    def read(self, raw: Any) -> Any:
        """Return ``raw``."""
        return raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return text: ``true`` and ``false`` for truth values, numbers as Python writes them."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return value
        return str(NUMBER.write(value, scope, where))


LITERAL = _Literal()


class _TextNumber:
    """A number that is text on the wire."""

    def read(self, raw: Any) -> Any:
        """Return a number; ``raw`` where it is not one."""
        try:
            return int(raw) if str(raw).lstrip("-").isdigit() else float(raw)
        except (TypeError, ValueError):
            return raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return text."""
        return str(value) if isinstance(value, str) else f"{NUMBER.write(value, scope, where):g}"


TEXT_NUMBER = _TextNumber()


class _Gigabytes:
    """Memory in GB; on the wire a Kubernetes quantity."""

    def read(self, raw: Any) -> Any:
        """Return GB where the quantity is in Gi; ``raw`` for any other unit."""
        text = str(raw)
        return TEXT_NUMBER.read(text[:-2]) if text.endswith("Gi") else raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return a quantity; text is taken as one."""
        return value if isinstance(value, str) else f"{TEXT_NUMBER.write(value, scope, where)}Gi"


GIGABYTES = _Gigabytes()


class _Setting:
    """A setting of a compute target; on the wire an object."""

    def read(self, raw: Any) -> Any:
        """Return ``raw``."""
        return raw

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return a JSON object.

        Raises:
            ValidationError: it is of another kind.
        """
        if not isinstance(value, Mapping):
            raise ValidationError(
                f"{where}: {value!r} is {type(value).__name__}; only 2021-03-01-preview takes "
                "text, later versions a dict"
            )
        return JSON.write(value, scope, where)


SETTINGS = MapOf(_Setting())


class _DeploymentName:
    """Traffic of a batch endpoint, which goes to one deployment: its name on the wire."""

    def read(self, raw: Any) -> Any:
        """Return the traffic."""
        return {raw: 100} if isinstance(raw, str) else raw

    def write(self, value: Any, _scope: Scope | None, where: str) -> str | None:
        """Return the name of the deployment that gets everything; None for no traffic."""
        if not isinstance(value, Mapping):
            raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use a dict")
        shares = {name: share for name, share in value.items() if share}
        if len(shares) > 1:
            raise ValidationError(
                f"{where}: a batch endpoint sends everything to one deployment; "
                f"give 100 to one of {', '.join(map(repr, shares))}"
            )
        return next(iter(shares), None)


DEPLOYMENT_NAME = _DeploymentName()
