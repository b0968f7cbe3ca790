"""Money that goes back: to the buyer, and from the shops to the platform."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.payments.models.payments import Payment, PaymentPart
from winkelstraat.payments.models.transfers import ShopTransfer


class RefundKind(models.TextChoices):
    """Why money goes back, and so who told whom."""

    ASKED = "asked", _("given back by the street")
    EXTERNAL = "external", _("given back at the provider, outside the street")
    DISPUTED = "disputed", _("taken back by the card's bank")


class RefundState(models.TextChoices):
    """Where the buyer's money is (PAY-21)."""

    QUEUED = "queued", _("to be sent")
    PENDING = "pending", _("on its way to the buyer")
    SUCCEEDED = "succeeded", _("the buyer has it")
    FAILED = "failed", _("returned by the buyer's bank")
    CANCELLED = "cancelled", _("called back")
    OUTSIDE = "outside", _("paid by bank, outside the provider")


class Refund(models.Model):
    """One time that a buyer gets money back; `key` names the wish, so that twice is once.

    An external refund may wait for staff to say which shop it concerns: `is_open`.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=RefundKind.choices, default=RefundKind.ASKED)
    amount_cents = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=150, blank=True)
    is_open = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RefundState.choices, default=RefundState.QUEUED)
    external_id = models.CharField(max_length=100, blank=True)
    failure_reason = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["payment", "pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="refunds_the_buyer_was_not_told",
                condition=models.Q(told_at__isnull=True),
            ),
            models.Index(
                fields=["created_at"],
                name="refunds_on_their_way",
                condition=models.Q(state__in=["queued", "pending"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="a_refund_at_the_provider_is_ours_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.amount_cents} ({self.state})"


class RefundPart(models.Model):
    """What a refund does to one shop's part; the meaning is that of `domain.giving_back`."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="parts")
    part = models.ForeignKey(PaymentPart, on_delete=models.PROTECT, related_name="refund_parts")
    amount_cents = models.PositiveIntegerField()
    gross_cents = models.PositiveIntegerField()
    discount_cents = models.IntegerField()
    commissioned_cents = models.PositiveIntegerField()
    fee_cents = models.PositiveIntegerField()
    back_cents = models.PositiveIntegerField()
    top_up_cents = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    vat_groups = models.JSONField(default=list)

    class Meta:
        ordering = ["refund", "part"]
        constraints = [
            models.UniqueConstraint(fields=["refund", "part"], name="a_refund_names_a_part_once"),
            models.CheckConstraint(
                condition=models.Q(gross_cents=models.F("fee_cents") + models.F("back_cents")),
                name="fee_and_what_the_shop_returns_make_the_gross",
            ),
            models.CheckConstraint(
                condition=models.Q(back_cents__gte=models.F("top_up_cents")),
                name="a_returned_top_up_is_part_of_what_returns",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: -{self.gross_cents}"


class ReversalState(models.TextChoices):
    """Whether the shop's money came back."""

    QUEUED = "queued", _("asked back")
    DONE = "done", _("came back")
    OWED = "owed", _("owed by the shop: its balance is too small")
    DROPPED = "dropped", _("not needed: the transfer never left")


class TransferReversal(models.Model):
    """Money of a sent transfer that a shop returns; what cannot be had is its debt (PAY-20)."""

    refund_part = models.ForeignKey(RefundPart, on_delete=models.PROTECT, related_name="reversals")
    transfer = models.ForeignKey(ShopTransfer, on_delete=models.PROTECT, related_name="reversals")
    amount_cents = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=ReversalState.choices, default=ReversalState.QUEUED
    )
    external_id = models.CharField(max_length=100, blank=True)
    owed_since = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["owed_since"],
                name="debts_of_shops",
                condition=models.Q(state="owed"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["refund_part", "transfer"], name="a_refund_reverses_a_transfer_once"
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="a_reversal_at_the_provider_is_ours_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="a_reversal_moves_money"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer}: -{self.amount_cents} ({self.state})"
