"""Who saw or changed what: an append-only log, sealed in a chain (ADR 0031).

Triggers refuse every change. When a transaction commits, another trigger seals each of
its entries: the next number, and a digest over the entry and the seal before. Sealing
waits for the commit, so that two people at work never wait for each other's locks.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from winkelstraat.accounts.models.people import User


class Audited(models.TextChoices):
    """Everything that leaves a trace; a test asks each write of the back office for one."""

    APPLICATION_VERIFIED = "application.verified", _("let a shop in")
    APPLICATION_RETURNED = "application.returned", _("sent a shop's application back")
    APPLICATIONS_SEEN = "application.seen", _("saw applications of shops")
    PROOF_SEEN = "proof.seen", _("saw a proof of identity")
    ENTERPRISE_STATUS = "enterprise.status", _("changed an enterprise's status")
    MEMBER_ADDED = "member.added", _("gave a person a place in an enterprise")
    MEMBER_CHANGED = "member.changed", _("changed what a helper may do")
    MEMBER_REMOVED = "member.removed", _("ended a person's place in an enterprise")
    ROLE_GRANTED = "role.granted", _("granted a role")
    ROLE_WITHDRAWN = "role.withdrawn", _("withdrew a role")
    ONBOARDING_STARTED = "payout.onboarding", _("started or changed where a shop is paid")
    PAYMENT_DECIDED = "payment.decided", _("decided over a payment")
    REFUND_MADE = "refund.made", _("gave money back")
    REFUND_SETTLED = "refund.settled", _("settled a refund")
    FOOD_APPROVED = "food.approved", _("said which food a product is")
    CLAIM_DECIDED = "claim.decided", _("decided over a claim")
    NOTICE_DECIDED = "notice.decided", _("decided over a report")
    LISTING_CHECKED = "listing.checked", _("looked at an offer that was drawn at random")
    SHOP_DECIDED = "shop.decided", _("decided over a shop")
    TERMS_PUBLISHED = "terms.published", _("published terms")
    PERIOD_CLOSED = "period.closed", _("closed a period")
    BASELINE_FROZEN = "baseline.frozen", _("froze a baseline")
    RELEASED = "release.made", _("released figures")
    PEOPLE_SEEN = "people.seen", _("saw live figures on people at work")
    EXPORTED = "export.made", _("exported what is not public")
    JOB_ASKED = "job.asked", _("asked for long work")
    IMPERSONATION_STARTED = "impersonation.started", _("began to look along with a person")
    IMPERSONATION_ENDED = "impersonation.ended", _("stopped looking along with a person")
    ADDED = "record.added", _("added a row in the back office")
    CHANGED = "record.changed", _("changed a row in the back office")
    REMOVED = "record.removed", _("removed a row in the back office")
    SENT = "form.sent", _("sent a form of the back office")


class AuditEntry(models.Model):
    """One trace; the moment is the database's own, so nobody can date it back.

    The person has no constraint in the database: an account may be made anonymous or go,
    its traces stay.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    action = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, help_text="Names of fields with before and after.")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["actor", "-id"], name="traces_of_a_person"),
            models.Index(fields=["object_kind", "object_id", "-id"], name="traces_of_a_thing"),
            models.Index(fields=["action", "-id"], name="traces_of_a_kind"),
            models.Index(fields=["at"], name="traces_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}"


class AuditSeal(models.Model):
    """The link of one entry in the chain; written by a trigger at commit only."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    number = models.BigIntegerField(unique=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"


class AuditAddress(models.Model):
    """Where an entry came from; it stands apart because it is forgotten after thirty days."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="address")
    address = models.GenericIPAddressField()

    def __str__(self) -> str:
        return self.address
