"""What a shop sold: which goods, to which villages, and when; money in cents.

Villages with few buyers are taken together, so that nobody can be found in the figures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractHour, ExtractIsoWeekDay, TruncWeek
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models import SellerOrder, SellerOrderLine, SellerProfile
from winkelstraat.shop.models.purchases import SellerOrderStatus
from winkelstraat.shop.models.sellers import Weekday

WEEKS = 13
FEWEST_BUYERS = 5
MOST_ROWS = 12
NOON, EVENING = 12, 17
COUNTED = (SellerOrderStatus.PAID, SellerOrderStatus.READY, SellerOrderStatus.COLLECTED)


@dataclass(frozen=True)
class Bar:
    """One row of a table with its bar, in percent of the longest."""

    name: str
    amount: int
    text: str
    percent: int


@dataclass(frozen=True)
class Picture:
    """A table with bars, and one sentence that says what is to be seen."""

    title: str
    sentence: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Sales:
    """A quarter of a year of one shop."""

    since: date
    orders: int
    cents_text: str
    pictures: tuple[Picture, ...]


def get_sales(seller: SellerProfile, *, now: datetime) -> Sales:
    """Return what a shop sold in the last thirteen weeks (5 queries)."""
    today = now.astimezone(LOCAL).date()
    since = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    start = datetime.combine(since, datetime.min.time(), LOCAL)
    orders = SellerOrder.objects.filter(
        seller=seller, status__in=COUNTED, purchase__placed_at__gte=start
    )
    whole = orders.aggregate(count=Count("pk"), cents=Sum("total_cents"))
    return Sales(
        since=since,
        orders=whole["count"],
        cents_text=format_cents(whole["cents"] or 0),
        pictures=(
            _goods(seller, start),
            _weeks(orders, since),
            _villages(orders),
            _hours(orders),
        )
        if whole["count"]
        else (),
    )


def _goods(seller: SellerProfile, start: datetime) -> Picture:
    rows = (
        SellerOrderLine.objects.filter(
            seller_order__seller=seller,
            seller_order__status__in=COUNTED,
            seller_order__purchase__placed_at__gte=start,
        )
        .values("title")
        .annotate(count=Sum(F("quantity") - F("cancelled_quantity")))
        .order_by("-count", "title")[:MOST_ROWS]
    )
    counts = {row["title"]: row["count"] for row in rows}
    best = next(iter(counts))
    text = _("%(title)s was sold most: %(count)s times.") % {"title": best, "count": counts[best]}
    return Picture(_("What was sold"), text, _bars(counts, str))


def _weeks(orders: QuerySet[SellerOrder], since: date) -> Picture:
    rows = (
        orders.annotate(week=TruncWeek("purchase__placed_at", tzinfo=LOCAL))
        .values("week")
        .annotate(cents=Sum("total_cents"))
    )
    found = {row["week"].date(): row["cents"] for row in rows}
    weeks = [since + timedelta(weeks=number) for number in range(WEEKS)]
    cents = {date_format(week, "j b"): found.get(week, 0) for week in weeks}
    best = max(cents, key=lambda week: cents[week])
    words = {"week": best, "amount": format_cents(cents[best])}
    text = _("The week of %(week)s was the best: %(amount)s.") % words
    return Picture(_("By week"), text, _bars(cents, format_cents))


def _villages(orders: QuerySet[SellerOrder]) -> Picture:
    """Count orders by the village where they were handed over, small ones together."""
    place = Coalesce(
        "purchase__village__name", "pickup_point__village__name", "seller__village__name"
    )
    rows = (
        orders.annotate(place=place)
        .values("place")
        .annotate(count=Count("pk"), buyers=Count("purchase__buyer_email", distinct=True))
        .order_by("-count", "place")
    )
    counts: dict[str, int] = {}
    others = 0
    for row in rows:
        if row["buyers"] >= FEWEST_BUYERS and len(counts) < MOST_ROWS:
            counts[row["place"]] = row["count"]
        else:
            others += row["count"]
    text = _("In no village did enough people buy to name it.")
    if counts:
        best = max(counts, key=lambda name: counts[name])
        words = {"village": best, "count": counts[best]}
        text = _("Most orders went to %(village)s: %(count)s.") % words
    if others:
        counts[_("other villages")] = others
    return Picture(_("To which villages"), text, _bars(counts, str))


def _hours(orders: QuerySet[SellerOrder]) -> Picture:
    rows = (
        orders.annotate(
            weekday=ExtractIsoWeekDay("purchase__placed_at", tzinfo=LOCAL),
            hour=ExtractHour("purchase__placed_at", tzinfo=LOCAL),
        )
        .values("weekday", "hour")
        .annotate(count=Count("pk"))
    )
    parts: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        parts[row["weekday"], _part(row["hour"])] += row["count"]
    names = (_("morning"), _("afternoon"), _("evening"))
    counts = Counter(
        {
            _("%(weekday)s %(part)s") % {"weekday": Weekday(day).label, "part": names[part]}: count
            for (day, part), count in sorted(parts.items())
        }
    )
    best, most = counts.most_common(1)[0]
    text = _("Most people order on %(moment)s: %(count)s orders.") % {"moment": best, "count": most}
    return Picture(_("When people order"), text, _bars(counts, str))


def _part(hour: int) -> int:
    return 0 if hour < NOON else 1 if hour < EVENING else 2


def _bars(amounts: dict[str, int], say: Callable[[int], str]) -> tuple[Bar, ...]:
    longest = max(amounts.values(), default=0) or 1
    return tuple(
        Bar(name, amount, say(amount), round(100 * amount / longest))
        for name, amount in amounts.items()
    )
