"""Schedules, scripts and applications of compute instances in v2 files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from amlrest.jobfile.nodes import Node
from amlrest.jobfile.v2.forms import Capital
from amlrest.jobfile.v2.json_objects import JsonObject
from amlrest.jobfile.values import INTEGER, TEXT, Form, ListOf, MapOf, OneOf

_MINUTES = re.compile(r"(\d+)m\Z")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_START = {"start_time": ("startTime", TEXT), "time_zone": ("timeZone", TEXT)}


class _OneOrMore(ListOf):
    """A list, or the one item of it."""

    def read(self, node: Node) -> list[Any]:
        return super().read(node) if isinstance(node.value, list) else [self._inner.read(node)]


_PATTERN = JsonObject(
    {
        "hours": ("hours", _OneOrMore(INTEGER)),
        "minutes": ("minutes", _OneOrMore(INTEGER)),
        "week_days": ("weekDays", _OneOrMore(Capital(*_DAYS))),
    },
    required=("hours", "minutes"),
)
_CRON = JsonObject({"expression": ("expression", TEXT), **_START}, required=("expression",))
_RECURRENCE = JsonObject(
    {
        "frequency": ("frequency", Capital("minute", "hour", "day", "week", "month")),
        "interval": ("interval", INTEGER),
        "schedule": ("schedule", _PATTERN),
        **_START,
    },
    required=("frequency",),
)
_TRIGGERS = {"cron": ("Cron", _CRON), "recurrence": ("Recurrence", _RECURRENCE)}


class _StartStop(Form):
    """A start or stop; the service has the trigger beside the action, below its type."""

    _own = JsonObject(
        {
            "action": ("action", Capital("start", "stop")),
            "state": ("status", Capital("enabled", "disabled")),
        },
        required=("action",),
        ignored=("schedule_id", "provisioning_state"),
    )
    _type = OneOf(*_TRIGGERS)

    def read(self, node: Node) -> dict[str, Any]:
        out = self._own.read(node.without({"trigger"}))
        trigger = node.mapping().get("trigger")
        if trigger is None or trigger.value is None:
            node.fail("trigger is missing; add it")
        if "type" not in trigger.mapping():
            trigger.fail(f"type is missing; use one of {', '.join(_TRIGGERS)}")
        word = self._type.read(trigger.mapping()["type"])
        kind, form = _TRIGGERS[word]
        return {**out, "triggerType": kind, word: form.read(trigger.without({"type"}))}

    def write(self, value: Any) -> Any:
        word = str(value.get("triggerType")).lower()
        out = self._own.write(value)
        if word in _TRIGGERS:
            out["trigger"] = {"type": word, **_TRIGGERS[word][1].write(value.get(word) or {})}
        return out


class _Timeout(Form):
    """Minutes; the service takes text such as ``25m``."""

    def read(self, node: Node) -> str:
        return f"{INTEGER.read(node)}m"

    def write(self, value: Any) -> Any:
        found = _MINUTES.match(str(value))
        return int(found[1]) if found else None


_SCRIPT = JsonObject(
    {
        "path": ("scriptData", TEXT),
        "command": ("scriptArguments", TEXT),
        "timeout_minutes": ("timeout", _Timeout()),
    },
    constants={"scriptSource": "workspaceStorage"},
)


class _SetupScripts(Form):
    """Scripts that run when an instance is created and when it starts."""

    _scripts = JsonObject(
        {
            "creation_script": ("creationScript", _SCRIPT),
            "startup_script": ("startupScript", _SCRIPT),
        }
    )

    def read(self, node: Node) -> dict[str, Any]:
        return {"scripts": self._scripts.read(node)}

    def write(self, value: Any) -> Any:
        return self._scripts.write(value.get("scripts") or {})


class _Variables(MapOf):
    """Environment variables of an application; the service takes an object for each."""

    def __init__(self) -> None:
        super().__init__(TEXT)

    def read(self, node: Node) -> dict[str, Any]:
        found = super().read(node)
        return {name: {"type": "local", "value": value} for name, value in found.items()}

    def write(self, value: Any) -> Any:
        inner = {k: v.get("value") for k, v in value.items() if isinstance(v, Mapping)}
        return super().write(inner)


_APPLICATION = JsonObject(
    {
        "name": ("name", TEXT),
        "type": ("type", OneOf("docker")),
        "image": (
            "image",
            JsonObject({"reference": ("reference", TEXT)}, constants={"type": "docker"}),
        ),
        "endpoints": (
            "endpoints",
            ListOf(
                JsonObject(
                    {"target": ("target", INTEGER), "published": ("published", INTEGER)},
                    constants={"name": "connect", "protocol": "http"},
                )
            ),
        ),
        "environment_variables": ("environmentVariables", _Variables()),
        "bind_mounts": (
            "volumes",
            ListOf(
                JsonObject(
                    {"source": ("source", TEXT), "target": ("target", TEXT)},
                    constants={"type": "bind", "readOnly": False},
                )
            ),
        ),
    },
    constants={"type": "docker", "docker": {"privileged": True}},
    required=("name", "image"),
)
SCHEDULES = JsonObject({"compute_start_stop": ("computeStartStop", ListOf(_StartStop()))})
SETUP_SCRIPTS = _SetupScripts()
APPLICATIONS = ListOf(_APPLICATION)
