"""Lists of listings: a card is a row, read in one query with everything that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import Listing
from winkelstraat.shop.queries.clocks import SellerClock, read_clocks
from winkelstraat.shop.queries.filters import (
    CardFilters,
    Clocks,
    distances_from,
    filter_listings,
    read_filter_clocks,
)
from winkelstraat.shop.queries.search import find_listings
from winkelstraat.shop.queries.wording import (
    amount_text,
    distance_text,
    stock_text,
    unit_price_text,
    when_text,
)

__all__ = [
    "CardFilters",
    "CardPage",
    "ListingCard",
    "count_cards",
    "list_cards",
    "listing_url",
    "picture_url",
]

COUNT_CAP = 1000
FEW_LEFT = 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = (
    "id",
    "title",
    "slug",
    "maker",
    "village_id",
    "seller_id",
    "net_quantity",
    "net_unit",
    "pieces",
    "price_cents",
    "prior_price_cents",
    "unit_price_cents",
    "unit_price_per",
    "picture_path",
    "picture_ground",
    "alcohol_class",
    "season_months",
    "published_at",
)


@dataclass(frozen=True)
class ListingCard:
    """What a list shows of one listing; money in cents, distance in metres.

    `tag` is a short remark to show and `tag_kind` says which one it is: ``last``,
    ``adult``, ``season`` or nothing. What a template would join or format for each of 24
    cards stands ready: `form_value`, `price_text`, `maker_line` and `place_line`.
    """

    listing_id: int
    title: str
    url: str
    maker: str
    shop_name: str
    shop_slug: str
    village_name: str
    amount_text: str
    price_cents: int
    unit_price_text: str
    picture_url: str
    picture_ground: str
    distance_m: int | None
    when_text: str
    tag: str
    available: bool
    tag_kind: str = ""
    distance_text: str = ""
    form_value: str = ""
    price_text: str = ""
    maker_line: str = ""
    place_line: str = ""
    prior_text: str = ""


@dataclass(frozen=True)
class CardPage:
    """One page of a list; `after` asks for the next one, `total` is None when not counted.

    A total of more than `COUNT_CAP` is not counted further: `total_is_capped` says so.
    """

    cards: tuple[ListingCard, ...]
    after: str | None
    total: int | None = None
    total_is_capped: bool = False


def list_cards(
    *,
    filters: CardFilters,
    after: str | None = None,
    limit: int = 24,
    now: datetime | None = None,
    counted: bool = False,
    clocks: Clocks | None = None,
) -> CardPage:
    """Return one page of cards: newest first, or best match first where there is a text.

    3 queries (4 with a text, 1 more when `counted` without one, 2 fewer when the `clocks`
    of all shops that fit are given), whatever the number of listings. A cursor that is
    not one of ours starts at the beginning.
    """
    now = now or timezone.now()
    clocks = clocks or read_filter_clocks(filters, now=now)
    wanted = filter_listings(filters, clocks=clocks, now=now)
    if filters.text.strip():
        page = _search(wanted, filters, after=after, limit=limit)
    else:
        page = _newest(wanted, after=after, limit=limit)
        if counted:
            page = replace(page, total=_count_capped(wanted))
    if clocks is None:
        clocks = read_clocks(now=now, seller_ids={row["seller_id"] for row in page.rows})
    cards = _cards(page.rows, clocks=clocks, near=filters.near, now=now)
    total = page.total
    capped = total is not None and total > COUNT_CAP
    return CardPage(cards, page.after, COUNT_CAP if capped else total, capped)


def count_cards(*, filters: CardFilters, now: datetime | None = None) -> tuple[int, bool]:
    """Return how many listings fit, at most `COUNT_CAP`, and whether there are more."""
    now = now or timezone.now()
    clocks = read_filter_clocks(filters, now=now)
    found = _count_capped(filter_listings(filters, clocks=clocks, now=now))
    return min(found, COUNT_CAP), found > COUNT_CAP


def listing_url(slug: str, listing_id: int) -> str:
    """Return the address of a listing's page."""
    return reverse("catalogue:detail", args=[slug, listing_id])


def picture_url(path: str) -> str:
    """Return the address of a stored picture, or nothing where there is none."""
    return f"{settings.MEDIA_URL}{path}" if path else ""


@dataclass(frozen=True)
class _Rows:
    rows: list[dict[str, Any]]
    after: str | None
    total: int | None = None


def _newest(wanted: QuerySet[Listing], *, after: str | None, limit: int) -> _Rows:
    start = _read_moment_cursor(after)
    if start:
        moment, listing_id = start
        # The first condition is what the index can use; the second breaks ties.
        wanted = wanted.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(id__lt=listing_id)
        )
    rows = list(_columns(wanted.order_by("-published_at", "-id"))[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return _Rows(rows, _write_moment_cursor(rows[-1]) if more else None)


def _search(
    wanted: QuerySet[Listing], filters: CardFilters, *, after: str | None, limit: int
) -> _Rows:
    found = find_listings(wanted, text=filters.text, after=after, limit=limit)
    by_id = {row["id"]: row for row in _columns(Listing.objects.filter(id__in=found.ids))}
    return _Rows([by_id[pk] for pk in found.ids if pk in by_id], found.after, found.total)


def _columns(listings: QuerySet[Listing]) -> Any:
    return listings.values(
        *COLUMNS,
        shop_name=F("seller__name"),
        shop_slug=F("seller__slug"),
        village_name=F("village__name"),
        in_stock=F("product__stockrecords__num_in_stock"),
        allocated=F("product__stockrecords__num_allocated"),
    )


def _count_capped(wanted: QuerySet[Listing]) -> int:
    # In the order of an index, so that counting stops after a thousand entries of it.
    return len(wanted.order_by("-published_at", "-id").values_list("id")[: COUNT_CAP + 1])


def _cards(
    rows: Iterable[dict[str, Any]],
    *,
    clocks: Clocks,
    near: tuple[float, float] | None,
    now: datetime,
) -> tuple[ListingCard, ...]:
    street = _Street(
        # One look-up of the address pattern for the whole list.
        detail=listing_url("slug", 0).removesuffix("slug_0/"),
        distances=distances_from(near),
        when={pk: _when(clock, now) for pk, clock in clocks.items()},
        month=now.astimezone(LOCAL).month,
    )
    return tuple(_card(row, street) for row in rows)


@dataclass(frozen=True)
class _Street:
    detail: str
    distances: dict[int, int]
    when: dict[int, str]
    month: int


def _card(row: dict[str, Any], street: _Street) -> ListingCard:
    left = max(0, (row["in_stock"] or 0) - (row["allocated"] or 0))
    distance_m = street.distances.get(row["village_id"])
    far, when = distance_text(distance_m), street.when.get(row["seller_id"], "")
    amount = amount_text(row["net_quantity"], row["net_unit"], row["pieces"])
    place = f"{row['village_name']}, {far}" if far else row["village_name"]
    tag_kind, tag = _tag(row, left, street.month)
    return ListingCard(
        listing_id=row["id"],
        title=row["title"],
        url=f"{street.detail}{row['slug']}_{row['id']}/",
        maker=row["maker"],
        shop_name=row["shop_name"],
        shop_slug=row["shop_slug"],
        village_name=row["village_name"],
        amount_text=amount,
        price_cents=row["price_cents"],
        unit_price_text=unit_price_text(row["unit_price_cents"], row["unit_price_per"]),
        picture_url=picture_url(row["picture_path"]),
        picture_ground=row["picture_ground"],
        distance_m=distance_m,
        when_text=when,
        tag=tag,
        available=left > 0,
        tag_kind=tag_kind,
        distance_text=far,
        form_value=str(row["id"]),
        price_text=format_cents(row["price_cents"]),
        maker_line=f"{row['maker'] or row['shop_name']} · {amount}",
        place_line=f"{place} · {when}" if when else place,
        prior_text=format_cents(row["prior_price_cents"]) if row["prior_price_cents"] else "",
    )


def _tag(row: dict[str, Any], left: int, month: int) -> tuple[str, str]:
    if 0 < left <= FEW_LEFT:
        return "last", stock_text(left)
    if row["alcohol_class"] != "none":
        return "adult", gettext("18 and over")
    if month in row["season_months"]:
        return "season", gettext("in season")
    return "", ""


def _when(clock: SellerClock, now: datetime) -> str:
    return when_text(clock.soonest, now=now)


def _write_moment_cursor(row: dict[str, Any]) -> str:
    micros = (row["published_at"] - EPOCH) // timedelta(microseconds=1)
    return f"{micros}-{row['id']}"


def _read_moment_cursor(after: str | None) -> tuple[datetime, int] | None:
    micros, _dash, listing_id = (after or "").partition("-")
    if not (micros.isdecimal() and listing_id.isdecimal()):
        return None
    try:
        return EPOCH + timedelta(microseconds=int(micros)), int(listing_id)
    except OverflowError:
        return None
