"""What was bought: one purchase per checkout, one seller order per shop in it.

Oscar's order is the projection that its tables need; the contract with the buyer is
the seller order, with its own number, totals and VAT (ADR 0004).
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from winkelstraat.shop.models.listings import Listing
from winkelstraat.shop.models.sellers import SellerProfile


class PurchaseStatus(models.TextChoices):
    """Where the payment of a purchase stands."""

    AWAITING_PAYMENT = "awaiting_payment", _("waiting for payment")
    PAID = "paid", _("paid")
    EXPIRED = "expired", _("not paid in time")
    CANCELLED = "cancelled", _("cancelled")


class Purchase(models.Model):
    """One checkout: one buyer, one payment, one or more shops."""

    # The CMS need not follow what refers to what here; it would do so at every save.
    wagtail_reference_index_ignore = True

    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="purchase")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    pickup_code = models.CharField(max_length=4)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="purchases",
    )
    buyer_name = models.CharField(max_length=120)
    buyer_email = models.EmailField()
    buyer_phone = models.CharField(max_length=20, blank=True)
    delivery_address = models.CharField(max_length=160, blank=True)
    delivery_postcode = models.CharField(max_length=7, blank=True)
    # A business buyer gets a full invoice (art. 35a Wet OB).
    company_name = models.CharField(max_length=120, blank=True)
    company_number = models.CharField(max_length=20, blank=True)
    village = models.ForeignKey(
        "register.Village", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    basket_id = models.PositiveBigIntegerField()
    total_cents = models.PositiveIntegerField()
    snapshot = models.JSONField()
    status = models.CharField(
        max_length=20, choices=PurchaseStatus.choices, default=PurchaseStatus.AWAITING_PAYMENT
    )
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField()
    hold_until = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    stock_released_at = models.DateTimeField(null=True, blank=True)
    confirmation_mailed_at = models.DateTimeField(null=True, blank=True)
    # The shop that took this order by telephone, and whether its own till is paid.
    taken_by = models.ForeignKey(
        SellerProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pays_at_counter = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["hold_until"],
                name="holds_that_may_lapse",
                condition=models.Q(status="awaiting_payment"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["basket_id"],
                condition=models.Q(status__in=["awaiting_payment", "paid"]),
                name="a_basket_is_bought_once",
            ),
            models.CheckConstraint(
                condition=models.Q(pays_at_counter=False) | models.Q(taken_by__isnull=False),
                name="a_shop_is_paid_at_its_counter",
            ),
            models.CheckConstraint(
                condition=models.Q(pays_at_counter=True) | ~models.Q(buyer_email=""),
                name="who_pays_online_can_be_mailed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SellerOrderStatus(models.TextChoices):
    """The life of one shop's part."""

    AWAITING_PAYMENT = "awaiting_payment", _("waiting for payment")
    PAID = "paid", _("paid, to pack")
    READY = "ready", _("ready")
    COLLECTED = "collected", _("collected")
    CANCELLED = "cancelled", _("cancelled")


class Fulfilment(models.TextChoices):
    """How the goods reach the buyer."""

    PICKUP_POINT = "pickup_point", _("collect at the pick-up point")
    SHOP = "shop", _("collect at the shop")
    DELIVERY = "delivery", _("have it brought")


class SellerOrder(models.Model):
    """The contract between the buyer and one shop."""

    wagtail_reference_index_ignore = True

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="seller_orders")
    seller = models.ForeignKey(
        SellerProfile, on_delete=models.PROTECT, related_name="seller_orders"
    )
    sequence = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=16, unique=True)
    status = models.CharField(
        max_length=20,
        choices=SellerOrderStatus.choices,
        default=SellerOrderStatus.AWAITING_PAYMENT,
    )
    fulfilment = models.CharField(max_length=12, choices=Fulfilment.choices)
    pickup_point = models.ForeignKey(
        "delivery.PickupPoint", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    promised_from = models.DateTimeField()
    promised_until = models.DateTimeField()
    goods_cents = models.PositiveIntegerField()
    delivery_cents = models.PositiveIntegerField(default=0)
    deposit_cents = models.PositiveIntegerField(default=0)
    shop_discount_cents = models.PositiveIntegerField(default=0)
    platform_discount_cents = models.PositiveIntegerField(default=0)
    total_cents = models.PositiveIntegerField()
    vat_cents = models.PositiveIntegerField()
    vat_groups = models.JSONField()
    shop_mailed_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    chain_booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["purchase", "sequence"]
        indexes = [
            models.Index(
                fields=["seller", "status", "promised_from"], name="a_sellers_work_by_moment"
            ),
            models.Index(
                fields=["collected_at"],
                name="collected_but_not_booked",
                condition=models.Q(status="collected", chain_booked_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["purchase", "seller"], name="a_shop_has_one_part_of_a_purchase"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    total_cents=models.F("goods_cents")
                    + models.F("delivery_cents")
                    + models.F("deposit_cents")
                    - models.F("shop_discount_cents")
                    - models.F("platform_discount_cents")
                ),
                name="a_seller_order_adds_up",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="collected") | models.Q(collected_at__isnull=False),
                name="a_collected_order_knows_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SellerOrderLine(models.Model):
    """One listing in a seller order, as it was when it was bought."""

    seller_order = models.ForeignKey(SellerOrder, on_delete=models.PROTECT, related_name="lines")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="order_lines")
    title = models.CharField(max_length=120)
    amount_text = models.CharField(max_length=60)
    quantity = models.PositiveIntegerField()
    price_cents = models.PositiveIntegerField()
    line_cents = models.PositiveIntegerField()
    deposit_cents = models.PositiveIntegerField(default=0)
    shop_discount_cents = models.PositiveIntegerField(default=0)
    platform_discount_cents = models.PositiveIntegerField(default=0)
    # What the shop could not deliver, and what weighing told of what is sold by weight.
    cancelled_quantity = models.PositiveIntegerField(default=0)
    sold_by_weight = models.BooleanField(default=False)
    weighed_g = models.PositiveIntegerField(null=True, blank=True)
    weighed_at = models.DateTimeField(null=True, blank=True)
    weighed_back_cents = models.PositiveIntegerField(default=0)
    vat_class = models.CharField(max_length=20)
    vat_rate_basis_points = models.PositiveSmallIntegerField()
    mass_g = models.PositiveIntegerField(null=True, blank=True)
    withdrawal_class = models.CharField(max_length=20)
    # The batch that the shop had on the shelf when it packed; what a recall asks for.
    batch_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="a_line_has_goods"),
            models.CheckConstraint(
                condition=models.Q(line_cents=models.F("price_cents") * models.F("quantity")),
                name="a_line_costs_price_times_quantity",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_quantity__lte=models.F("quantity")),
                name="no_more_is_cancelled_than_was_bought",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    line_cents__gte=models.F("shop_discount_cents")
                    + models.F("platform_discount_cents")
                ),
                name="a_discount_is_at_most_its_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title}"
