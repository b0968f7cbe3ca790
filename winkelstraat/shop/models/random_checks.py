"""Offers that staff look at by a monthly random sample (DSA art. 31(3), MKT-06)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.listings import Listing


class CheckOutcome(models.TextChoices):
    """What staff found."""

    FINE = "fine", _("it is right")
    ASKED = "asked", _("ask the shop")
    OFF = "off", _("take it off the street")


class RandomCheck(models.Model):
    """One offer of one month's sample; without an outcome nobody looked yet."""

    month = models.DateField()
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="random_checks")
    outcome = models.CharField(max_length=8, choices=CheckOutcome.choices, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "listing"], name="an_offer_is_drawn_once_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", "fine"]) | ~models.Q(text=""),
                name="what_is_not_fine_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.listing}"
