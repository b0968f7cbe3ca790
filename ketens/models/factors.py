"""Emission factors: dated, versioned sets that nobody can edit.

A correction is a new version of the set with a reason. The database refuses every
update and delete (migration 0002), so a calculation that names a factor can be
repeated for ever.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketens.domain.factors import SCOPES


class FactorStatus(models.TextChoices):
    """How far a value was checked against its source."""

    VERIFIED = "verified", _("read in its source")
    CONVENTION = "convention", _("agreed by convention")
    UNVERIFIED = "unverified", _("own assumption, not checked")


class FactorSet(models.Model):
    """One published list in one version, for one year."""

    key = models.SlugField(max_length=20)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    publisher = models.CharField(max_length=120)
    source_url = models.URLField()
    source_ref = models.CharField(max_length=240)
    licence = models.CharField(max_length=120, blank=True)
    source_digest = models.CharField(max_length=64, help_text="SHA-256 of the rows as loaded.")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField(max_length=240)
    accepted_doubts = models.CharField(
        max_length=300, blank=True, help_text="Why values that looked doubtful are right."
    )
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "year", "version"], name="a_factor_set_has_one_text_per_version"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="a_factor_set_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key.upper()} {self.year}, {self.version}"


class Factor(models.Model):
    """One value with its unit, boundary, dates and source."""

    factor_set = models.ForeignKey(FactorSet, on_delete=models.PROTECT, related_name="factors")
    key = models.CharField(max_length=80, help_text="Without the year, as in bestelauto_lt2t.wtw.")
    label_nl = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=14, decimal_places=6)
    unit = models.CharField(max_length=24)
    scope = models.CharField(max_length=16, help_text="wtw, ttw, wtt, total, infrastructure, ...")
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=FactorStatus.choices)
    valid_from = models.DateField()
    valid_to = models.DateField()
    rounding_difference = models.DecimalField(
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Printed WTW minus the sum of printed TTW and WTT.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["factor_set", "key"], name="a_factor_set_names_a_factor_once"
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0), name="a_factor_is_never_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=SCOPES), name="a_factor_has_a_known_scope"
            ),
        ]
        indexes = [models.Index(fields=["key", "valid_from"], name="factors_by_key_and_date")]

    def __str__(self) -> str:
        return f"{self.key} {self.value} {self.unit}"
