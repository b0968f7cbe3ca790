"""Green and social claims that may be shown, and what each rests on.

A claim stands by its newest version. Whether it stands today is computed when it is
read, so a proof that runs out takes it from the page without anybody doing anything.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from ketens.models.bookings import Calculation
from ketens.models.chains import Chain
from winkelstraat.common.claims import Scope, Subject


class ClaimStatus(models.TextChoices):
    """What was decided of one version."""

    PROPOSED = "proposed", _("waits for a word")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Claim(models.Model):
    """Something that an enterprise wants to say; on a product, on itself, or of a chain."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="claims")
    subject = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Subject])
    product_ref = models.CharField(max_length=40, blank=True)
    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject="product", product_ref__gt="")
                | models.Q(~models.Q(subject="product"), product_ref=""),
                name="a_claim_on_a_product_names_it",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ClaimVersion(models.Model):
    """One wording with its decision; an edited text is a new version and waits again."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    text_digest = models.CharField(max_length=64)
    scope = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Scope])
    specification = models.CharField(
        max_length=200, blank=True, help_text="The words of the text that say what is meant."
    )
    basis = models.JSONField(
        default=dict, help_text="Origin, comparison or plan, in the words of the claim rules."
    )
    calculation = models.ForeignKey(
        Calculation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule_version = models.PositiveSmallIntegerField()
    findings = models.JSONField(default=list, help_text="Rules that it ran into when proposed.")
    status = models.CharField(
        max_length=9, choices=ClaimStatus.choices, default=ClaimStatus.PROPOSED
    )
    accepted_rules = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"], name="a_claim_has_versions_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(status="proposed")
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_claim_names_who_decided",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=("approved", "refused")) | ~models.Q(reason=""),
                name="a_decision_on_a_claim_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.number}"


class ClaimEvidence(models.Model):
    """One proof behind a version of a claim: about what it is, and until when it holds."""

    version = models.ForeignKey(ClaimVersion, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    scope = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Scope])
    reference = models.CharField(max_length=160, blank=True)
    address = models.URLField(max_length=300, blank=True)
    has_offset = models.BooleanField(default=False)
    valid_until = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
