"""What a chain left over, by rung and batch, over everything that its members counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain.batches import Entry
from ketens.models import Batch, BatchEntry, Chain
from ketens.queries.batches import say_rung
from ketens.queries.wording import say_grams, say_number

NEWEST = 60
STANDING = Q(takes_back__isnull=True, taken_back_by__isnull=True)


@dataclass(frozen=True, slots=True)
class RungRow:
    """What went to one rung, and which part that is of all that went in."""

    rung: int
    label: str
    grams: int
    text: str
    share_text: str
    width_permille: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch in a list, with the page that says how it is known."""

    what: str
    maker: str
    made_on: date
    in_text: str
    sold_text: str
    left_text: str
    url: str


@dataclass(frozen=True, slots=True)
class ChainLeftovers:
    """What a chain counted; nothing is filled in for what it did not count."""

    in_g: int
    sold_g: int
    left_g: int
    first_day: date | None
    last_day: date | None
    sentence: str
    rungs: tuple[RungRow, ...]
    url: str

    @property
    def is_measured(self) -> bool:
        """Whether a member counted anything at all."""
        return self.first_day is not None


def get_leftovers(chain: Chain) -> ChainLeftovers:
    """Return what a chain counted; one query over sums.

    A share is of batches whose intake was counted; what else was left over is told apart.
    """
    intake = BatchEntry.objects.filter(STANDING, batch=OuterRef("batch"), kind=Entry.IN.value)
    rows = list(
        BatchEntry.objects.filter(STANDING, batch__chain=chain)
        .annotate(has_intake=Exists(intake))
        .values("kind", "rung", "has_intake")
        .annotate(grams=Sum("mass_g"), first=Min("activity_date"), last=Max("activity_date"))
        .order_by("rung")
    )
    into, sold = (
        sum(row["grams"] for row in rows if row["kind"] == kind.value)
        for kind in (Entry.IN, Entry.SOLD)
    )
    by_rung: dict[int, list[int]] = {}
    for row in rows:
        if row["rung"] is not None:
            both = by_rung.setdefault(row["rung"], [0, 0])
            both[0 if row["has_intake"] else 1] += row["grams"]
    of_intake = sum(known for known, _loose in by_rung.values())
    loose = sum(loose for _known, loose in by_rung.values())
    most = max((sum(both) for both in by_rung.values()), default=1)
    return ChainLeftovers(
        in_g=into,
        sold_g=sold,
        left_g=of_intake + loose,
        first_day=min((row["first"] for row in rows), default=None),
        last_day=max((row["last"] for row in rows), default=None),
        sentence=say_leftovers(into, of_intake, loose) if rows else "",
        rungs=tuple(
            RungRow(
                rung=rung,
                label=say_rung(rung),
                grams=known + unknown,
                text=say_grams(known + unknown),
                share_text=say_share(known, into),
                width_permille=(known + unknown) * 1000 // most,
            )
            for rung, (known, unknown) in by_rung.items()
        ),
        url=reverse("ketens:leftovers", args=[chain.slug]),
    )


def say_leftovers(into_g: int, of_intake_g: int, loose_g: int) -> str:
    """Return in a sentence or two which part was left over, as far as intake was counted."""
    loose = _("%(left)s was left over. What went in was not counted.") % {
        "left": say_grams(loose_g)
    }
    if not into_g:
        return loose
    known = _("Of %(into)s that went in, %(left)s was left over: %(share)s.") % {
        "into": say_grams(into_g),
        "left": say_grams(of_intake_g),
        "share": say_share(of_intake_g, into_g),
    }
    if not loose_g:
        return known
    more = _("Another %(left)s was left over of which the intake was not counted.") % {
        "left": say_grams(loose_g)
    }
    return f"{known} {more}"


def say_share(part: int, whole: int) -> str:
    """Return a percentage in two significant digits, or nothing when the whole is not known."""
    if not whole:
        return ""
    percent = Decimal(part) * 100 / whole
    return f"{say_number(percent, 0 if percent >= 10 else 1)}%"


def list_leftover_batches(chain: Chain) -> tuple[BatchRow, ...]:
    """Return the newest batches of a chain with what became of each; one query."""
    standing = Q(entries__takes_back__isnull=True, entries__taken_back_by__isnull=True)
    sums = {
        name: Sum("entries__mass_g", filter=standing & Q(entries__kind=kind.value))
        for name, kind in (("in_g", Entry.IN), ("sold_g", Entry.SOLD), ("left_g", Entry.RESIDUAL))
    }
    rows: Any = (
        Batch.objects.filter(chain=chain)
        .order_by("-made_on", "-pk")
        .values("public_id", "what", "made_on", "member__enterprise__trade_name")
        .annotate(**sums)[:NEWEST]
    )
    return tuple(
        BatchRow(
            what=row["what"],
            maker=row["member__enterprise__trade_name"],
            made_on=row["made_on"],
            in_text=say_or_unknown(row["in_g"]),
            sold_text=say_or_unknown(row["sold_g"]),
            left_text=say_or_unknown(row["left_g"]),
            url=reverse("ketens:provenance", args=[row["public_id"]]),
        )
        for row in rows
    )


def say_or_unknown(grams: int | None) -> str:
    """Return grams, or that nobody counted them."""
    return _("unknown") if grams is None else say_grams(grams)
