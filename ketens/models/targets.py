"""What should be reached by when; a changed target is a new version of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketens.domain.targets import PROVINCE, Basis, Better
from ketens.models.releases import Baseline

BETTER_LABELS = {Better.LOWER: _("lower is better"), Better.HIGHER: _("higher is better")}
BASIS_LABELS = {
    Basis.AMOUNT: _("an amount in the year"),
    Basis.CHANGE: _("a change in percent since the baseline"),
}


class Target(models.Model):
    """One version of a target for a measure, a place and a year; the database refuses edits."""

    measure = models.CharField(max_length=40, help_text="The code of a measure of the monitor.")
    place = models.CharField(max_length=6, help_text="PV22, or the code of a municipality.")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    value = models.DecimalField(
        max_digits=20,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="In the measure's own unit, or in percent; null when it was withdrawn.",
    )
    better = models.CharField(
        max_length=6, choices=[(one.value, label) for one, label in BETTER_LABELS.items()]
    )
    basis = models.CharField(
        max_length=6, choices=[(one.value, label) for one, label in BASIS_LABELS.items()]
    )
    baseline = models.ForeignKey(
        Baseline, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    baseline_amount = models.DecimalField(
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="What the baseline was when this was set: a day, or a level.",
    )
    source = models.CharField(max_length=300, help_text="Where the target is written.")
    decision = models.CharField(
        max_length=200, blank=True, help_text="Who decided it; empty while it is a proposal."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why this version came.")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["measure", "place", "year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "place", "year", "version"],
                name="a_target_has_versions_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(place=PROVINCE) | models.Q(place__regex=r"^GM[0-9]{4}$"),
                name="a_target_is_of_the_province_or_a_municipality",
            ),
            models.CheckConstraint(
                condition=models.Q(year__range=(2026, 2050)), name="a_target_lies_ahead"
            ),
            models.CheckConstraint(
                condition=models.Q(basis=Basis.CHANGE.value, baseline__isnull=False)
                | models.Q(basis=Basis.AMOUNT.value),
                name="a_target_that_is_a_change_has_a_baseline",
            ),
            models.CheckConstraint(
                condition=models.Q(version=1, value__isnull=False) | ~models.Q(reason=""),
                name="a_changed_target_says_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""), name="a_target_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.place} {self.year} v{self.version}"
