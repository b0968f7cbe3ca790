"""The Impactpad of an enterprise: every version whole, what is public, and levels reviewed.

A version is never edited, and neither is a publication; what the public reads is the
newest publication. A level is claimed, then reviewed, and only reached while its proof is
in date; that is computed when it is read.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from ketens.domain.impactpad.content import Section


class ImpactPad(models.Model):
    """The pad of one enterprise; everything of it stands in its versions."""

    enterprise = models.OneToOneField(
        Enterprise, on_delete=models.PROTECT, related_name="impact_pad"
    )
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.enterprise)


class PadVersion(models.Model):
    """The whole pad after one edit; `section` is the part that was changed."""

    pad = models.ForeignKey(ImpactPad, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    section = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in Section]
    )
    restores = models.PositiveIntegerField(null=True, blank=True)
    content = models.JSONField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["pad", "number"], name="a_pad_has_versions_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.pad_id} v{self.number}"


class PadPublication(models.Model):
    """An enterprise put a version before the public, or took its page off (no version)."""

    pad = models.ForeignKey(ImpactPad, on_delete=models.PROTECT, related_name="publications")
    version = models.ForeignKey(
        PadVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pad_id}: {self.version_id}"


class LevelStatus(models.TextChoices):
    """What was decided of one claim on a level."""

    CLAIMED = "claimed", _("waits for a word")
    REVIEWED = "reviewed", _("reviewed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LevelClaim(models.Model):
    """An enterprise says that it reached a level, with its proof; somebody else reviews it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pad = models.ForeignKey(ImpactPad, on_delete=models.PROTECT, related_name="level_claims")
    version = models.ForeignKey(PadVersion, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    proof = models.CharField(max_length=500)
    address = models.URLField(max_length=300, blank=True)
    file = models.BinaryField(blank=True, default=b"")
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=9, choices=LevelStatus.choices, default=LevelStatus.CLAIMED
    )
    reason = models.CharField(max_length=300, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    claimed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="a_pad_has_five_levels"
            ),
            models.UniqueConstraint(
                fields=["pad", "level"],
                condition=models.Q(status="claimed"),
                name="a_level_waits_for_one_word_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status="claimed")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_level_names_who_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("reviewed", "refused")) | ~models.Q(reason=""),
                name="a_decision_on_a_level_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(address="") | ~models.Q(file_name=""),
                name="a_level_rests_on_an_address_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pad_id} level {self.level}"
