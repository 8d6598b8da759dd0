# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DistributionConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .distribution_type import DistributionType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DistributionConfiguration(Model):
    """DistributionConfiguration; `from_dict` returns the subtype selected by `distributionType`."""

    distribution_type: DistributionType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "distribution_type": Field("distributionType", "enum[DistributionType]", required=True),
    }
    _discriminator: ClassVar[str] = "distributionType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "mpi": "Mpi",
        "pytorch": "PyTorch",
        "tensorflow": "TensorFlow",
    }
