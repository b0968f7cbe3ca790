"""Money on its way from the platform to one shop."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.models.payments import PaymentPart


class TransferState(models.TextChoices):
    """The life of one transfer."""

    WAITING = "waiting", _("waits for hand-over")
    QUEUED = "queued", _("on its way")
    SENT = "sent", _("transferred")
    NEEDS_BALANCE = "needs_balance", _("held: waits for the platform's own money")
    BLOCKED = "blocked", _("held: the shop cannot receive money now")
    DISPUTED = "disputed", _("held: the buyer's bank has the money")
    CANCELLED = "cancelled", _("cancelled")


class ShopTransfer(models.Model):
    """What a shop receives of one part.

    What the platform pays in the buyer's place comes `from_balance` of the platform and
    not from the buyer's charge, so it travels apart (PAY-15).
    """

    part = models.ForeignKey(PaymentPart, on_delete=models.PROTECT, related_name="transfers")
    sequence = models.PositiveSmallIntegerField(default=1)
    amount_cents = models.PositiveIntegerField()
    from_balance = models.BooleanField(default=False)
    state = models.CharField(
        max_length=14, choices=TransferState.choices, default=TransferState.WAITING
    )
    destination = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="transfers_not_yet_sent",
                condition=models.Q(state__in=["waiting", "blocked"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "sequence"], name="a_transfer_of_a_part_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="a_transfer_at_the_provider_is_ours_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0) | models.Q(state="cancelled"),
                name="a_transfer_moves_money",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent")
                | (~models.Q(external_id="") & models.Q(sent_at__isnull=False)),
                name="a_sent_transfer_is_known_at_the_provider",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} -> {self.amount_cents} ({self.state})"
