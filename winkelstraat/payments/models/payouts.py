"""Money on its way from a shop's account to its bank (PAY-23)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.models.accounts import ShopPaymentAccount
from winkelstraat.payments.models.transfers import ShopTransfer


class PayoutStatus(models.TextChoices):
    """How far a payout is, in the provider's words."""

    PENDING = "pending", _("being prepared")
    IN_TRANSIT = "in_transit", _("on its way to your bank")
    PAID = "paid", _("on your bank account")
    FAILED = "failed", _("returned by your bank")
    CANCELED = "canceled", _("called back")


class Payout(models.Model):
    """One payout as the provider reports it, with the transfers in it."""

    account = models.ForeignKey(
        ShopPaymentAccount, on_delete=models.PROTECT, related_name="payouts"
    )
    external_id = models.CharField(max_length=100, unique=True)
    amount_cents = models.IntegerField()
    status = models.CharField(max_length=10, choices=PayoutStatus.choices)
    failure_code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    arrives_on = models.DateField()
    told_failed_at = models.DateTimeField(null=True, blank=True)
    transfers = models.ManyToManyField(ShopTransfer, related_name="payouts", blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="failed_payouts_nobody_was_told",
                condition=models.Q(status="failed", told_failed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.amount_cents} ({self.status})"
