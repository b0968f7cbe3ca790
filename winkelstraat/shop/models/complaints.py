"""Complaints of buyers about an order, and terms with the day on which they hold."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.purchases import SellerOrder
from winkelstraat.shop.models.sellers import SellerProfile


class Complaint(models.Model):
    """Something that a buyer is not content with in one shop's part of his order."""

    seller_order = models.OneToOneField(
        SellerOrder, on_delete=models.PROTECT, related_name="complaint"
    )
    opened_at = models.DateTimeField()
    answer_due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["closed_at", "answer_due_on", "pk"]
        indexes = [
            models.Index(
                fields=["answer_due_on"],
                name="complaints_without_an_answer",
                condition=models.Q(answered_at__isnull=True, closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.seller_order)


class Voice(models.TextChoices):
    """Who says something about a complaint."""

    BUYER = "buyer", _("buyer")
    SHOP = "shop", _("shop")


class ComplaintMessage(models.Model):
    """One thing that was said; it is never changed."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    voice = models.CharField(max_length=6, choices=Voice.choices)
    text = models.CharField(max_length=1000)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_message_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class TermsFor(models.TextChoices):
    """For whom terms hold."""

    SHOPS = "shops", _("shops")
    BUYERS = "buyers", _("buyers")


class TermsVersion(models.Model):
    """Terms as they were told, and from when they hold (Regulation (EU) 2019/1150 art. 3)."""

    audience = models.CharField(max_length=8, choices=TermsFor.choices)
    number = models.PositiveIntegerField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    effective_at = models.DateTimeField()

    class Meta:
        ordering = ["audience", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "number"], name="a_version_of_terms_has_its_own_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number=1)
                | models.Q(effective_at__gte=models.F("sent_at") + timedelta(days=15)),
                name="changed_terms_are_told_fifteen_days_ahead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.number}"


class TermsMail(models.Model):
    """A shop that must be told of changed terms, and when it was."""

    version = models.ForeignKey(TermsVersion, on_delete=models.CASCADE, related_name="mails")
    seller = models.ForeignKey(SellerProfile, on_delete=models.CASCADE, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "seller"], name="a_shop_is_told_of_terms_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.seller}"
