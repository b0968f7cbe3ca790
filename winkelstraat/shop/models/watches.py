"""Residents who asked for a mail when something must go in their village (PRV-06)."""

from django.db import models
from django.db.models.functions import Lower

from dorpen.register.models import Village


class SurplusWatch(models.Model):
    """One address for one village. Nothing is mailed before it was confirmed.

    The secret word in every mail confirms and stops without signing in. An address that
    was stopped stays here, so that nothing reaches it until its owner confirms anew.
    """

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    token = models.CharField(max_length=43, unique=True)
    asked_at = models.DateTimeField()
    asked_mailed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # What began until this moment was told.
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["village", "told_until"],
                name="watches_that_are_mailed",
                condition=models.Q(confirmed_at__isnull=False, stopped_at__isnull=True),
            ),
            models.Index(
                fields=["asked_at"],
                name="watches_to_be_confirmed",
                condition=models.Q(asked_mailed_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "village", name="an_address_watches_a_village_once"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(told_until__isnull=False),
                name="who_is_mailed_knows_from_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.village})"
