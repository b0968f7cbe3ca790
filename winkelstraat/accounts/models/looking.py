"""Staff who look along with a person: who, with whom, why, and until when."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.accounts.models.people import User


class LookingAlong(models.Model):
    """One quarter of an hour at most in which staff read what a person reads."""

    staff = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [("look_along", _("May look along with a person, reading only"))]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(ended_at__isnull=True),
                name="staff_look_along_with_one_person_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(staff=models.F("person")),
                name="nobody_looks_along_with_himself",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__lte=models.F("started_at") + timedelta(minutes=15)),
                name="looking_along_takes_a_quarter_of_an_hour",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="looking_along_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} → {self.person}"
