# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""GlusterFsContents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .datastore_contents import DatastoreContents

if TYPE_CHECKING:
    from .contents_type import ContentsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class GlusterFsContents(DatastoreContents):
    """GlusterFsContents.

    `contentsType` is always `GlusterFs`.
    """

    server_address: str
    volume_name: str
    contents_type: ContentsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "server_address": Field("serverAddress", "str", required=True),
        "volume_name": Field("volumeName", "str", required=True),
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"contentsType": "GlusterFs"}
