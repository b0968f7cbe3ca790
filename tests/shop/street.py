"""The base basket of the worked cases: bread, paint and a book from three shops."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal

from django.core.cache import cache
from django.test import Client
from oscar.apps.partner.models import StockRecord

from tests.builders import build_enterprise, build_village
from winkelstraat.accounts.models import User
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.operations import PickupPointDraft, open_pickup_point
from winkelstraat.ledger.models import Transfer
from winkelstraat.payments.models import Payment, PaymentCommand
from winkelstraat.payments.operations import retell_payment
from winkelstraat.settings.environment import PROJECT_DIR
from winkelstraat.shop.domain.allergens import complete_declaration
from winkelstraat.shop.domain.hours import OpenStretch
from winkelstraat.shop.models import Listing, Purchase, SellerOrder, SellerProfile
from winkelstraat.shop.operations.basket import add_to_basket
from winkelstraat.shop.operations.categories import load_categories
from winkelstraat.shop.operations.checkout import BuyerDetails, Choice, place_purchase
from winkelstraat.shop.operations.listings import ListingDraft, publish_listing
from winkelstraat.shop.operations.sellers import ShopDraft, open_shop, set_opening_hours
from winkelstraat.shop.queries.baskets import get_basket
from winkelstraat.shop.queries.categories import get_category_by_slug

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVERY_DAY = [(day, time(9), time(17)) for day in range(1, 8)]


@dataclass(frozen=True)
class BaseBasket:
    """Three shops with a listing each, and how many of each are bought."""

    sellers: tuple[SellerProfile, ...]
    listings: tuple[Listing, ...]
    quantities: tuple[int, ...] = (3, 1, 1)


def base_basket(*, stock: int = 50, commission_basis_points: int = 0) -> BaseBasket:
    """Open the bakery, the paint shop and the bookshop of the worked cases."""
    cache.clear()
    load_categories(path=PROJECT_DIR / "fixtures" / "reference" / "categories.yaml")
    norg, diever = build_village("Norg"), build_village("Diever", latitude=52.85, longitude=6.32)
    point = open_pickup_point(
        draft=PickupPointDraft(
            name="Dorpshuis De Brinkhof",
            slug="brinkhof",
            village_id=norg.pk,
            street_address="Brink 2",
            postcode="9331 AB",
            latitude=53.07,
            longitude=6.46,
        ),
        windows=[WeeklyWindow(*day) for day in EVERY_DAY],
    )
    offers = [
        ("Bakkerij De Es", norg, "Volkorenbrood", "brood-en-gebak", 295, "food"),
        ("Kleur en Kwast", diever, "Muurverf", "huis-en-klussen", 2499, "general"),
        ("De Bladwijzer", norg, "Verhalen van de es", "boeken-en-papier", 1450, "books"),
    ]
    sellers, listings = [], []
    for name, village, title, category, price, vat in offers:
        enterprise = build_enterprise(name, village=village)
        slug = name.lower().replace(" ", "-")
        seller = open_shop(
            enterprise=enterprise,
            draft=ShopDraft(
                name=name,
                slug=slug,
                pickup_point_id=point.pk,
                commission_basis_points=commission_basis_points,
            ),
        )
        stretches = [OpenStretch(*day) for day in EVERY_DAY]
        set_opening_hours(seller=seller, stretches=stretches, checked_on=NOW.date())
        sellers.append(seller)
        listings.append(publish(seller, title, category, price, vat, stock))
    return BaseBasket(tuple(sellers), tuple(listings))


def publish(
    seller: SellerProfile, title: str, category: str, price: int, vat: str, stock: int
) -> Listing:
    """Publish one listing; food gets ingredients and a full declaration."""
    row = get_category_by_slug(category)
    assert row is not None
    food = row.is_food
    draft = ListingDraft(
        title=title,
        category_id=row.id,
        unit="piece",
        net_quantity=Decimal(800) if food else Decimal(1),
        net_unit="g" if food else "piece",
        price_cents=price,
        vat_class=vat,
        stock=stock,
        mass_g=800 if food else None,
        ingredients="Tarwe, water, zout." if food else "",
        allergens=complete_declaration(contains=["gluten"]) if food else {},
        withdrawal_class="perishable" if food else "withdrawable",
    )
    return publish_listing(seller=seller, draft=draft, now=NOW)


def fill_basket(client: Client, street: BaseBasket) -> None:
    """Put everything of the base basket into the visitor's basket."""
    for listing, quantity in zip(street.listings, street.quantities, strict=True):
        client.post("/mandje/erin/", {"listing": listing.pk, "quantity": quantity})


def checkout_fields(client: Client, *, step: str, **changes: str) -> dict[str, str]:
    """Return what the checkout form sends, with the first way of every shop."""
    form = client.get("/afrekenen/").context["form"]
    fields = {"name": "Janna Veen", "email": "janna@example.nl", "step": step}
    for shop, field in form.shop_fields():
        fields[field.html_name] = shop.ways[0].value
    return {**fields, **changes}


def order(street: BaseBasket, *, user: User | None = None, now: datetime = NOW) -> Purchase:
    """Order the base basket through the operations, all at the pick-up point; not paid yet."""
    basket_id = None
    for listing, quantity in zip(street.listings, street.quantities, strict=True):
        change = add_to_basket(
            basket_id=basket_id, owner=user, listing_id=listing.pk, quantity=quantity, now=now
        )
        basket_id = change.basket_id
    shops = get_basket(basket_id=basket_id or 0, now=now).shops
    return place_purchase(
        basket_id=basket_id or 0,
        buyer=BuyerDetails(
            name="Janna Veen",
            email="janna@example.nl",
            user_id=user.pk if user else None,
            is_adult=True,
        ),
        choices={
            shop.seller_id: Choice(shop.ways[0].fulfilment, shop.ways[0].start, shop.ways[0].end)
            for shop in shops
        },
        seen_total_cents=4834,
        now=now,
    )


def pay(purchase: Purchase, *, now: datetime = NOW) -> Purchase:
    """Let the bank say yes; return the purchase as it is then."""
    payment = Payment.objects.filter(purchase_ref=purchase.reference).latest("attempt")
    retell_payment(payment_id=payment.pk, now=now)
    purchase.refresh_from_db()
    return purchase


def stock_of(street: BaseBasket) -> list[tuple[int, int]]:
    """Return what each listing has in stock and what of it is held."""
    records = [listing.product.stockrecords.get() for listing in street.listings]
    return [(record.num_in_stock, record.num_allocated or 0) for record in records]


def written() -> dict[str, int]:
    """Count everything that a purchase writes; all nought when nothing was."""
    transfers = Transfer.objects.count()
    return {
        "purchases": Purchase.objects.count(),
        "seller orders": SellerOrder.objects.count(),
        "payments": Payment.objects.count(),
        "commands": PaymentCommand.objects.count(),
        "transfers": transfers,
        "held": sum(StockRecord.objects.values_list("num_allocated", flat=True)),
    }


NOTHING = dict.fromkeys(
    ("purchases", "seller orders", "payments", "commands", "transfers", "held"), 0
)
