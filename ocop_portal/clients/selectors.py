"""A person's own tokens, webhooks and their deliveries."""

from django.db.models import QuerySet

from ocop_portal.accounts.models import User
from ocop_portal.clients.models import ApiToken, Webhook, WebhookDelivery


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's tokens, the newest first; revoked and ended ones too."""
    return ApiToken.objects.filter(user=user)


def webhooks_of(user: User) -> QuerySet[Webhook]:
    """The person's webhooks, the newest first; ended ones too."""
    return Webhook.objects.filter(user=user)


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """What was and is sent to a webhook, the newest first."""
    return webhook.deliveries.select_related("change__entry").order_by("-id")


def delivery_of(user: User, pk: int) -> QuerySet[WebhookDelivery]:
    """A delivery to one of the person's webhooks."""
    return WebhookDelivery.objects.filter(webhook__user=user, pk=pk).select_related("webhook")
