"""Where a shop receives its money at the payment provider."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise


class TransfersStatus(models.TextChoices):
    """Whether the provider lets the account receive transfers (PAY-05)."""

    PENDING = "pending", _("not yet allowed to receive money")
    ACTIVE = "active", _("can receive money")
    INACTIVE = "inactive", _("cannot receive money now")


class ShopPaymentAccount(models.Model):
    """A shop's account at the provider, one for test money and one for real money (PAY-03)."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="payment_accounts"
    )
    provider = models.CharField(max_length=20, default="stripe")
    external_id = models.CharField(max_length=100, unique=True)
    api_generation = models.CharField(max_length=4, default="v2")
    livemode = models.BooleanField()
    transfers_status = models.CharField(
        max_length=10, choices=TransfersStatus.choices, default=TransfersStatus.PENDING
    )
    requirements = models.JSONField(default=list, blank=True)
    connected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "livemode"], name="a_shop_has_one_account_per_mode"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.external_id}"
