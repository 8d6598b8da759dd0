"""Azure resource ids: build them, take them apart."""

from __future__ import annotations

from typing import NamedTuple

from amlrest.errors import ValidationError

PROVIDER = "Microsoft.MachineLearningServices"


class ResourceId(NamedTuple):
    """A resource id in its parts.

    Attributes:
        subscription_id: the subscription.
        resource_group: the resource group, or None above that level.
        provider: the namespace, or None.
        path: (type, name) pairs below the provider, outermost first.
    """

    subscription_id: str
    resource_group: str | None
    provider: str | None
    path: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name of the last resource; empty for a bare subscription or group."""
        return self.path[-1][1] if self.path else ""

    def part(self, kind: str) -> str | None:
        """The name of the ancestor (or self) of that type, in whatever case."""
        wanted = kind.lower()
        return next((name for type_, name in self.path if type_.lower() == wanted), None)

    def __str__(self) -> str:
        pieces = ["", "subscriptions", self.subscription_id]
        if self.resource_group is not None:
            pieces += ["resourceGroups", self.resource_group]
        if self.provider is not None:
            pieces += ["providers", self.provider]
        return "/".join([*pieces, *(piece for pair in self.path for piece in pair)])


def workspace_id(subscription_id: str, resource_group: str, name: str) -> str:
    """The resource id of a workspace."""
    return str(ResourceId(subscription_id, resource_group, PROVIDER, (("workspaces", name),)))


def parse(text: str) -> ResourceId:
    """Take a resource id apart; fixed words are read in any case, names keep theirs.

    Raises:
        ValidationError: it is not a resource id.
    """
    pieces = text.strip().strip("/").split("/")
    if not all(pieces) or len(pieces) % 2 or pieces[0].lower() != "subscriptions":
        raise ValidationError(f"not an Azure resource id: {text!r}; expected /subscriptions/…")
    pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
    subscription = pairs.pop(0)[1]
    group = pairs.pop(0)[1] if pairs and pairs[0][0].lower() == "resourcegroups" else None
    provider = pairs.pop(0)[1] if pairs and pairs[0][0].lower() == "providers" else None
    if pairs and provider is None:
        raise ValidationError(f"not an Azure resource id: {text!r}; /providers/ is missing")
    return ResourceId(subscription, group, provider, tuple(pairs))
