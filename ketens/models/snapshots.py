"""The profile as it stood at the end of a quarter, and what the public may read of it."""

from django.conf import settings
from django.db import models

from dorpen.register.models import Enterprise
from ketens.domain.movement import Place


class ProfileSnapshot(models.Model):
    """One enterprise at the end of one quarter: its place, and the facts that gave it."""

    quarter = models.DateField(help_text="The first day of the quarter.")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Place])
    facts = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["quarter", "enterprise"]
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "enterprise"], name="an_enterprise_has_one_place_in_a_quarter"
            ),
            models.CheckConstraint(
                condition=models.Q(quarter__day=1) & models.Q(quarter__month__in=(1, 4, 7, 10)),
                name="a_quarter_of_the_profile_is_named_by_its_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m} {self.enterprise_id}: {self.place}"


class ProfileRelease(models.Model):
    """What the public may read of the profile of one quarter; hidden before it was written."""

    quarter = models.DateField(unique=True, help_text="The first day of the quarter.")
    tables = models.JSONField()
    hidden = models.JSONField(help_text="Cells that are withheld, by table and key.")
    pooled = models.JSONField(help_text="Municipalities that are taken together.")
    digest = models.CharField(max_length=64)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["-quarter"]

    def __str__(self) -> str:
        return f"{self.quarter:%Y-%m}"
