"""What the books measure for an indicator, month by month; never typed by anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, Sum, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat, TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ketens.domain.batches import Entry
from ketens.domain.impactpad.content import Feed, Indicator, Pad
from ketens.domain.impactpad.periods import Frequency, MonthSum, Period, list_periods
from ketens.models import BatchEntry, BookedLine, ChainMember, FlowDay, WorkMonth
from ketens.queries.leftovers import STANDING
from winkelstraat.ledger.domain import Unit

Sums = dict[str, tuple[MonthSum, ...]]

MINUTES, GRAMS, CENTS = 60, 1000, 100
HOUR, KILO, EURO, PERCENT = _("hours"), _("kg"), "€", "%"


@dataclass(frozen=True, slots=True)
class FeedWords:
    """How a feed is called, in which unit it counts, and how it comes about."""

    label: Promise
    unit: Promise | str
    per: int
    formula: Promise


RUNG = _("kilos that members counted on this rung of Moerman, in batches of this enterprise")
WORDS: dict[str, FeedWords] = {
    Feed.WORK_HOURS: FeedWords(
        _("Paid hours of work that gives a chance"),
        HOUR,
        MINUTES,
        _("hours that the employer declared, by the newest version of every month"),
    ),
    Feed.CHAIN_GOODS: FeedWords(
        _("Goods that went on through chains"),
        KILO,
        GRAMS,
        _("grams that the ledger moved from this enterprise to the next in a chain"),
    ),
    Feed.CHAIN_TURNOVER: FeedWords(
        _("Turnover in chains"),
        EURO,
        CENTS,
        _("prices of what was handed over of products that run in a chain, with VAT"),
    ),
    Feed.TRACED_SHARE: FeedWords(
        _("Traced share of the mass sold"),
        PERCENT,
        1,
        _("grams sold that run in a chain, as a part of all grams sold with a known weight"),
    ),
    **{
        one.value: FeedWords(_("Left over, by rung"), KILO, GRAMS, RUNG) for one in Feed if one.rung
    },
}


def list_measured(pad: Pad, enterprise_id: int, *, today: date) -> dict[str, tuple[Period, ...]]:
    """Return the periods of every indicator with a feed; a query for each source that is used."""
    sums = get_sums({one.feed for one in pad.indicators if one.feed}, enterprise_id)
    return {
        one.key: list_periods(
            sums.get(one.feed, ()), Frequency(one.frequency), per=WORDS[one.feed].per, today=today
        )
        for one in pad.indicators
        if one.feed
    }


def count_rounds(
    pad: Pad, measured: dict[str, tuple[Period, ...]], *, today: date
) -> dict[str, int]:
    """Return how often every indicator was measured: periods of the books, or typed rounds."""
    return {
        one.key: len(measured[one.key])
        if one.feed
        else sum(row.indicator == one.key and row.day <= today for row in pad.rounds)
        for one in pad.indicators
    }


def unit_of(indicator: Indicator) -> str:
    """Return the unit of an indicator; a feed brings its own."""
    return str(WORDS[indicator.feed].unit) if indicator.feed else indicator.unit


def get_sums(feeds: Iterable[str], enterprise_id: int) -> Sums:
    """Return the sums per month of these feeds; one query for each of four sources at most."""
    wanted = {Feed(one) for one in feeds}
    found: Sums = {}
    if Feed.WORK_HOURS in wanted:
        found[Feed.WORK_HOURS] = sum_hours(enterprise_id)
    if Feed.CHAIN_GOODS in wanted:
        found[Feed.CHAIN_GOODS] = sum_goods(enterprise_id)
    if wanted & {Feed.CHAIN_TURNOVER, Feed.TRACED_SHARE}:
        found |= sum_sales(enterprise_id)
    if any(one.rung for one in wanted):
        found |= sum_rungs(enterprise_id)
    return found


def sum_hours(enterprise_id: int) -> tuple[MonthSum, ...]:
    """Return declared minutes by month, by the newest version of every group."""
    rows = (
        WorkMonth.objects.filter(employer_id=enterprise_id)
        .order_by("month", "group", "-version")
        .distinct("month", "group")
    )
    minutes: dict[date, list[int]] = {}
    for row in rows:
        minutes.setdefault(row.month, []).append(row.minutes)
    return tuple(
        MonthSum(month, sum(found), None, len(found), len(found))
        for month, found in minutes.items()
    )


def sum_goods(enterprise_id: int) -> tuple[MonthSum, ...]:
    """Return the grams that the ledger moved on from this enterprise's places in chains."""
    places = (
        ChainMember.objects.filter(enterprise_id=enterprise_id)
        .order_by()
        .annotate(
            account=Concat(
                Value("chain:"),
                Cast("chain_id", CharField()),
                Value(":"),
                F("role"),
                Value(":"),
                Cast("pk", CharField()),
            )
        )
        .values("account")
    )
    rows: Any = (
        FlowDay.objects.filter(unit=Unit.GRAMS, credit__in=places)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(grams=Sum("amount"), records=Sum("transfers"), first=Min("day"))
        .order_by("month")
    )
    return tuple(
        MonthSum(row["month"], row["grams"], None, row["records"], row["records"], row["first"])
        for row in rows
    )


def sum_sales(enterprise_id: int) -> Sums:
    """Return turnover in chains and the traced share, from the booked lines of this shop."""
    in_chain = Q(chain__isnull=False)
    rows: Any = (
        BookedLine.objects.filter(booking__enterprise_id=enterprise_id)
        .annotate(month=TruncMonth("booking__activity_date"))
        .values("month")
        .annotate(
            cents=Sum("price_cents", filter=in_chain, default=0),
            traced_g=Sum("mass_g", filter=in_chain, default=0),
            sold_g=Sum("mass_g", default=0),
            lines=Count("pk"),
            known=Count("mass_g"),
            first=Min("booking__activity_date"),
        )
        .order_by("month")
    )
    rows = list(rows)
    return {
        Feed.CHAIN_TURNOVER: tuple(
            MonthSum(row["month"], row["cents"], None, row["lines"], row["lines"], row["first"])
            for row in rows
        ),
        Feed.TRACED_SHARE: tuple(
            MonthSum(row["month"], row["traced_g"], row["sold_g"], row["lines"], row["known"])
            for row in rows
        ),
    }


def sum_rungs(enterprise_id: int) -> Sums:
    """Return the grams left over by rung; a month in which anything was counted has every rung."""
    rows: Any = (
        BatchEntry.objects.filter(STANDING, batch__member__enterprise_id=enterprise_id)
        .annotate(month=TruncMonth("activity_date"))
        .values("month")
        .annotate(
            entries=Count("pk", filter=Q(kind=Entry.RESIDUAL.value)),
            first=Min("activity_date"),
            **{
                one.value: Sum("mass_g", filter=Q(rung=one.rung), default=0)
                for one in Feed
                if one.rung
            },
        )
        .order_by("month")
    )
    rows = list(rows)
    return {
        one.value: tuple(
            MonthSum(
                row["month"], row[one.value], None, row["entries"], row["entries"], row["first"]
            )
            for row in rows
        )
        for one in Feed
        if one.rung
    }
