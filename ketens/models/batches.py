"""Batches of a chain and what became of them, counted in grams and append-only.

A wrong count is taken back by a row of its own, never edited.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketens.domain.batches import LARGEST_BATCH_G, Entry
from ketens.models.chains import Chain, ChainLink, ChainMember


class Weighing(models.TextChoices):
    """How a mass is known, best first (FLW Standard: quantification method)."""

    WEIGHED = "weighed", _("weighed")
    COUNTED = "counted", _("counted, times the weight of one")
    MEASURED = "measured", _("volume, times the density")
    ESTIMATED = "estimated", _("estimated")


class Batch(models.Model):
    """Goods of one chain that are made and followed together."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="batches")
    member = models.ForeignKey(ChainMember, on_delete=models.PROTECT, related_name="batches")
    code = models.CharField(max_length=40)
    what = models.CharField(max_length=120)
    product_ref = models.CharField(max_length=40, blank=True)
    made_on = models.DateField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "code"], name="a_chain_names_a_batch_once"),
        ]

    def __str__(self) -> str:
        return self.code


class BatchEntry(models.Model):
    """Grams that came into a batch or left it; `rung` is the Moerman rung of a residual."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Entry])
    rung = models.PositiveSmallIntegerField(null=True, blank=True)
    mass_g = models.PositiveIntegerField()
    weighing = models.CharField(max_length=9, choices=Weighing.choices)
    activity_date = models.DateField()
    origin = models.CharField(max_length=160, blank=True, help_text="Order, round or declaration.")
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Entry.RESIDUAL.value, rung__range=(1, 10))
                | models.Q(~models.Q(kind=Entry.RESIDUAL.value), rung__isnull=True),
                name="a_residual_and_nothing_else_has_a_rung",
            ),
            models.CheckConstraint(
                condition=models.Q(mass_g__range=(1, LARGEST_BATCH_G)),
                name="a_batch_entry_weighs_something_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mass_g} g"


class LinkCount(models.Model):
    """What left one member and what arrived at the next; a null arrival is not counted yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="link_counts")
    link = models.ForeignKey(ChainLink, on_delete=models.PROTECT, related_name="counts")
    sent_g = models.PositiveIntegerField()
    received_g = models.PositiveIntegerField(null=True, blank=True)
    activity_date = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_g__range=(1, LARGEST_BATCH_G))
                & (models.Q(received_g__isnull=True) | models.Q(received_g__lte=LARGEST_BATCH_G)),
                name="a_counted_load_weighs_something_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.sent_g} → {self.received_g}"
