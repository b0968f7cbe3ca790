"""Invoices, credit notes and commission invoices: numbered without a gap, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise
from winkelstraat.payments.models.payments import PaymentPart
from winkelstraat.payments.models.refunds import RefundPart


class PaperKind(models.TextChoices):
    """What a paper is."""

    INVOICE = "invoice", _("invoice")
    CREDIT_NOTE = "credit_note", _("credit note")
    COMMISSION = "commission", _("commission invoice")


PREFIXES = {PaperKind.INVOICE: "F", PaperKind.CREDIT_NOTE: "C", PaperKind.COMMISSION: "P"}


class PaperSeries(models.Model):
    """The last number that was given in one series; its row is locked to give the next.

    Each shop has its own series per kind and year; the platform's own (commission) has no
    enterprise.
    """

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    year = models.PositiveSmallIntegerField()
    last_place = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "year"],
                name="a_shop_has_one_series_per_kind_and_year",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.kind} {self.year}"


class Paper(models.Model):
    """One paper as it was issued; the database refuses every change but the first PDF."""

    series = models.ForeignKey(PaperSeries, on_delete=models.PROTECT, related_name="papers")
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="papers")
    part = models.OneToOneField(
        PaymentPart, on_delete=models.PROTECT, null=True, blank=True, related_name="invoice"
    )
    refund_part = models.OneToOneField(
        RefundPart, on_delete=models.PROTECT, null=True, blank=True, related_name="credit_note"
    )
    month = models.DateField(null=True, blank=True)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    gross_cents = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["series", "place"]
        indexes = [
            models.Index(fields=["enterprise", "-issued_on"], name="papers_of_a_shop"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "place"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["enterprise", "month"],
                condition=models.Q(kind="commission"),
                name="a_shop_has_one_commission_invoice_per_month",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind="invoice", part__isnull=False)
                    | models.Q(kind="credit_note", refund_part__isnull=False)
                    | models.Q(kind="commission", month__isnull=False)
                ),
                name="a_paper_knows_what_it_is_about",
            ),
        ]

    def __str__(self) -> str:
        return self.number
