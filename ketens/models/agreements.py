"""What the members of a chain agreed, and who changed what; the history is append-only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketens.models.chains import Chain


class ChainAgreement(models.Model):
    """One thing that the members agreed, with the days on which it holds."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="agreements")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="an_agreement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChangeKind(models.TextChoices):
    """What was done to a chain."""

    CREATED = "created", _("chain written down")
    DESCRIBED = "described", _("name or story changed")
    STATUS = "status", _("status changed")
    MEMBER_ADDED = "member_added", _("member added")
    LINK_ADDED = "link_added", _("link added")
    LEG_MEASURED = "leg_measured", _("own measurements taken up")
    PRODUCT_ADDED = "product_added", _("product added")
    AGREEMENT_ADDED = "agreement_added", _("agreement added")
    BATCH_ADDED = "batch_added", _("batch written down")
    FOOD_MATCHED = "food_matched", _("food footprint approved")


class ChainChange(models.Model):
    """Who changed what, when; the database refuses edits."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind.choices)
    what = models.CharField(max_length=200)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"
