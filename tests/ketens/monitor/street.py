"""Shops in villages of two municipalities, with money that is worth hiding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from django.utils.text import slugify

from dorpen.register.models import Enterprise, Municipality, Village
from ketens.domain.sales import SaleLine, SaleRecord
from ketens.operations import book_sale
from tests.builders import build_enterprise, build_village
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import close_period

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
LATER = datetime(2026, 11, 1, 10, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Place:
    """A village with its shops, the first of them the largest."""

    village: Village
    shops: tuple[Enterprise, ...]


def build_place(name: str, shops: int, *, municipality: str = "") -> Place:
    """Write a village with shops; `municipality` moves it out of Noordenveld."""
    village = build_village(name)
    if municipality:
        other, _is_new = Municipality.objects.get_or_create(
            code=f"GM{municipality[:4]}",
            defaults={"name": municipality, "slug": slugify(municipality)},
        )
        village.municipality = other
        village.save(update_fields=["municipality"])
    return Place(
        village,
        tuple(build_enterprise(f"{name} {one}", village=village) for one in range(shops)),
    )


def sell(
    shop: Enterprise,
    cents: int,
    *,
    village: Village | None = None,
    day: date = date(2026, 8, 12),
    product_ref: str = "901",
    now: datetime = LATER,
) -> None:
    """Book one line of a shop, handed over in its own village."""
    number = next(_numbers)
    line = SaleLine(product_ref, f"{number}", 1, 500, cents)
    sale = SaleRecord(
        source=f"seller_order:street:{number}",
        enterprise_id=shop.pk,
        village_id=(village or shop.village).pk,
        activity_date=day,
        lines=(line,),
    )
    book_sale(sale=sale, now=now)


def sell_all(
    places: Sequence[Place], cents: int = 10_000, *, day: date = date(2026, 8, 12)
) -> None:
    """Let every shop sell the same, in the middle of a quarter."""
    for place in places:
        for shop in place.shops:
            sell(shop, cents, day=day)


def close_books(until: date, *, now: datetime = LATER) -> None:
    """Close every ledger up to and including a day."""
    for unit in Unit:
        close_period(unit=unit, until=until, now=max(now, as_moment(until)))


def as_moment(day: date) -> datetime:
    """Return a moment two days after a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=2)
