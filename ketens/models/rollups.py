"""Sums per day that are kept while booking, so that no page adds up the whole ledger.

Both can be thrown away and rebuilt from the books; a test holds the two equal.
"""

from django.db import models

from dorpen.register.models import Village
from ketens.models.chains import Chain


class FlowDay(models.Model):
    """What went from one account of a chain to another on a day."""

    unit = models.CharField(max_length=12)
    debit = models.CharField(max_length=80)
    credit = models.CharField(max_length=80)
    day = models.DateField()
    amount = models.BigIntegerField()
    transfers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["debit", "credit", "unit", "day"], name="a_flow_has_one_sum_a_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["credit"], name="flows_by_where_they_begin", opclasses=["text_pattern_ops"]
            ),
            models.Index(
                fields=["debit"], name="flows_by_where_they_end", opclasses=["text_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit} → {self.debit}: {self.amount} {self.unit}"


class CoverageDay(models.Model):
    """How much of what was sold on a day is known, by village and chain."""

    day = models.DateField()
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lines = models.PositiveIntegerField()
    with_mass = models.PositiveIntegerField()
    with_emission = models.PositiveIntegerField()
    with_distance = models.PositiveIntegerField()
    with_work = models.PositiveIntegerField()
    mass_g = models.PositiveBigIntegerField()
    mass_with_emission_g = models.PositiveBigIntegerField()
    emission_mg = models.PositiveBigIntegerField(default=0)
    primary_mg = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "village", "chain"],
                nulls_distinct=False,
                name="a_day_of_a_village_and_chain_is_summed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.village_id}/{self.chain_id}: {self.lines}"
