"""A card holder asked his bank for the money back (PAY-22); iDEAL and Wero know no such thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.models.payments import Payment


class DisputeState(models.TextChoices):
    """How a dispute stands."""

    OPEN = "open", _("open: the money is with the bank")
    WON = "won", _("won")
    LOST = "lost", _("lost")


class Dispute(models.Model):
    """One dispute as the provider reports it; amounts in cents."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    external_id = models.CharField(max_length=100, unique=True)
    amount_cents = models.PositiveIntegerField()
    fee_cents = models.PositiveIntegerField(default=0)
    withdrawn_cents = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=5, choices=DisputeState.choices, default=DisputeState.OPEN)
    opened_at = models.DateTimeField()
    evidence_due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.external_id} ({self.state})"
