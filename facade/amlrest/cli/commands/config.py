"""Show and set the workspace that commands use."""

from __future__ import annotations

from pathlib import Path

import click

from amlrest.cli.click_classes import Group
from amlrest.cli.screen import messages
from amlrest.cli.session import CONNECTION, Session, pass_session

_NAMES = {
    "subscription": "subscription_id",
    "resource_group": "resource_group",
    "workspace": "name",
    "endpoint": "endpoint",
    "cloud": "cloud",
    "api_version": "api_version",
}
"""Settings by the name that the options have."""
_IN_FILE = ("subscription", "resource_group", "workspace", "cloud")
_PATH = Path(".azureml", "config.json")

command = Group("config", help=__doc__, example="amlrest config set workspace=my-workspace")


@command.command(example="amlrest config show")
@pass_session
def show(session: Session) -> None:
    """Show each setting and where it comes from."""
    from amlrest._config.settings import trace_settings

    given = {key: getattr(session, name, None) for name, key in _NAMES.items()}
    found, _ = trace_settings(given)
    known = {name: found[key] for name, key in _NAMES.items() if key in found}
    if session.is_data:
        session.put({name: {"value": e.value, "source": e.source} for name, e in known.items()})
        return
    if not known:
        messages().line("nothing is set; use: amlrest config set workspace=NAME …")
        return
    rows = [[name, each.value, each.source] for name, each in known.items()]
    session.put_rows(["NAME", "VALUE", "SOURCE"], rows)


@command.command(
    "set",
    example="amlrest config set subscription=ID resource_group=my-group workspace=my-workspace",
    without=(*CONNECTION, "output"),
)
@click.argument("settings", nargs=-1, required=True, metavar="NAME=VALUE")
def set_(settings: tuple[str, ...]) -> None:
    """Set the workspace of this folder and those below it.

    The names are subscription, resource_group, workspace and cloud; an empty value removes one.
    They are kept in .azureml/config.json, which the Python library and Microsoft's SDKs read too.
    An endpoint is set with the environment variable AMLREST_ENDPOINT only: a file may come with a
    cloned repository, whose author would receive your token.
    """
    from amlrest._config.config_file import write_config_file
    from amlrest._config.settings import trace_settings

    wanted = dict(map(_parse, settings))
    write_config_file(_PATH, wanted)
    messages().line(f"written to {_PATH}")
    found, _ = trace_settings({})
    for name, key in _NAMES.items():
        if wanted.get(key) and found[key].source == "environment":
            messages().line(f"note: the environment comes first: {name} is {found[key].value}")


def _parse(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.replace("-", "_")
    if not equals or name not in _IN_FILE:
        raise click.BadParameter(
            f"{text!r} is not NAME=VALUE with one of {', '.join(_IN_FILE)}", param_hint="NAME=VALUE"
        )
    return _NAMES[name], value.strip()
