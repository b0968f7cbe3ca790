"""Small builders that every test may use: one call, one valid row, all else by keyword."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.cache import cache
from oscar.apps.catalogue.models import Category

from dorpen.register.models import Enterprise, Municipality, Village
from dorpen.register.models.enterprises import EnterpriseStatus
from winkelstraat.shop.domain.allergens import complete_declaration
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.listings import ListingDraft, publish_listing
from winkelstraat.shop.operations.sellers import ShopDraft, open_shop

_numbers = count(1)


def build_village(
    name: str = "Norg", *, latitude: float = 53.07, longitude: float = 6.46
) -> Village:
    """Write a village in Noordenveld."""
    number = next(_numbers)
    municipality, _ = Municipality.objects.get_or_create(
        code="GM1699", defaults={"name": "Noordenveld", "slug": "noordenveld"}
    )
    return Village.objects.create(
        code=f"{number:04d}",
        name=name,
        slug=f"{name.lower().replace(' ', '-')}-{number}",
        municipality=municipality,
        latitude=latitude,
        longitude=longitude,
        population=3500,
        source="test",
        licence="CC0",
    )


def build_enterprise(name: str = "Bakkerij Oost", *, village: Village | None = None) -> Enterprise:
    """Write a verified enterprise."""
    number = next(_numbers)
    return Enterprise.objects.create(
        legal_name=name,
        trade_name=name,
        slug=f"onderneming-{number}",
        kvk_number=f"{number:08d}",
        legal_form="eenmanszaak",
        street_address="Brink 1",
        postcode="9331 AA",
        village=village or build_village(),
        email=f"winkel{number}@example.nl",
        status=EnterpriseStatus.VERIFIED,
    )


def build_category(slug: str = "brood-en-gebak", *, root: str = "eten-en-drinken") -> int:
    """Return the id of a category below a root, both made when they are new."""
    top = Category.objects.filter(slug=root).first()
    if top is None:
        top = Category.add_root(name=root.replace("-", " ").capitalize(), slug=root)
    found = Category.objects.filter(slug=slug).first()
    if found is None:
        found = top.add_child(name=slug.replace("-", " ").capitalize(), slug=slug)
    cache.delete("shop.categories")
    return int(found.pk)


def build_seller(
    name: str = "Bakkerij Oost", *, village: Village | None = None, **wanted: Any
) -> SellerProfile:
    """Open the shop of a new verified enterprise; `wanted` goes into its draft."""
    enterprise = build_enterprise(name, village=village)
    draft = ShopDraft(name=name, slug=enterprise.slug)
    return open_shop(enterprise=enterprise, draft=replace(draft, **wanted))


def build_listing(
    title: str = "Volkorenbrood",
    *,
    seller: SellerProfile | None = None,
    now: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC),
    **wanted: Any,
) -> Listing:
    """Publish a loaf of 800 g for € 3,40, ten in stock; `wanted` goes into its draft."""
    draft = ListingDraft(
        title=title,
        category_id=wanted.pop("category_id", None) or build_category(),
        unit="piece",
        net_quantity=Decimal(800),
        net_unit="g",
        price_cents=340,
        vat_class="food",
        stock=10,
        mass_g=800,
        ingredients="Tarwe, water, zout.",
        allergens=complete_declaration(contains=["gluten"]),
    )
    seller = seller or build_seller()
    return publish_listing(seller=seller, draft=replace(draft, **wanted), now=now)
