# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""InferenceContainerProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .route import Route


@define(kw_only=True, repr=False, getstate_setstate=False)
class InferenceContainerProperties(Model):
    """InferenceContainerProperties."""

    liveness_route: Route | None | Unset = UNSET
    readiness_route: Route | None | Unset = UNSET
    scoring_route: Route | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "liveness_route": Field("livenessRoute", "Route"),
        "readiness_route": Field("readinessRoute", "Route"),
        "scoring_route": Field("scoringRoute", "Route"),
    }
