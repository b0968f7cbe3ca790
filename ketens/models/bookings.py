"""Booked sales and the calculations behind every figure, append-only.

The ledger holds the amounts. These rows hold where they come from: which line, which
leg, which factor in which version, and what was not known.
"""

import uuid

from django.db import models

from dorpen.register.models import Enterprise, Village
from ketens.models.chains import Chain, Leg
from ketens.models.factors import Factor


class SaleBooking(models.Model):
    """One sale of one shop that was handed over and booked, once per source."""

    source = models.CharField(max_length=60, unique=True)
    purchase_ref = models.UUIDField(null=True, blank=True, db_index=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+")
    activity_date = models.DateField()
    pickup_distance_m = models.PositiveIntegerField(null=True, blank=True)
    content_digest = models.CharField(max_length=64)
    booked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["village", "activity_date"], name="sales_of_a_village_by_day"),
            models.Index(fields=["activity_date"], name="sales_by_day"),
        ]

    def __str__(self) -> str:
        return self.source


class BookedLine(models.Model):
    """One line of a booked sale; a null mass or emission is unknown, never zero."""

    booking = models.ForeignKey(SaleBooking, on_delete=models.PROTECT, related_name="lines")
    line_ref = models.CharField(max_length=40)
    product_ref = models.CharField(max_length=40)
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="booked_lines"
    )
    quantity = models.DecimalField(max_digits=9, decimal_places=3)
    mass_g = models.PositiveIntegerField(null=True, blank=True)
    price_cents = models.PositiveIntegerField()
    emission_mg_co2e = models.PositiveBigIntegerField(null=True, blank=True)
    primary_mg_co2e = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The part that rests on fuel or power that was measured."
    )
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    work_minutes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "line_ref"], name="a_booked_sale_names_a_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}/{self.line_ref}"


class Calculation(models.Model):
    """One result with everything needed to repeat it; the database refuses edits."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.ForeignKey(SaleBooking, on_delete=models.PROTECT, related_name="calculations")
    line = models.ForeignKey(
        BookedLine, on_delete=models.PROTECT, null=True, related_name="calculations"
    )
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, related_name="+")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, null=True, related_name="calculations")
    formula = models.CharField(max_length=40)
    formula_version = models.PositiveSmallIntegerField()
    method_version = models.CharField(max_length=12)
    inputs = models.JSONField()
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, null=True, related_name="+")
    factor_set_version = models.CharField(max_length=40, blank=True)
    result = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    result_unit = models.CharField(max_length=12)
    unknown_because = models.CharField(max_length=40, blank=True)
    quality_level = models.PositiveSmallIntegerField(null=True)
    interval_low = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    interval_high = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    coverage_permille = models.PositiveSmallIntegerField(null=True)
    activity_date = models.DateField()
    computed_by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result__isnull=False) ^ ~models.Q(unknown_because=""),
                name="a_calculation_has_a_result_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(quality_level__isnull=True)
                | models.Q(quality_level__range=(1, 5)),
                name="a_spend_based_result_is_refused",
            ),
        ]
        indexes = [models.Index(fields=["chain", "-id"], name="latest_calculations_of_a_chain")]

    def __str__(self) -> str:
        return f"{self.formula} {self.result} {self.result_unit}"
