"""Something else for what a shop cannot deliver, proposed to the buyer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.purchases import SellerOrderLine


class SubstitutionStatus(models.TextChoices):
    """What the buyer said."""

    PROPOSED = "proposed", _("waits for the buyer's answer")
    ACCEPTED = "accepted", _("the buyer wants it")
    DECLINED = "declined", _("the buyer wants his money back")
    LAPSED = "lapsed", _("the buyer did not answer in time")


class Substitution(models.Model):
    """A proposal to deliver `listing` for units of a line; its stock is held meanwhile.

    The buyer never pays more: `price_cents` is the substitute's own price, and what the
    line cost more goes back when he accepts.
    """

    line = models.ForeignKey(
        SellerOrderLine, on_delete=models.PROTECT, related_name="substitutions"
    )
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    stockrecord_id = models.PositiveBigIntegerField()
    quantity = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    amount_text = models.CharField(max_length=60)
    price_cents = models.PositiveIntegerField()
    mass_g = models.PositiveIntegerField(null=True, blank=True)
    message = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=150)
    status = models.CharField(
        max_length=10, choices=SubstitutionStatus.choices, default=SubstitutionStatus.PROPOSED
    )
    proposed_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["answer_until"],
                name="substitutions_that_wait",
                condition=models.Q(status="proposed"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(status="proposed"),
                name="a_line_has_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0), name="a_substitution_has_goods"
            ),
            models.CheckConstraint(
                condition=models.Q(status="proposed", answered_at__isnull=True)
                | (~models.Q(status="proposed") & models.Q(answered_at__isnull=False)),
                name="an_answered_substitution_knows_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"
