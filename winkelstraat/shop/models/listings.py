"""A product as one shop offers it.

What a list shows (price, unit price, picture address) is written here when the
listing is published, so that reading a page computes nothing.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Photo, Village
from winkelstraat.shop.models.sellers import SellerProfile


class SaleUnit(models.TextChoices):
    """What one of it is."""

    PIECE = "piece", _("piece")
    KILOGRAM = "kg", _("kilo")
    GRAM = "g", _("gram")
    LITRE = "l", _("litre")
    MILLILITRE = "ml", _("millilitre")
    BUNCH = "bunch", _("bunch")
    HOUR = "hour", _("hour")


class WithdrawalClass(models.TextChoices):
    """Whether a buyer may withdraw (art. 6:230p BW); the default is yes."""

    WITHDRAWABLE = "withdrawable", _("return within 14 days")
    PERISHABLE = "perishable", _("no return: it spoils quickly")
    CUSTOM_MADE = "custom_made", _("no return: made for you")
    SEALED_HYGIENE = "sealed_hygiene", _("no return once the seal is broken")
    SEALED_MEDIA = "sealed_media", _("no return once music, film or software is unsealed")
    MIXED = "mixed", _("no return once it is mixed with something else")
    PERIODICAL = "periodical", _("no return: a newspaper or magazine")
    SERVICE_DONE = "service_done", _("no return once the work is done")


class AlcoholClass(models.TextChoices):
    """Alcohol asks for an age statement and a check at hand-over (18+)."""

    NONE = "none", _("no alcohol")
    WEAK = "weak", _("weak alcohol")
    STRONG = "strong", _("strong alcohol")


class ListingStatus(models.TextChoices):
    """Only a published listing is seen and sold."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Listing(models.Model):
    """One thing that one shop sells; its stock is Oscar's stock record."""

    product = models.OneToOneField(
        "catalogue.Product", on_delete=models.PROTECT, related_name="listing"
    )
    seller = models.ForeignKey(SellerProfile, on_delete=models.PROTECT, related_name="listings")
    # The village of the shop, once more: a village's list walks one index.
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="listings", editable=False
    )
    # The sizes and flavours of one thing name the same listing: the first of them, which
    # names none itself (ADR 0026).
    variant_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="variants"
    )
    category = models.ForeignKey(
        "catalogue.Category", on_delete=models.PROTECT, related_name="listings"
    )
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=130)
    description = models.TextField(blank=True)
    unit = models.CharField(max_length=8, choices=SaleUnit.choices)
    net_quantity = models.DecimalField(max_digits=9, decimal_places=3)
    net_unit = models.CharField(max_length=8, choices=SaleUnit.choices)
    # A pack of several: the net quantity is that of one piece in it (PRI-03).
    pieces = models.PositiveSmallIntegerField(default=1, db_default=1)
    # What is left of one piece without its liquid, in the net unit.
    drained_quantity = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    mass_g = models.PositiveIntegerField(null=True, blank=True)
    price_cents = models.PositiveIntegerField()
    # What may stand after "van" while an offer runs; computed, never typed (PRI-02).
    prior_price_cents = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # Deposit on the packaging of one, in cents; it is no part of the price (PRI-04).
    deposit_cents = models.PositiveIntegerField(default=0)
    # The price is an estimate by the net quantity; the shop weighs when it packs.
    sold_by_weight = models.BooleanField(default=False)
    vat_class = models.CharField(max_length=20)
    withdrawal_class = models.CharField(
        max_length=20, choices=WithdrawalClass.choices, default=WithdrawalClass.WITHDRAWABLE
    )
    alcohol_class = models.CharField(
        max_length=8, choices=AlcoholClass.choices, default=AlcoholClass.NONE
    )
    maker = models.CharField(max_length=120, blank=True)
    origin_village = models.ForeignKey(
        Village, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ingredients = models.TextField(blank=True)
    allergens = models.JSONField(default=dict, blank=True)
    season_months = models.JSONField(default=list, blank=True)
    # The maker of what is no food: the shop itself, or somebody who can be reached
    # (Regulation (EU) 2023/988 art. 19).
    made_by_shop = models.BooleanField(default=True)
    manufacturer_name = models.CharField(max_length=120, blank=True)
    manufacturer_address = models.CharField(max_length=160, blank=True)
    manufacturer_email = models.EmailField(blank=True)
    safety_warning = models.CharField(max_length=300, blank=True)
    # The batch that is on the shelf now; packing copies it to the line (MKT-07).
    batch_code = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(
        max_length=10, choices=ListingStatus.choices, default=ListingStatus.DRAFT
    )
    published_at = models.DateTimeField(null=True, blank=True)

    unit_price_cents = models.PositiveIntegerField(null=True, blank=True, editable=False)
    unit_price_per = models.CharField(max_length=8, blank=True, editable=False)
    picture_path = models.CharField(max_length=200, blank=True, editable=False)
    picture_large_path = models.CharField(max_length=200, blank=True, editable=False)
    picture_ground = models.CharField(max_length=7, blank=True, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="newest_published_first",
                condition=models.Q(status="published"),
            ),
            models.Index(
                fields=["category", "-published_at", "-id"],
                name="newest_in_a_category",
                condition=models.Q(status="published"),
            ),
            models.Index(
                fields=["seller", "-published_at", "-id"],
                name="newest_of_a_seller",
                condition=models.Q(status="published"),
            ),
            models.Index(
                fields=["village", "-published_at", "-id"],
                name="newest_in_a_village",
                condition=models.Q(status="published"),
            ),
            GinIndex(fields=["search_vector"], name="dutch_words_of_a_listing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price_cents__gt=0), name="a_listing_has_a_price"
            ),
            models.CheckConstraint(
                condition=~models.Q(variant_of=models.F("id")),
                name="a_listing_is_no_variant_of_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(prior_price_cents__isnull=True)
                | models.Q(prior_price_cents__gt=models.F("price_cents")),
                name="a_prior_price_is_above_the_price",
            ),
            models.CheckConstraint(
                condition=models.Q(net_quantity__gt=0), name="a_net_quantity_is_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(pieces__gt=0), name="a_pack_holds_a_piece_at_least"
            ),
            models.CheckConstraint(
                condition=models.Q(drained_quantity__isnull=True)
                | models.Q(drained_quantity__gt=0, drained_quantity__lte=models.F("net_quantity")),
                name="a_drained_quantity_is_within_the_net_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="a_published_listing_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ListingPhoto(models.Model):
    """A picture of a listing, in the order in which they are shown."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.listing} {self.position}"
