"""Vouchers: who pays for them is a fact of the voucher, never of the moment (TAX-05)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.purchases import Purchase
from winkelstraat.shop.models.sellers import SellerProfile


class Funding(models.TextChoices):
    """Who bears the discount."""

    SHOP = "shop", _("the shop: its turnover is lower")
    PLATFORM = "platform", _("the street: the shop gets its full price")


class Voucher(models.Model):
    """A code that takes an amount or a percentage off goods."""

    code = models.CharField(_("Code"), max_length=24, unique=True)
    funded_by = models.CharField(_("Who pays for it"), max_length=8, choices=Funding.choices)
    # Without a shop it holds in the whole street.
    seller = models.ForeignKey(
        SellerProfile,
        verbose_name=_("Only at this shop"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vouchers",
    )
    amount_cents = models.PositiveIntegerField(_("Amount in cents"), null=True, blank=True)
    percentage_basis_points = models.PositiveSmallIntegerField(
        _("Percentage in hundredths of a percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    minimum_cents = models.PositiveIntegerField(_("From how many cents"), default=0)
    valid_from = models.DateTimeField(_("Valid from"))
    valid_until = models.DateTimeField(_("Valid until"))
    uses_limit = models.PositiveIntegerField(_("How often at most"), null=True, blank=True)

    class Meta:
        ordering = ["-valid_until", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0, percentage_basis_points__isnull=True)
                | Q(amount_cents__isnull=True, percentage_basis_points__range=(1, 10_000)),
                name="a_voucher_is_an_amount_or_a_percentage",
                violation_error_message=_("Fill in an amount or a percentage, not both."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("valid_from")),
                name="a_voucher_ends_after_it_starts",
                violation_error_message=_("The end lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BasketVoucher(models.Model):
    """The one voucher that a visitor chose for his basket."""

    basket = models.OneToOneField(
        "basket.Basket", on_delete=models.CASCADE, related_name="chosen_voucher"
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.voucher} {self.basket_id}"


class VoucherUse(models.Model):
    """One use of a voucher by one purchase; given back when the purchase was not paid."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    purchase = models.OneToOneField(Purchase, on_delete=models.PROTECT, related_name="voucher_use")
    amount_cents = models.PositiveIntegerField()
    used_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["voucher"],
                name="uses_that_count",
                condition=Q(given_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.purchase}"
