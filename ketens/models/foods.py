"""Which food of which database a product is, as a person approved it; append-only."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from ketens.models.chains import Chain
from ketens.models.factors import Factor, FactorSet


class MatchQuality(models.TextChoices):
    """How well a food of a database stands for a product; none is not counted."""

    EXACT = "exact", _("the same food")
    CLOSE = "close", _("a food very like it")
    CATEGORY = "category", _("only the same kind of food")
    NONE = "none", _("no food fits")


class FoodMatch(models.Model):
    """One approved link from a product to a food; a later row takes its place."""

    product_ref = models.CharField(max_length=40)
    product_name = models.CharField(max_length=160)
    database = models.SlugField(max_length=20)
    food = models.CharField(max_length=80, blank=True, help_text="Key before its first dot.")
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, null=True, related_name="+")
    quality = models.CharField(max_length=8, choices=MatchQuality.choices)
    likeness_percent = models.PositiveSmallIntegerField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quality=MatchQuality.NONE.value, factor__isnull=True)
                | models.Q(~models.Q(quality=MatchQuality.NONE.value), factor__isnull=False),
                name="a_match_names_a_food_unless_none_fits",
            ),
            models.UniqueConstraint(
                fields=["product_ref", "database"],
                condition=models.Q(supersedes__isnull=True),
                name="a_product_is_matched_first_once",
            ),
        ]
        indexes = [models.Index(fields=["product_ref", "-id"], name="latest_match_of_a_product")]

    def __str__(self) -> str:
        return f"{self.product_name} → {self.food or '–'}"


class FootprintBasis(models.Model):
    """The one food database that a chain counts with, from a day until another."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="footprint_bases")
    factor_set = models.ForeignKey(FactorSet, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            ExclusionConstraint(
                name="a_chain_counts_with_one_database_at_a_time",
                expressions=[
                    ("chain", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain}: {self.factor_set}"
