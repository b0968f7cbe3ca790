"""Kept months of every place, chain and product group that the rules look at; few queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from dorpen.register.models import Municipality
from ketens.domain.monitor import Parts, PlaceKind
from ketens.domain.signals import counted_months
from ketens.domain.signals.series import Month
from ketens.domain.signals.watching import Stretch
from ketens.domain.targets import PROVINCE
from ketens.models import Chain, ChainStatus, CoverageDay, MonitorMonth

NOTHING = Parts()
KINDS = (PlaceKind.PROVINCE.value, PlaceKind.MUNICIPALITY.value)


@dataclass(frozen=True, slots=True)
class Ground:
    """A place, all of it or one product group, or one chain in the whole province."""

    place: str = PROVINCE
    chain: int | None = None
    product_group: str = ""

    @property
    def is_closed_circle(self) -> bool:
        """Whether goods are lost and sold within it."""
        return self.place == PROVINCE


@dataclass(frozen=True, slots=True)
class Kept:
    """The months that count, and what is known of each ground in each of them."""

    months: tuple[Month, ...]
    stretches: Mapping[Ground, tuple[Stretch, ...]]


def read_kept(*, today: date) -> Kept:
    """Return the newest months of every ground; three queries."""
    first = CoverageDay.objects.aggregate(first=Min("day"))["first"]
    if first is None:
        return Kept((), {})
    months = tuple(
        Month(month, days, None) for month, days in counted_months(first_day=first, today=today)
    )
    codes = dict(Municipality.objects.values_list("pk", "code"))
    found: dict[Ground, dict[date, Parts]] = defaultdict(dict)
    for row in list_rows([month.first_day for month in months]).iterator():
        place = PROVINCE if row.place is None else codes[row.place]
        ground = Ground(place, row.chain_id, row.product_group)
        found[ground][row.month] = row.parts
    return Kept(
        months,
        {
            ground: tuple(Stretch(month, told.get(month.first_day, NOTHING)) for month in months)
            for ground, told in found.items()
        },
    )


def list_rows(months: Sequence[date]) -> QuerySet[MonitorMonth]:
    """Return the kept rows that rules look at; a chain is looked at in the province only."""
    is_plain = Q(chain=None) | Q(place_kind=PlaceKind.PROVINCE.value, product_group="")
    rows = MonitorMonth.objects.filter(is_plain, month__in=months, place_kind__in=KINDS)
    return rows.order_by("pk")


def list_last_days() -> dict[int, date]:
    """Return the last day on which each running chain handed something over; one query."""
    running = Chain.objects.filter(status=ChainStatus.RUNNING.value)
    rows = CoverageDay.objects.filter(chain__in=running.values("pk")).values_list("chain")
    return dict(rows.annotate(last=Max("day")).order_by("chain"))
