"""What the rules found, and what staff did with it. A finding is written once."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketens.domain.signals import Rule
from ketens.models.chains import Chain


class SignalStatus(models.TextChoices):
    """What became of a signal."""

    NEW = "new", _("new")
    SEEN = "seen", _("seen")
    NOTED = "noted", _("noted")
    CLOSED = "closed", _("closed")


class Signal(models.Model):
    """One finding of one rule about one subject in one month, with all it was computed from."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Rule])
    rule_version = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=6, help_text="PV22, or the code of a municipality.")
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    product_group = models.SlugField(blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    month = models.DateField(help_text="The first day of the month that it is about.")
    calculation = models.JSONField()
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "rule",
                    "rule_version",
                    "measure",
                    "place",
                    "chain",
                    "product_group",
                    "target_year",
                    "month",
                ],
                nulls_distinct=False,
                name="a_signal_is_found_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.measure} {self.place} {self.month:%Y-%m}"


class SignalStep(models.Model):
    """Who saw, noted or closed a signal, when and why; the newest step is its status."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=6, choices=SignalStatus.choices)
    reason = models.CharField(max_length=500, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=SignalStatus.CLOSED.value) | ~models.Q(reason=""),
                name="a_closed_signal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SignalStatus.NEW.value),
                name="a_signal_never_becomes_new_again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id}: {self.status}"
