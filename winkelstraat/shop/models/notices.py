"""Reports of unlawful or unsafe offers, with every step that followed (DSA art. 16 to 20)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.sellers import SellerProfile


class NoticeReason(models.TextChoices):
    """What may be wrong."""

    UNSAFE = "unsafe", _("it is not safe")
    FORBIDDEN = "forbidden", _("it may not be sold")
    MISLEADING = "misleading", _("what it says is not true")
    COPIED = "copied", _("it is a copy of somebody's work or brand")
    OTHER = "other", _("something else")


class StepKind(models.TextChoices):
    """What happened to a notice."""

    DECIDED = "decided", _("decided")
    CONTESTED = "contested", _("contested")
    REVIEWED = "reviewed", _("decided again")


class Outcome(models.TextChoices):
    """What was decided."""

    NOTHING = "nothing", _("it stays on the street")
    OFF = "off", _("it is off the street")
    BACK = "back", _("it is back on the street")


class Notice(models.Model):
    """A report about one offer, by somebody who may stay unknown."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notices")
    seller = models.ForeignKey(SellerProfile, on_delete=models.PROTECT, related_name="notices")
    number = models.CharField(max_length=12, unique=True)
    reason = models.CharField(max_length=12, choices=NoticeReason.choices)
    text = models.CharField(max_length=1000)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.number


class NoticeStep(models.Model):
    """One thing that was decided or said about a notice; never changed afterwards."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    text = models.CharField(max_length=1000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "kind"], name="a_notice_has_each_step_once"),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="every_step_of_a_notice_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="contested", outcome="")
                | (~models.Q(kind="contested") & ~models.Q(outcome="")),
                name="a_decision_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.kind}"


class Recall(models.Model):
    """A shop or the street calls goods back: whoever bought them is told (GPSR art. 35)."""

    seller = models.ForeignKey(SellerProfile, on_delete=models.PROTECT, related_name="recalls")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="recalls")
    # Empty is all that was sold between the two days.
    batch_code = models.CharField(max_length=40, blank=True)
    sold_from = models.DateField()
    sold_until = models.DateField()
    danger = models.CharField(max_length=500)
    advice = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sold_until__gte=models.F("sold_from")),
                name="a_recall_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.batch_code}"


class RecallMail(models.Model):
    """A buyer who must be told, and when he was."""

    recall = models.ForeignKey(Recall, on_delete=models.CASCADE, related_name="mails")
    purchase = models.ForeignKey("shop.Purchase", on_delete=models.PROTECT, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recall", "purchase"], name="a_buyer_is_told_of_a_recall_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["recall"],
                name="recalls_to_be_mailed",
                condition=models.Q(mailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recall}: {self.purchase}"
