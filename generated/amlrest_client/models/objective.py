# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Objective."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .goal import Goal


@define(kw_only=True, repr=False, getstate_setstate=False)
class Objective(Model):
    """Objective."""

    goal: Goal | str
    primary_metric: str

    _fields: ClassVar[Mapping[str, Field]] = {
        "goal": Field("goal", "enum[Goal]", required=True),
        "primary_metric": Field("primaryMetric", "str", required=True),
    }
