"""One attempt to pay a purchase, and each shop's part of it, frozen before it is offered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from winkelstraat.payments.domain.states import OPEN_STATES, PaymentState

PAST_SESSION = "cs_past_"
NOTHING_TO_PAY = "nothing_to_pay"

STATE_NAMES = [
    (PaymentState.CREATED.value, _("created")),
    (PaymentState.PENDING.value, _("waiting for the bank")),
    (PaymentState.PAID.value, _("paid")),
    (PaymentState.FAILED.value, _("failed")),
    (PaymentState.EXPIRED.value, _("not paid in time")),
    (PaymentState.CANCELLED.value, _("cancelled")),
    (PaymentState.QUARANTINED.value, _("set apart: something does not match")),
    (PaymentState.NEEDS_REFUND.value, _("to be refunded")),
]


class Payment(models.Model):
    """What a buyer was asked to pay; the amount comes from the snapshot only (PAY-08)."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purchase_ref = models.UUIDField()
    attempt = models.PositiveSmallIntegerField(default=1)
    description = models.CharField(max_length=120)
    amount_cents = models.PositiveIntegerField()
    # What the provider really took from the buyer; it differs only in a payment set apart.
    received_cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default="eur")
    livemode = models.BooleanField(default=False)
    snapshot = models.JSONField()
    return_url = models.CharField(max_length=300)
    cancel_url = models.CharField(max_length=300)
    state = models.CharField(max_length=14, choices=STATE_NAMES, default=PaymentState.CREATED)
    state_reason = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=40, blank=True)
    session_id = models.CharField(max_length=100, blank=True)
    intent_id = models.CharField(max_length=100, blank=True)
    charge_id = models.CharField(max_length=100, blank=True)
    pay_page_url = models.TextField(blank=True)
    # What the provider kept for it; known only some time after the payment (PAY-24).
    provider_fee_cents = models.IntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["paid_at"],
                name="payments_whose_cost_is_unknown",
                condition=models.Q(provider_fee_cents__isnull=True, paid_at__isnull=False),
            ),
            models.Index(
                fields=["expires_at"],
                name="open_payments_by_expiry",
                condition=models.Q(state__in=["created", "pending"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0) | models.Q(method=NOTHING_TO_PAY),
                name="a_payment_asks_for_money_or_for_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="paid") | models.Q(paid_at__isnull=False),
                name="a_paid_payment_knows_when",
            ),
            models.UniqueConstraint(
                fields=["purchase_ref", "attempt"], name="an_attempt_to_pay_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["purchase_ref"],
                condition=models.Q(state__in=["created", "pending"]),
                name="a_purchase_has_one_open_payment",
            ),
            models.UniqueConstraint(
                fields=["purchase_ref"],
                condition=models.Q(state="paid"),
                name="a_purchase_is_paid_once",
            ),
            models.UniqueConstraint(
                fields=["session_id"],
                condition=~models.Q(session_id=""),
                name="a_checkout_session_serves_one_payment",
            ),
            models.UniqueConstraint(
                fields=["intent_id"],
                condition=~models.Q(intent_id=""),
                name="a_payment_intent_serves_one_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Tell whether the buyer can still pay, or the bank still has to answer."""
        return self.state in OPEN_STATES

    @property
    def is_retold(self) -> bool:
        """Tell whether the provider never knew this payment, because it is demo history."""
        return not self.livemode and self.session_id.startswith(PAST_SESSION)

    @property
    def transfer_group(self) -> str:
        """Return the name that ties charge and transfers together at the provider (PAY-01)."""
        return f"order_{self.purchase_ref}"


class PaymentPart(models.Model):
    """One shop's part: its gross, the platform's fee, and what the shop receives.

    The buyer pays `paid_cents`; the platform pays the rest of the gross in his place.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="parts")
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="payment_parts"
    )
    sequence = models.PositiveSmallIntegerField()
    seller_order_ref = models.CharField(max_length=40)
    gross_cents = models.PositiveIntegerField()
    platform_discount_cents = models.PositiveIntegerField(default=0)
    paid_cents = models.PositiveIntegerField()
    fee_cents = models.PositiveIntegerField()
    transfer_cents = models.PositiveIntegerField()
    top_up_cents = models.PositiveIntegerField(default=0)
    commission_basis_points = models.PositiveSmallIntegerField()
    vat_groups = models.JSONField()
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["payment", "sequence"]
        indexes = [models.Index(fields=["seller_order_ref"], name="parts_of_a_seller_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "seller_order_ref"],
                name="a_seller_order_has_one_part_of_a_payment",
            ),
            models.CheckConstraint(
                condition=models.Q(gross_cents=models.F("fee_cents") + models.F("transfer_cents")),
                name="fee_and_transfer_make_the_gross",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    gross_cents=models.F("paid_cents") + models.F("platform_discount_cents")
                ),
                name="buyer_and_platform_pay_the_gross",
            ),
            models.CheckConstraint(
                condition=models.Q(transfer_cents__gte=models.F("top_up_cents")),
                name="a_top_up_is_part_of_the_transfer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_order_ref}: {self.gross_cents}"
