"""Read a basket: its lines per shop, with what is wrong and what can be chosen.

Two queries whatever its size: the lines with their listing, shop and stock, and the
opening hours of the shops; pick-up points come from a short-lived cache.
"""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F, Sum
from django.db.models.expressions import Combinable
from django.urls import reverse
from oscar.apps.basket.models import Basket, Line

from winkelstraat.delivery.domain.windows import LOCAL, WeeklyWindow
from winkelstraat.shop.domain.delivery_price import delivery_cents
from winkelstraat.shop.domain.kor import in_scheme
from winkelstraat.shop.models import Listing, OpeningHours
from winkelstraat.shop.models.listings import WithdrawalClass
from winkelstraat.shop.queries.basket_contents import BasketContents, BasketLine, BasketShop
from winkelstraat.shop.queries.kor import list_over_kor
from winkelstraat.shop.queries.order_times import (
    RHYTHM_FIELDS,
    opening_columns,
    read_order_times,
)
from winkelstraat.shop.queries.surplus_ways import running_until, with_surplus_way
from winkelstraat.shop.queries.vouchers import apply_voucher, get_terms
from winkelstraat.shop.queries.ways import Handing, list_ways
from winkelstraat.shop.queries.wording import amount_text


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
    rows = list(_rows(basket_id, now))
    by_seller: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_seller[row["seller_id"]].append(row)
    hours = _hours(list(by_seller))
    over = _list_over(rows, now)
    shops = tuple(
        _shop(found, hours.get(seller, ()), now, is_over=seller in over)
        for seller, found in by_seller.items()
    )
    voucher_id = rows[0]["voucher_id"] if rows else None
    if voucher_id is None:
        return BasketContents(basket_id=basket_id, shops=shops)
    shops, voucher = apply_voucher(get_terms(voucher_id), shops, now=now)
    return BasketContents(basket_id=basket_id, shops=shops, voucher=voucher)


__all__ = [
    "EXEMPT",
    "BasketContents",
    "BasketLine",
    "BasketShop",
    "count_in_open_basket",
    "find_open_basket",
    "find_title",
    "get_basket",
]

EXEMPT = "kor_exempt"
LISTING, SELLER = "product__listing__", "product__listing__seller__"
ENTERPRISE = f"{SELLER}enterprise__"
OF_LISTING = (
    *(
        "title",
        "slug",
        "status",
        "net_quantity",
        "net_unit",
        "pieces",
        "picture_path",
        "price_cents",
    ),
    *("vat_class", "mass_g", "withdrawal_class", "alcohol_class", "seller_id"),
    *("deposit_cents", "sold_by_weight", "prior_price_cents"),
)
OF_SELLER = (
    *("partner_id", "enterprise_id", "pickup_point_id", "collect_at_shop", "delivers"),
    *("delivery_price_cents", "delivery_cents_per_kg", "minimum_order_cents"),
    "lead_time_hours",
    *("commission_basis_points", "holiday_from", "holiday_until", "kor_from", "kor_until"),
    *RHYTHM_FIELDS,
)
OF_ENTERPRISE = (
    *("legal_name", "kvk_number", "vat_number", "street_address", "postcode"),
    *("email", "phone"),
)


def _rows(basket_id: int, now: datetime) -> Any:
    """Return one row of plain values per line, with all that its listing and shop tell."""
    own: dict[str, Combinable] = {name: F(f"{LISTING}{name}") for name in OF_LISTING}
    own |= {name: F(f"{SELLER}{name}") for name in OF_SELLER}
    own |= {name: F(f"{ENTERPRISE}{name}") for name in OF_ENTERPRISE}
    own |= opening_columns("product__listing__seller_id", now=now)
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
        surplus_until=running_until("product__listing__id"),
        voucher_id=F("basket__chosen_voucher__voucher_id"),
        enterprise_status=F(f"{ENTERPRISE}status"),
    )


def _hours(seller_ids: list[int]) -> dict[int, tuple[WeeklyWindow, ...]]:
    found: dict[int, list[WeeklyWindow]] = defaultdict(list)
    for hours in OpeningHours.objects.filter(seller_id__in=seller_ids):
        window = WeeklyWindow(hours.weekday, hours.opens_at, hours.closes_at)
        found[hours.seller_id].append(window)
    return {seller: tuple(windows) for seller, windows in found.items()}


def _list_over(rows: list[dict[str, Any]], now: datetime) -> set[int]:
    """Return the shops that must set their VAT before they sell more (TAX-06)."""
    sellers = {(row["seller_id"], row["kor_from"], row["kor_until"]) for row in rows}
    return list_over_kor(sellers, day=now.astimezone(LOCAL).date())


def _shop(
    rows: list[dict[str, Any]], hours: tuple[WeeklyWindow, ...], now: datetime, *, is_over: bool
) -> BasketShop:
    row = rows[0]
    bringing = delivery_cents(
        row["delivery_price_cents"],
        row["delivery_cents_per_kg"],
        ((line["mass_g"], line["quantity"]) for line in rows),
    )
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
        delivery_price_cents=bringing,
        minimum_cents=row["minimum_order_cents"],
        commission_basis_points=row["commission_basis_points"],
        is_closed=is_over or _is_closed(row, now),
        opens_at=read_order_times(row).opens_at(now),
        lines=tuple(_line(line, now.astimezone(LOCAL).date()) for line in rows),
        ways=with_surplus_way(list_ways(_handing(row, hours, bringing), now=now), rows, now=now),
    )


def _handing(row: dict[str, Any], hours: tuple[WeeklyWindow, ...], bringing: int) -> Handing:
    return Handing(
        shop_name=row["shop_name"],
        hours=hours,
        lead_time_hours=row["lead_time_hours"],
        pickup_point_id=row["pickup_point_id"],
        collect_at_shop=row["collect_at_shop"],
        delivers=row["delivers"],
        delivery_price_cents=bringing,
        holiday_from=row["holiday_from"],
        holiday_until=row["holiday_until"],
        times=read_order_times(row),
    )


def _is_closed(row: dict[str, Any], now: datetime) -> bool:
    first, last = row["holiday_from"], row["holiday_until"]
    away = bool(first and last and first <= now.astimezone(LOCAL).date() <= last)
    takes = read_order_times(row).takes(now)
    return away or not takes or row["enterprise_status"] != "verified"


def _line(row: dict[str, Any], day: date) -> BasketLine:
    return BasketLine(
        line_id=row["id"],
        listing_id=row["listing_id"],
        product_id=row["product_id"],
        stockrecord_id=row["stockrecord_id"],
        title=row["title"],
        url=reverse("catalogue:detail", args=[row["slug"], row["listing_id"]]),
        amount_text=amount_text(row["net_quantity"], row["net_unit"], row["pieces"]),
        picture_url=f"{settings.MEDIA_URL}{row['picture_path']}" if row["picture_path"] else "",
        quantity=row["quantity"],
        available=max(0, row["left"] or 0) if row["status"] == "published" else 0,
        price_cents=row["price_cents"],
        seen_cents=int(Decimal(row["price_incl_tax"] or 0) * 100),
        vat_class=EXEMPT if in_scheme(row["kor_from"], row["kor_until"], day) else row["vat_class"],
        mass_g=row["mass_g"],
        withdrawal_class=row["withdrawal_class"],
        withdrawal_text=str(WithdrawalClass(row["withdrawal_class"]).label),
        is_alcohol=row["alcohol_class"] != "none",
        deposit_each_cents=row["deposit_cents"],
        sold_by_weight=row["sold_by_weight"],
        prior_cents=row["prior_price_cents"],
    )
