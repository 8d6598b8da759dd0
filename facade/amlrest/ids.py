"""Azure resource ids: build and parse them."""

from __future__ import annotations

from typing import NamedTuple

from amlrest.errors import ValidationError

PROVIDER = "Microsoft.MachineLearningServices"


class ResourceId(NamedTuple):
    """A parsed resource id.

    Attributes:
        subscription_id: the subscription.
        resource_group: the resource group; None for a subscription-level resource.
        provider: the provider namespace, or None.
        path: (type, name) pairs below the provider, outermost first.
    """

    subscription_id: str
    resource_group: str | None
    provider: str | None
    path: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Name of the resource; empty for a subscription or resource group."""
        return self.path[-1][1] if self.path else ""

    def part(self, kind: str) -> str | None:
        """Return the name of the resource or ancestor of a type, compared case-insensitively."""
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
    """Return the resource id of a workspace."""
    return str(ResourceId(subscription_id, resource_group, PROVIDER, (("workspaces", name),)))


def parse(text: str) -> ResourceId:
    """Return a parsed resource id; keywords are case-insensitive, the case of names is kept.

    Raises:
        ValidationError: the text is not a resource id.
    """
    pieces = text.strip().strip("/").split("/")
    if not all(pieces) or len(pieces) % 2 or pieces[0].lower() != "subscriptions":
        raise ValidationError(f"{text!r} is not an Azure resource id; use /subscriptions/…")
    pairs = list(zip(pieces[::2], pieces[1::2], strict=True))
    subscription = pairs.pop(0)[1]
    group = pairs.pop(0)[1] if pairs and pairs[0][0].lower() == "resourcegroups" else None
    provider = pairs.pop(0)[1] if pairs and pairs[0][0].lower() == "providers" else None
    if pairs and provider is None:
        raise ValidationError(f"{text!r} is not an Azure resource id; /providers/ is missing")
    return ResourceId(subscription, group, provider, tuple(pairs))
