"""The inbox: what the provider reported, kept once, worked on later (PAY-27)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WebhookState(models.TextChoices):
    """What became of a report."""

    RECEIVED = "received", _("received")
    PROCESSED = "processed", _("processed")
    IGNORED = "ignored", _("nothing to do")
    WRONG_MODE = "wrong_mode", _("real money in a test shop, or the other way round")
    FAILED = "failed", _("failed: a person must look")


class WebhookEvent(models.Model):
    """One report; it is only a trigger, the object itself is always fetched again."""

    event_id = models.CharField(max_length=100, unique=True)
    endpoint = models.CharField(max_length=20, default="platform")
    account = models.CharField(max_length=100, blank=True)
    livemode = models.BooleanField()
    api_version = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=100, blank=True)
    payload = models.JSONField()
    state = models.CharField(
        max_length=10, choices=WebhookState.choices, default=WebhookState.RECEIVED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                name="reports_to_be_processed",
                condition=models.Q(state="received"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
