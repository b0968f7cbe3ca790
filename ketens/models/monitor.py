"""Months of the monitor, kept as parts that add up, and what the public may read of them.

`MonitorMonth` can be thrown away and filled again from the books. A release is written
once and never edited; a trigger in the database refuses it.
"""

from django.conf import settings
from django.db import models

from ketens.domain.monitor import UNKNOWN_GROUP, Parts, PlaceKind
from ketens.models.chains import Chain

PLACE_KINDS = [(kind.value, kind.value) for kind in PlaceKind]
HAS_PLACE = models.Q(place_kind=PlaceKind.PROVINCE.value, place__isnull=True) | models.Q(
    ~models.Q(place_kind=PlaceKind.PROVINCE.value), place__isnull=False
)


class ProductGroup(models.Model):
    """A kind of product as the shop calls it; one that is no food makes no food waste."""

    code = models.SlugField(primary_key=True)
    name = models.CharField(max_length=120)
    is_food = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code=UNKNOWN_GROUP),
                name="no_group_is_called_unknown",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupedProduct(models.Model):
    """The group that a product had when it was first counted; history keeps it.

    A batch that names no product has a row of its own as ``batch:<number>``; a null group
    says that its chain made things of several groups.
    """

    product_ref = models.CharField(max_length=40, unique=True)
    group = models.ForeignKey(
        ProductGroup, on_delete=models.PROTECT, null=True, related_name="products"
    )

    def __str__(self) -> str:
        return f"{self.product_ref}: {self.group_id}"


class MonitorMonth(models.Model):
    """One month of a place, chain or product group; a null chain and an empty group are all.

    `place` is the number of a village or municipality, null for the province. `numbers`
    and `families` hold whole numbers only.
    """

    month = models.DateField()
    place_kind = models.CharField(max_length=12, choices=PLACE_KINDS)
    place = models.BigIntegerField(null=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, related_name="+")
    product_group = models.SlugField(blank=True)
    numbers = models.JSONField()
    families = models.JSONField()
    refreshed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_kind", "place", "chain", "product_group", "month"],
                nulls_distinct=False,
                name="a_month_of_the_monitor_is_kept_once",
            ),
            models.CheckConstraint(condition=HAS_PLACE, name="only_the_province_has_no_number"),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="a_month_of_the_monitor_is_its_first_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["place_kind", "chain", "product_group", "month"],
                name="months_of_all_places",
            ),
            models.Index(fields=["month"], name="all_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.place_kind} {self.place}"

    @property
    def parts(self) -> Parts:
        """The numbers as the measures read them."""
        return Parts(self.numbers, self.families)


class FigureRelease(models.Model):
    """What the public may read of one quarter; made once, after everything was hidden."""

    quarter = models.DateField(unique=True, help_text="The first day of the quarter.")
    method_version = models.CharField(max_length=12)
    factor_sets = models.JSONField(help_text="Names of the factor sets that were used.")
    digest = models.CharField(max_length=64)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quarter__day=1, quarter__month__in=(1, 4, 7, 10)),
                name="a_release_is_of_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m}"


class ReleasedFigure(models.Model):
    """One figure of a release: its value, or why it is withheld, or unknown when both are empty.

    `of_quarter` is earlier than the release's own in a correction: the figure as it became
    after late bookings. The earlier row stays.
    """

    release = models.ForeignKey(FigureRelease, on_delete=models.PROTECT, related_name="figures")
    of_quarter = models.DateField()
    measure = models.CharField(max_length=40)
    place_kind = models.CharField(max_length=12, choices=PLACE_KINDS)
    place = models.BigIntegerField(null=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, null=True, related_name="+")
    product_group = models.SlugField(blank=True)
    value = models.BigIntegerField(null=True)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    coverage_permille = models.PositiveSmallIntegerField(null=True)
    primary_permille = models.PositiveSmallIntegerField(null=True)
    withheld = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "of_quarter",
                    "measure",
                    "place_kind",
                    "place",
                    "chain",
                    "product_group",
                    "release",
                ],
                nulls_distinct=False,
                name="a_release_tells_a_figure_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withheld="")
                | models.Q(
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    coverage_permille__isnull=True,
                    primary_permille__isnull=True,
                ),
                name="what_is_withheld_tells_nothing",
            ),
            models.CheckConstraint(condition=HAS_PLACE, name="a_released_figure_has_its_place"),
        ]
        indexes = [
            models.Index(
                fields=["measure", "place_kind", "of_quarter"], name="released_by_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.of_quarter:%Y-%m}"
