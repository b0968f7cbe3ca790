"""What had to go: its steps, and the waste record of what was left of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.domain.surplus import MOST_PIECES, RUNG_OF, Destination
from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.sellers import SellerProfile


class Reason(models.TextChoices):
    """Why it must go; a rescue without a reason is an ordinary sale."""

    TOO_MUCH = "too_much", _("made too much")
    DATE = "date", _("the date comes near")
    LOOKS = "looks", _("it looks odd, and is good")
    DAMAGED = "damaged", _("the packaging is damaged")
    SEASON = "season", _("the season is over")


PLACES = {
    Destination.FOOD_BANK: _("food bank"),
    Destination.NEIGHBOURS: _("given to people nearby"),
    Destination.PROCESSED: _("made into other food"),
    Destination.FEED: _("feed for animals"),
    Destination.INDUSTRY: _("raw material for industry"),
    Destination.DIGESTION: _("digested to gas"),
    Destination.COMPOST: _("compost"),
    Destination.BURNED: _("residual waste, burned"),
    Destination.SHELF: _("back on the shelf"),
    Destination.LOST: _("gone, we do not know where"),
}


class Surplus(models.Model):
    """All there is of one listing, that must go before a moment."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="surpluses")
    seller = models.ForeignKey(SellerProfile, on_delete=models.PROTECT, related_name="surpluses")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    best_before = models.DateField()
    pick_up_until = models.DateTimeField()
    # How many there were when it began; how many were made stays null when nobody told.
    pieces = models.PositiveIntegerField()
    made_pieces = models.PositiveIntegerField(null=True, blank=True)
    piece_g = models.PositiveIntegerField(null=True, blank=True)
    regular_cents = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    sold_pieces = models.PositiveIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    told_chain_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name_plural = "surpluses"
        indexes = [
            models.Index(
                fields=["pick_up_until"],
                name="surplus_that_runs",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["settled_at"],
                name="surplus_no_chain_knows",
                condition=models.Q(settled_at__isnull=False, told_chain_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(ended_at__isnull=True),
                name="one_thing_must_go_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(pieces__range=(1, MOST_PIECES)),
                name="a_surplus_has_pieces",
            ),
            models.CheckConstraint(
                condition=models.Q(made_pieces__isnull=True)
                | models.Q(made_pieces__gte=models.F("pieces")),
                name="no_more_is_left_than_was_made",
            ),
            models.CheckConstraint(
                condition=models.Q(sold_pieces__isnull=True)
                | models.Q(sold_pieces__lte=models.F("pieces")),
                name="no_more_surplus_is_sold_than_there_was",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True)
                | models.Q(ended_at__isnull=False, sold_pieces__isnull=False),
                name="what_is_settled_has_ended_and_was_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.started_at:%d-%m-%Y}"


class SurplusStep(models.Model):
    """From this moment on, so many percent off the regular price."""

    surplus = models.ForeignKey(Surplus, on_delete=models.CASCADE, related_name="steps")
    starts_at = models.DateTimeField()
    percentage = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["surplus", "starts_at"], name="a_surplus_takes_one_step_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(percentage__range=(5, 90)), name="a_step_takes_something_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percentage}% since {self.starts_at:%H:%M}"


class SurplusLeft(models.Model):
    """One line of the waste record: so many pieces, so many grams, and where they went."""

    surplus = models.ForeignKey(Surplus, on_delete=models.PROTECT, related_name="left")
    destination = models.CharField(max_length=10, choices=list(PLACES.items()))
    rung = models.PositiveSmallIntegerField(null=True, blank=True)
    pieces = models.PositiveIntegerField()
    mass_g = models.PositiveIntegerField()
    is_weighed = models.BooleanField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pieces__gt=0, mass_g__gt=0), name="what_is_left_weighs_something"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    destination__in=sorted(place.value for place in RUNG_OF), rung__range=(1, 10)
                )
                | models.Q(
                    destination__in=[Destination.LOST.value, Destination.SHELF.value],
                    rung__isnull=True,
                ),
                name="what_leaves_the_shop_has_a_rung",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} x {self.destination}"
