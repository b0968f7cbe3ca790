"""A shopkeeper asks to join the street: what the law asks, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise


class ApplicationStatus(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("being checked")
    RETURNED = "returned", _("sent back with a question")
    VERIFIED = "verified", _("verified")


class Application(models.Model):
    """What one person filled in for one shop (DSA art. 30); nothing of it is public.

    Of the bank account only its holder and last four signs are kept: the account itself is
    with the payment provider. `extract` is the proof from the trade register.
    """

    applicant = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="application"
    )
    fields = models.JSONField(default=dict)
    iban_last_four = models.CharField(max_length=4, blank=True)
    extract = models.BinaryField(blank=True, default=b"")
    extract_name = models.CharField(max_length=120, blank=True)
    extract_type = models.CharField(max_length=40, blank=True)
    status = models.CharField(
        max_length=12, choices=ApplicationStatus.choices, default=ApplicationStatus.DRAFT
    )
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["verified", "returned"])
                | models.Q(decided_at__isnull=False),
                name="a_decided_application_knows_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="verified") | models.Q(enterprise__isnull=False),
                name="a_verified_application_has_its_enterprise",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fields.get("trade_name", ""))
