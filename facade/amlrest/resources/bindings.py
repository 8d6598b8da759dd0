"""Inputs and outputs of jobs."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import JSON, TEXT, Choice, Ref
from amlrest._wire.fields import SECOND_SHAPE, later, wire
from amlrest._wire.objects import WireObject
from amlrest.resources.base import version_text

_NO_VALUE = "a file is Input(PATH), in YAML {path: PATH}; a value can stand in the command"
_MODE = Choice(mount="Mount", download="Download", upload="Upload")
_MODE_ALIASES = {"ro_mount": "mount", "readonlymount": "mount"}


def _as_mode(value: Any) -> Any:
    word = _MODE.normalise(value)
    return _MODE_ALIASES.get(word.lower(), word) if isinstance(word, str) else word


@define(repr=False)
class Input(WireObject):
    """An input of a job.

    Attributes:
        data: `DataAsset`, name, id or ``azureml:name:version``; or a local path or URL, which is
            registered as a data asset when the job is submitted.
        mode: ``mount`` or ``download``; the default of the service if None.
        path_on_compute: path at which the job sees the data; the default of the service if None.
        type: ``uri_file``, ``uri_folder``, ``mltable``, ``custom_model``, ``mlflow_model`` or
            ``triton_model``; that of the data asset if None. 2021-03-01-preview has no such type.
        value: a literal instead of `data`: text, number or boolean, which replaces
            ``${{inputs.x}}`` in the command; from 2022-05-01.
        description: free text; 2021-03-01-preview has none.
    """

    WIRE_MODEL: ClassVar[str] = "InputDataBinding"

    data: Any = field(default=None, metadata=wire("dataId", Ref("data")))
    mode: str | None = field(default=None, converter=_as_mode, metadata=wire("mode", _MODE))
    path_on_compute: str | None = field(default=None, metadata=wire("pathOnCompute", TEXT))
    type: str | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, TEXT, hint=True)
    )
    value: Any = field(
        default=None,
        kw_only=True,
        metadata=later(SECOND_SHAPE, JSON, instead=_NO_VALUE),
    )
    description: str | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, TEXT, hint=True)
    )


@define(repr=False)
class Output(WireObject):
    """An output folder of a job.

    Attributes:
        datastore: datastore that receives the folder: name, id or object.
        path: path in the datastore.
        mode: ``mount`` or ``upload``; the default of the service if None.
        path_on_compute: path at which the job writes; the default of the service if None.
        type: as in `Input`; ``uri_folder`` if None. 2021-03-01-preview has no such type.
        description: free text; 2021-03-01-preview has none.
        name: name of the asset that the output is registered as when the job has ended; from
            2022-12-01-preview, or 2025-12-01.
        version: version of that asset; only preview versions from 2022-12-01-preview on.
    """

    WIRE_MODEL: ClassVar[str] = "OutputDataBinding"

    datastore: Any = field(default=None, metadata=wire("datastoreId", Ref("datastores")))
    path: str | None = field(default=None, metadata=wire("pathOnDatastore", TEXT))
    mode: str | None = field(default=None, converter=_as_mode, metadata=wire("mode", _MODE))
    path_on_compute: str | None = field(default=None, metadata=wire("pathOnCompute", TEXT))
    type: str | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, TEXT, hint=True)
    )
    description: str | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, TEXT, hint=True)
    )
    name: str | None = field(default=None, kw_only=True, metadata=later("2025-12-01", TEXT))
    version: str | None = field(
        default=None,
        kw_only=True,
        converter=version_text,
        metadata=later("2022-12-01-preview", TEXT),
    )


def as_inputs(value: Any) -> Any:
    """Convert ``{"iris": asset, "rate": 0.1}`` to ``{"iris": Input(asset), "rate": …}``.

    Numbers and booleans are literals; text is a reference, a path or a URL.
    """
    if not isinstance(value, Mapping):
        return value
    return {name: _as_input(each) for name, each in value.items()}


def _as_input(value: Any) -> Any:
    if isinstance(value, Input | None):
        return value
    return Input(value=value) if isinstance(value, bool | int | float) else Input(value)


def as_outputs(value: Any) -> Any:
    """Convert ``{"model": "workspaceblobstore"}`` to ``{"model": Output("…")}``."""
    if not isinstance(value, Mapping):
        return value
    kept = (Output, type(None))
    return {k: v if isinstance(v, kept) else Output(v) for k, v in value.items()}
