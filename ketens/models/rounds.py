"""Rounds as they were driven, with what they burned, and months that members confirmed."""

import uuid

from django.conf import settings
from django.db import models

from ketens.models.chains import Chain, ChainMember
from ketens.models.factors import Factor


class Round(models.Model):
    """One round of one carrier: measured fuel or power, and the emission that follows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="rounds")
    carrier = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="rounds")
    driven_on = models.DateField()
    distance_m = models.PositiveIntegerField()
    energy = models.DecimalField(max_digits=9, decimal_places=3, help_text="In the factor's unit.")
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="+")
    emission_mg_co2e = models.PositiveBigIntegerField()
    is_confirmed = models.BooleanField(default=False, help_text="Unlikely, and said to be right.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-driven_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(distance_m__range=(1, 1_500_000)),
                name="a_round_is_as_long_as_a_day_allows",
            ),
            models.CheckConstraint(
                condition=models.Q(energy__gt=0), name="a_round_burns_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.driven_on}"


class RoundStop(models.Model):
    """One stop with its share of the round, by mass times the shortest way from the start."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="stops")
    member = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="round_stops")
    mass_g = models.PositiveIntegerField()
    direct_m = models.PositiveIntegerField(help_text="Shortest feasible way from the start.")
    emission_mg_co2e = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="a_round_stops_once_at_each"),
            models.CheckConstraint(
                condition=models.Q(mass_g__range=(1, 50_000_000)), name="a_stop_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.mass_g} g"


class MonthConfirmation(models.Model):
    """A member read the figures of a month and said that they are right."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="confirmations")
    member = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="confirmations")
    month = models.DateField()
    figures = models.JSONField(help_text="What the member saw when confirming.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "month"], name="a_member_confirms_a_month_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.month:%Y-%m}"
