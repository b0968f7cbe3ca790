"""What buyers withdrew from: their statement, word for word and second for second."""

import uuid

from django.db import models

from winkelstraat.shop.models.purchases import SellerOrder, SellerOrderLine


class Withdrawal(models.Model):
    """A buyer's statement that he withdraws from a contract with one shop (CON-07).

    A statement that came too late is kept for the shop as well, and changes nothing.
    `deadline` is empty while the goods were not received.
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seller_order = models.ForeignKey(
        SellerOrder, on_delete=models.PROTECT, related_name="withdrawals"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    stated_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    in_time = models.BooleanField()
    refund_due_on = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    shop_told_at = models.DateTimeField(null=True, blank=True)
    # The goods are back, or the buyer showed that he sent them: whichever is first lets the
    # shop wait no longer (art. 6:230r(4) BW).
    returned_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_proof = models.CharField(max_length=120, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["refund_due_on"],
                name="withdrawals_to_be_settled",
                condition=models.Q(settled_at__isnull=True, in_time=True),
            ),
            models.Index(
                fields=["stated_at"],
                name="withdrawals_to_be_mailed",
                condition=models.Q(acknowledged_at__isnull=True)
                | models.Q(shop_told_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__isnull=False) | models.Q(in_time=True),
                name="without_a_deadline_nobody_is_late",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | ~models.Q(sent_proof=""),
                name="who_sent_goods_back_says_how",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | models.Q(in_time=True),
                name="only_a_statement_in_time_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_order}: {self.stated_at:%d-%m-%Y %H:%M}"


class WithdrawalLine(models.Model):
    """How many of one line the buyer withdraws from."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(SellerOrderLine, on_delete=models.PROTECT, related_name="withdrawals")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["withdrawal", "line"], name="a_statement_names_a_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="a_withdrawn_line_has_goods"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line.title}"
