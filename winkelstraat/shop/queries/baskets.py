"""Read a basket: its lines per shop, with what is wrong and what can be chosen.

Two queries whatever its size: the lines with their listing, shop and stock, and the
opening hours of the shops; pick-up points come from a short-lived cache.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Sum
from django.urls import reverse
from oscar.apps.basket.models import Basket, Line

from winkelstraat.delivery.domain.windows import LOCAL, WeeklyWindow
from winkelstraat.shop.models import Listing, OpeningHours
from winkelstraat.shop.models.listings import WithdrawalClass
from winkelstraat.shop.models.purchases import Fulfilment
from winkelstraat.shop.queries.ways import Handing, WayToCollect, list_ways
from winkelstraat.shop.queries.wording import amount_text


@dataclass(frozen=True)
class BasketLine:
    """Some of one listing; money in cents, `seen_cents` the price when it was put in."""

    line_id: int
    listing_id: int
    product_id: int
    stockrecord_id: int
    title: str
    url: str
    amount_text: str
    picture_url: str
    quantity: int
    available: int
    price_cents: int
    seen_cents: int
    vat_class: str
    mass_g: int | None
    withdrawal_class: str
    withdrawal_text: str
    is_alcohol: bool

    @property
    def line_cents(self) -> int:
        """Price times quantity."""
        return self.price_cents * self.quantity

    @property
    def price_changed(self) -> bool:
        """Whether the price differs from what the buyer saw."""
        return self.price_cents != self.seen_cents


@dataclass(frozen=True)
class BasketShop:
    """One shop's part of a basket."""

    seller_id: int
    partner_id: int
    enterprise_id: int
    name: str
    slug: str
    legal_name: str
    kvk_number: str
    vat_number: str
    legal_address: str
    email: str
    phone: str
    village_name: str
    pickup_point_id: int | None
    delivery_price_cents: int
    minimum_cents: int
    commission_basis_points: int
    is_closed: bool
    lines: tuple[BasketLine, ...]
    ways: tuple[WayToCollect, ...]

    @property
    def goods_cents(self) -> int:
        """The sum of the lines."""
        return sum(line.line_cents for line in self.lines)

    @property
    def missing_cents(self) -> int:
        """What is lacking for the shop's minimum order."""
        return max(0, self.minimum_cents - self.goods_cents)

    @property
    def has_alcohol(self) -> bool:
        """Whether an age must be stated and checked."""
        return any(line.is_alcohol for line in self.lines)

    def can(self, fulfilment: str) -> bool:
        """Tell whether the shop hands over this way."""
        return any(way.fulfilment == fulfilment for way in self.ways)

    def way(self, value: str) -> WayToCollect | None:
        """Return the way that a form sent back."""
        return next((way for way in self.ways if way.value == value), None)


@dataclass(frozen=True)
class BasketContents:
    """A whole basket."""

    basket_id: int
    shops: tuple[BasketShop, ...]

    @property
    def total_cents(self) -> int:
        """The goods of all shops, without delivery."""
        return sum(shop.goods_cents for shop in self.shops)

    @property
    def count(self) -> int:
        """The number of things."""
        return sum(line.quantity for shop in self.shops for line in shop.lines)

    @property
    def changed_prices(self) -> dict[int, int]:
        """Today's price, in cents, of each line whose buyer saw another."""
        lines = (line for shop in self.shops for line in shop.lines)
        return {line.line_id: line.price_cents for line in lines if line.price_changed}

    @property
    def delivers(self) -> bool:
        """Whether any of the shops brings."""
        return any(shop.can(Fulfilment.DELIVERY) for shop in self.shops)

    @property
    def has_alcohol(self) -> bool:
        """Whether an age must be stated."""
        return any(shop.has_alcohol for shop in self.shops)

    @property
    def has_problem(self) -> bool:
        """Whether something must be mended before ordering."""
        return any(
            shop.is_closed
            or shop.missing_cents
            or not shop.ways
            or any(line.quantity > line.available for line in shop.lines)
            for shop in self.shops
        )


def find_open_basket(*, user_id: int | None, cookie_basket_id: int | None) -> int | None:
    """Return the open basket of a person, or of a guest by his cookie (1 query)."""
    chosen = Basket.objects.filter(status=Basket.OPEN)
    if user_id:
        found = chosen.filter(owner_id=user_id).order_by("-pk")
    elif cookie_basket_id:
        found = chosen.filter(owner__isnull=True, pk=cookie_basket_id)
    else:
        return None
    return found.values_list("pk", flat=True).first()


def count_in_open_basket(*, basket_id: int, user_id: int | None) -> int:
    """Return how many things are in an open basket of this person, or of a guest (1 query)."""
    lines = Line.objects.filter(
        basket_id=basket_id, basket__status=Basket.OPEN, basket__owner_id=user_id
    )
    return lines.aggregate(count=Sum("quantity"))["count"] or 0


def find_title(listing_id: int) -> str | None:
    """Return the name of a listing, on offer or not (1 query)."""
    return Listing.objects.filter(pk=listing_id).values_list("title", flat=True).first()


def get_basket(*, basket_id: int, now: datetime) -> BasketContents:
    """Return what is in a basket, shop by shop in the order in which they came."""
    rows = list(_rows(basket_id))
    by_seller: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_seller[row["seller_id"]].append(row)
    hours = _hours(list(by_seller))
    shops = tuple(_shop(found, hours.get(seller, ()), now) for seller, found in by_seller.items())
    return BasketContents(basket_id=basket_id, shops=shops)


LISTING, SELLER = "product__listing__", "product__listing__seller__"
ENTERPRISE = f"{SELLER}enterprise__"
OF_LISTING = (
    *("title", "slug", "status", "net_quantity", "net_unit", "picture_path", "price_cents"),
    *("vat_class", "mass_g", "withdrawal_class", "alcohol_class", "seller_id"),
)
OF_SELLER = (
    *("partner_id", "enterprise_id", "pickup_point_id", "collect_at_shop", "delivers"),
    *("delivery_price_cents", "minimum_order_cents", "lead_time_hours"),
    *("commission_basis_points", "holiday_from", "holiday_until"),
)
OF_ENTERPRISE = (
    *("legal_name", "kvk_number", "vat_number", "street_address", "postcode"),
    *("email", "phone"),
)


def _rows(basket_id: int) -> Any:
    """Return one row of plain values per line, with all that its listing and shop tell."""
    own = {name: F(f"{LISTING}{name}") for name in OF_LISTING}
    own |= {name: F(f"{SELLER}{name}") for name in OF_SELLER}
    own |= {name: F(f"{ENTERPRISE}{name}") for name in OF_ENTERPRISE}
    lines = Line.objects.filter(basket_id=basket_id).order_by("pk")
    return lines.values(
        "id",
        "product_id",
        "stockrecord_id",
        "quantity",
        "price_incl_tax",
        **own,
        listing_id=F(f"{LISTING}id"),
        left=F("stockrecord__num_in_stock") - F("stockrecord__num_allocated"),
        shop_name=F(f"{SELLER}name"),
        shop_slug=F(f"{SELLER}slug"),
        village_name=F(f"{SELLER}village__name"),
        place_name=F(f"{ENTERPRISE}village__name"),
        enterprise_status=F(f"{ENTERPRISE}status"),
    )


def _hours(seller_ids: list[int]) -> dict[int, tuple[WeeklyWindow, ...]]:
    found: dict[int, list[WeeklyWindow]] = defaultdict(list)
    for hours in OpeningHours.objects.filter(seller_id__in=seller_ids):
        window = WeeklyWindow(hours.weekday, hours.opens_at, hours.closes_at)
        found[hours.seller_id].append(window)
    return {seller: tuple(windows) for seller, windows in found.items()}


def _shop(rows: list[dict[str, Any]], hours: tuple[WeeklyWindow, ...], now: datetime) -> BasketShop:
    row = rows[0]
    return BasketShop(
        seller_id=row["seller_id"],
        partner_id=row["partner_id"],
        enterprise_id=row["enterprise_id"],
        name=row["shop_name"],
        slug=row["shop_slug"],
        legal_name=row["legal_name"],
        kvk_number=row["kvk_number"],
        vat_number=row["vat_number"],
        legal_address=f"{row['street_address']}, {row['postcode']} {row['place_name']}",
        email=row["email"],
        phone=row["phone"],
        village_name=row["village_name"],
        pickup_point_id=row["pickup_point_id"],
        delivery_price_cents=row["delivery_price_cents"],
        minimum_cents=row["minimum_order_cents"],
        commission_basis_points=row["commission_basis_points"],
        is_closed=_is_closed(row, now),
        lines=tuple(_line(line) for line in rows),
        ways=tuple(list_ways(_handing(row, hours), now=now)),
    )


def _handing(row: dict[str, Any], hours: tuple[WeeklyWindow, ...]) -> Handing:
    return Handing(
        shop_name=row["shop_name"],
        hours=hours,
        lead_time_hours=row["lead_time_hours"],
        pickup_point_id=row["pickup_point_id"],
        collect_at_shop=row["collect_at_shop"],
        delivers=row["delivers"],
        delivery_price_cents=row["delivery_price_cents"],
        holiday_from=row["holiday_from"],
        holiday_until=row["holiday_until"],
    )


def _is_closed(row: dict[str, Any], now: datetime) -> bool:
    first, last = row["holiday_from"], row["holiday_until"]
    away = bool(first and last and first <= now.astimezone(LOCAL).date() <= last)
    return away or row["enterprise_status"] != "verified"


def _line(row: dict[str, Any]) -> BasketLine:
    return BasketLine(
        line_id=row["id"],
        listing_id=row["listing_id"],
        product_id=row["product_id"],
        stockrecord_id=row["stockrecord_id"],
        title=row["title"],
        url=reverse("catalogue:detail", args=[row["slug"], row["listing_id"]]),
        amount_text=amount_text(row["net_quantity"], row["net_unit"]),
        picture_url=f"{settings.MEDIA_URL}{row['picture_path']}" if row["picture_path"] else "",
        quantity=row["quantity"],
        available=max(0, row["left"] or 0) if row["status"] == "published" else 0,
        price_cents=row["price_cents"],
        seen_cents=int(Decimal(row["price_incl_tax"] or 0) * 100),
        vat_class=row["vat_class"],
        mass_g=row["mass_g"],
        withdrawal_class=row["withdrawal_class"],
        withdrawal_text=str(WithdrawalClass(row["withdrawal_class"]).label),
        is_alcohol=row["alcohol_class"] != "none",
    )
