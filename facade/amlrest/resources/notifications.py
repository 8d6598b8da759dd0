"""Notifications of jobs."""

from collections.abc import Mapping
from typing import Any

from attrs import define, field

from amlrest._wire.codecs import TEXT, Choice, ListOf, MapOf
from amlrest._wire.fields import normalised, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject

_EVENT = Choice(job_completed="JobCompleted", job_failed="JobFailed", job_cancelled="JobCancelled")
_WEBHOOK = Choice(azure_dev_ops="AzureDevOps")


@define(repr=False, field_transformer=normalised)
class Webhook(WireObject):
    """A service that is called when something happens to a job.

    Attributes:
        type: ``azure_dev_ops``.
        event_type: what it is called for, as the service names it.
    """

    type: str = field(metadata=wire("webhookType", _WEBHOOK))
    event_type: str | None = field(default=None, metadata=wire("eventType", TEXT))


@define(kw_only=True, repr=False, field_transformer=normalised)
class NotificationSetting(WireObject):
    """Who is told that a job has ended; from 2024-04-01.

    Attributes:
        email_on: when: ``job_completed``, ``job_failed`` or ``job_cancelled``.
        emails: addresses.
        webhooks: services to call, by name.
    """

    email_on: list[str] | None = field(default=None, metadata=wire("emailOn", ListOf(_EVENT)))
    emails: list[str] | None = field(default=None, metadata=wire("emails", ListOf(TEXT)))
    webhooks: dict[str, Webhook] | None = field(
        default=None, metadata=wire("webhooks", MapOf(Nested(Webhook)))
    )


def as_notification(value: Any) -> Any:
    """Convert ``{"emails": […]}`` to a `NotificationSetting`."""
    return NotificationSetting(**value) if isinstance(value, Mapping) else value
