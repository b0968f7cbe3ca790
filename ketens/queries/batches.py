"""Batches for reading: the balance of each, what over its links, and what does not fit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.batches import Balance, Counted, Entry, balance_of, is_within
from ketens.models import Batch, BatchEntry, LinkCount, Weighing
from ketens.queries.wording import say_grams

LATEST = 20
RUNG_WORDS: dict[int, Promise] = {
    1: gettext_lazy("prevented"),
    2: gettext_lazy("food for people"),
    3: gettext_lazy("made into food for people"),
    4: gettext_lazy("feed for animals"),
    5: gettext_lazy("raw material for industry"),
    6: gettext_lazy("digested to fertiliser and gas"),
    7: gettext_lazy("composted"),
    8: gettext_lazy("sustainable energy"),
    9: gettext_lazy("burned"),
    10: gettext_lazy("dumped"),
}
KIND_WORDS: dict[str, Promise] = {
    Entry.IN: gettext_lazy("went in"),
    Entry.SOLD: gettext_lazy("sold"),
    Entry.STOCK: gettext_lazy("still in stock"),
    Entry.SHRINK: gettext_lazy("shrink"),
}


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of a balance; `share_percent` is of what went in."""

    label: str
    mass_g: int
    mass_text: str
    share_percent: int | None
    is_in: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One count as it was written down."""

    public_id: str
    label: str
    mass_text: str
    weighing: str
    activity_date: date
    origin: str
    is_taken_back: bool
    can_be_taken_back: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What went over a link; `holds` is None when the arrival is not counted yet."""

    text: str
    sent_text: str
    received_text: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its balance, in words and numbers."""

    public_id: str
    code: str
    what: str
    maker: str
    made_on: date
    balance: Balance
    rows: tuple[CountRow, ...]
    entries: tuple[EntryRow, ...]
    links: tuple[LinkRow, ...]
    sentence: str
    violations: tuple[str, ...]


def list_batches(chain_id: int) -> tuple[BatchView, ...]:
    """Return the latest batches of a chain with what does not fit first; three queries."""
    views = [build_batch(row) for row in batches_of(chain_id)[:LATEST]]
    return tuple(sorted(views, key=lambda view: not view.violations))


def get_batch(chain_id: int, public_id: str) -> BatchView | None:
    """Return one batch of a chain, None when it has none with this id; three queries."""
    row = batches_of(chain_id).filter(public_id=public_id).first()
    return build_batch(row) if row else None


def find_batch(public_id: UUID) -> Batch | None:
    """Return a batch with its chain and counts by its public id; three queries."""
    return (
        Batch.objects.filter(public_id=public_id)
        .select_related("member__enterprise", "chain")
        .prefetch_related("entries", "link_counts")
        .first()
    )


def batches_of(chain_id: int) -> QuerySet[Batch]:
    """Return the batches of a chain with everything a view of them needs."""
    links = LinkCount.objects.select_related(
        "link__from_member__enterprise", "link__to_member__enterprise"
    )
    return (
        Batch.objects.filter(chain_id=chain_id)
        .select_related("member__enterprise")
        .prefetch_related("entries", Prefetch("link_counts", queryset=links))
    )


def build_batch(batch: Batch) -> BatchView:
    """Return a batch as pages show it."""
    entries = list(batch.entries.all())
    balance = balance_of(standing(entries))
    links = tuple(build_link(row) for row in batch.link_counts.all())
    taken = {row.takes_back_id for row in entries if row.takes_back_id}
    return BatchView(
        public_id=str(batch.public_id),
        code=batch.code,
        what=batch.what,
        maker=batch.member.enterprise.trade_name,
        made_on=batch.made_on,
        balance=balance,
        rows=balance_rows(balance),
        entries=tuple(build_entry(row, taken) for row in reversed(entries)),
        links=links,
        sentence=say_balance(balance),
        violations=list_violations(balance, links),
    )


def standing(entries: Iterable[BatchEntry]) -> list[Counted]:
    """Return the counts that were not taken back."""
    entries = list(entries)
    gone = {row.takes_back_id for row in entries if row.takes_back_id}
    return [
        Counted(Entry(row.kind), row.mass_g, row.rung)
        for row in entries
        if row.pk not in gone and row.takes_back_id is None
    ]


def balance_rows(balance: Balance) -> tuple[CountRow, ...]:
    """Return the lines of a balance: in, sold, every rung, stock, shrink; empty ones left out."""
    amounts: list[tuple[str, int, bool]] = [(say_kind(Entry.IN), balance.in_g, True)]
    amounts.append((say_kind(Entry.SOLD), balance.sold_g, False))
    amounts += [(say_rung(rung), grams, False) for rung, grams in balance.residual_g]
    amounts.append((say_kind(Entry.STOCK), balance.stock_g, False))
    amounts.append((say_kind(Entry.SHRINK), balance.shrink_g, False))
    return tuple(
        CountRow(
            label=label,
            mass_g=grams,
            mass_text=say_grams(grams),
            share_percent=round(100 * grams / balance.in_g) if balance.in_g else None,
            is_in=is_in,
        )
        for label, grams, is_in in amounts
        if grams
    )


def say_kind(kind: Entry) -> str:
    """Return what a count says, in a word or two."""
    return str(KIND_WORDS[kind])


def say_rung(rung: int) -> str:
    """Return where a residual went, with its rung on the ladder of Moerman."""
    return _("left over, %(where)s (rung %(rung)s)") % {"where": RUNG_WORDS[rung], "rung": rung}


def say_balance(balance: Balance) -> str:
    """Return the balance in one plain sentence."""
    if not balance.in_g:
        return _("Nobody wrote down yet what went in.")
    left = sum(grams for _rung, grams in balance.residual_g)
    values = {
        "into": say_grams(balance.in_g),
        "sold": say_grams(balance.sold_g),
        "left": say_grams(left),
    }
    if balance.difference_g == 0:
        return _("%(into)s went in: %(sold)s was sold and %(left)s was left over.") % values
    values["missing"] = say_grams(abs(balance.difference_g))
    if balance.difference_g > 0:
        return (
            _(
                "%(into)s went in: %(sold)s was sold and %(left)s was left over."
                " Of %(missing)s we do not know where it went."
            )
            % values
        )
    return (
        _(
            "%(into)s went in: %(sold)s was sold and %(left)s was left over."
            " That is %(missing)s more than went in."
        )
        % values
    )


def list_violations(balance: Balance, links: tuple[LinkRow, ...]) -> tuple[str, ...]:
    """Return what does not fit within 2%, in sentences that say what to do."""
    found = []
    if balance.holds is False:
        found.append(
            _(
                "In and out differ by %(grams)s, more than 2%%. Look whether a weighing is missing"
                " or was written down twice."
            )
            % {"grams": say_grams(abs(balance.difference_g))}
        )
    found += [
        _("%(link)s: %(sent)s left and %(received)s arrived, more than 2%% apart. Weigh again.")
        % {"link": row.text, "sent": row.sent_text, "received": row.received_text}
        for row in links
        if row.holds is False
    ]
    return tuple(found)


def build_entry(row: BatchEntry, taken: set[int]) -> EntryRow:
    """Return a count as its line shows it."""
    label = say_rung(row.rung) if row.rung else say_kind(Entry(row.kind))
    if row.takes_back_id:
        label = _("taken back: %(what)s") % {"what": label}
    return EntryRow(
        public_id=str(row.public_id),
        label=label,
        mass_text=say_grams(row.mass_g),
        weighing=str(Weighing(row.weighing).label),
        activity_date=row.activity_date,
        origin=row.origin,
        is_taken_back=row.pk in taken,
        can_be_taken_back=row.pk not in taken and row.takes_back_id is None,
    )


def build_link(row: LinkCount) -> LinkRow:
    """Return what went over a link as its line shows it."""
    names = (row.link.from_member.enterprise, row.link.to_member.enterprise)
    known = row.received_g is not None
    return LinkRow(
        text=f"{names[0].trade_name} → {names[1].trade_name}",
        sent_text=say_grams(row.sent_g),
        received_text=say_grams(row.received_g) if row.received_g is not None else _("unknown"),
        holds=is_within(row.sent_g, row.received_g or 0) if known else None,
    )


@dataclass(frozen=True, slots=True)
class Residuals:
    """What a chain's batches left over, in grams by rung, of all that went in."""

    in_g: int
    by_rung: tuple[tuple[int, int], ...]
    violations: int


def sum_residuals(views: Iterable[BatchView]) -> Residuals:
    """Add up the residuals of batches that were read already; rungs are never averaged."""
    rungs: dict[int, int] = defaultdict(int)
    into = broken = 0
    for view in views:
        into += view.balance.in_g
        broken += bool(view.violations)
        for rung, grams in view.balance.residual_g:
            rungs[rung] += grams
    return Residuals(into, tuple(sorted(rungs.items())), broken)
