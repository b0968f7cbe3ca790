"""Shops that staff took off the street, with the reason and what was said against it (P2B)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.sellers import SellerProfile


class SuspensionKind(models.TextChoices):
    """Whether a shop pauses or leaves."""

    PAUSE = "pause", _("off the street until it is mended")
    END = "end", _("the contract ends")


class SuspensionReason(models.TextChoices):
    """Why, as the terms name it; the text tells the facts."""

    IDENTITY = "identity", _("the details of the shop are not right, or were not mended in time")
    GOODS = "goods", _("goods that are not safe, or may not be sold")
    MISLEADING = "misleading", _("what the shop says is not true")
    NO_DELIVERY = "no_delivery", _("orders are not delivered or not paid back")
    DEBT = "debt", _("what the shop owes the street is not paid")
    AUTHORITY = "authority", _("an authority or a court ordered it")
    OWN_WISH = "own_wish", _("the shop asked for it")


class SuspensionReview(models.TextChoices):
    """What came of a second look."""

    STAYS = "stays", _("it stays so")
    LIFTED = "lifted", _("it is lifted")


class Suspension(models.Model):
    """One decision about a shop: from when, why, and every step after it."""

    seller = models.ForeignKey(SellerProfile, on_delete=models.PROTECT, related_name="suspensions")
    kind = models.CharField(max_length=6, choices=SuspensionKind.choices)
    reason = models.CharField(max_length=12, choices=SuspensionReason.choices)
    text = models.CharField(max_length=1000)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    effective_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    contested_at = models.DateTimeField(null=True, blank=True)
    contest_text = models.CharField(max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review = models.CharField(max_length=6, choices=SuspensionReview.choices, blank=True)
    review_text = models.CharField(max_length=1000, blank=True)
    review_mailed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    # What was kept of the trader was deleted (DSA art. 30(5): six months after the end).
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller"],
                condition=models.Q(lifted_at__isnull=True),
                name="a_shop_is_suspended_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="a_suspension_states_its_facts"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="end")
                | models.Q(reason__in=["own_wish", "authority"])
                | models.Q(effective_at__gte=models.F("decided_at") + timedelta(days=30)),
                name="an_end_is_told_thirty_days_ahead",
            ),
            models.CheckConstraint(
                condition=models.Q(review="") | models.Q(contested_at__isnull=False),
                name="only_what_is_contested_is_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.kind}"
