"""Signals as staff read them: a sentence, since when, what became of it, and the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorpen.register.models import Municipality
from ketens.domain.signals import Rule, Trend
from ketens.domain.targets import PROVINCE
from ketens.models import ProductGroup, Signal, SignalStatus, SignalStep
from ketens.queries.provenance.parts import say_day
from ketens.queries.steering.amounts import label_of, say_amount, say_days, say_rate
from ketens.queries.wording import say_number

Names = Mapping[str, str]
HUNDRED = 100

# A label is a heading; in a sentence Dutch wants an article. Others are quoted.
PHRASES = {
    "food_waste_g": gettext_lazy("the food waste"),
    "rescued_g": gettext_lazy("the amount of rescued food"),
    "emission_mg_co2e_per_kg": gettext_lazy("the transport emission per kilo"),
    "mass_weighted_distance": gettext_lazy("the mean way of a kilo"),
    "active_chains": gettext_lazy("the number of active chains"),
    "active_enterprises": gettext_lazy("the number of enterprises that sold"),
    "villages_with_active_chain": gettext_lazy("the number of villages with an active chain"),
}


@dataclass(frozen=True, slots=True)
class SignalCard:
    """One signal in a list; the newest of its subject, with since when there is one."""

    public_id: UUID
    sentence: str
    because: str
    rule: str
    status: str
    status_text: str
    month: date
    since: date
    found_at: datetime

    @property
    def is_closed(self) -> bool:
        """Whether somebody closed it."""
        return self.status == SignalStatus.CLOSED


def list_signals() -> tuple[SignalCard, ...]:
    """Return the newest signal of each subject, open ones first; three queries."""
    rows = list(told_signals())
    names = list_names(rows)
    newest: dict[tuple[object, ...], Signal] = {}
    since: dict[tuple[object, ...], date] = {}
    for row in rows:
        key = subject_of(row)
        newest.setdefault(key, row)
        since[key] = row.month
    cards = [build_card(row, names, since[key]) for key, row in newest.items()]
    return tuple(sorted(cards, key=lambda card: card.is_closed))


def told_signals() -> QuerySet[Signal]:
    """Return signals, the newest first, each with its newest step."""
    newest = SignalStep.objects.filter(signal=OuterRef("pk")).order_by("-pk").values("status")[:1]
    return Signal.objects.select_related("chain").annotate(newest_status=Subquery(newest))


def subject_of(row: Signal) -> tuple[object, ...]:
    """Return what a signal is about, whatever the month."""
    return (row.rule, row.measure, row.place, row.chain_id, row.product_group, row.target_year)


def list_names(rows: Sequence[Signal]) -> dict[str, str]:
    """Return the names of municipalities and product groups, by their codes."""
    names = dict(Municipality.objects.values_list("code", "name"))
    groups = {row.product_group for row in rows} - {""}
    names |= dict(ProductGroup.objects.filter(code__in=groups).values_list("code", "name"))
    return names | {PROVINCE: _("Drenthe")}


def build_card(row: Signal, names: Names, since: date) -> SignalCard:
    """Return a signal as its line shows it."""
    status = row.newest_status or SignalStatus.NEW.value  # type: ignore[attr-defined]
    return SignalCard(
        public_id=row.public_id,
        sentence=say_signal(row, names),
        because=say_because(row),
        rule=row.rule,
        status=status,
        status_text=str(SignalStatus(status).label),
        month=row.month,
        since=since,
        found_at=row.found_at,
    )


def say_signal(row: Signal, names: Names) -> str:
    """Return what stands out, in one plain sentence."""
    words = {
        "where": say_ground(row, names),
        "what": say_subject(row, names),
        "year": row.target_year,
    }
    if row.rule == Rule.SILENCE:
        return _("Nothing was handed over in %(where)s for four weeks.") % words
    if row.rule == Rule.COVERAGE:
        return _("In %(where)s less and less is known of %(what)s.") % words
    if row.rule == Rule.BEHIND:
        return _("In %(where)s %(what)s is behind on the target for %(year)s.") % words
    if row.rule == Rule.WASTE:
        return _("In %(where)s %(what)s is a larger share than before.") % words
    if row.calculation["trend"] == Trend.UP:
        return _("In %(where)s %(what)s goes up.") % words
    return _("In %(where)s %(what)s goes down.") % words


def say_ground(row: Signal, names: Names) -> str:
    """Return the place or chain that a signal is about."""
    if row.chain is not None:
        return _("chain “%(name)s”") % {"name": row.chain.name}
    return names.get(row.place, row.place)


def say_subject(row: Signal, names: Names) -> str:
    """Return what is counted as it stands in a sentence, with the product group if there is one."""
    what = str(PHRASES.get(row.measure) or f"‘{label_of(row.measure)}’")
    if not row.product_group:
        return what
    group = names.get(row.product_group, row.product_group)
    return _("%(what)s of %(group)s") % {"what": what, "group": group.lower()}


def say_because(row: Signal) -> str:
    """Return the numbers behind a signal in one sentence."""
    told, unit = row.calculation["numbers"], row.calculation["unit"]
    adds_up = row.calculation["adds_up"]

    def rate(name: str) -> str:
        return say_rate(unit, Decimal(told[name]), adds_up=adds_up)

    if row.rule == Rule.SILENCE:
        words = {
            "day": say_day(date.fromisoformat(told["last_day"])),
            "days": say_days(int(told["silent_days"])),
        }
        return _("The last goods were handed over on %(day)s, %(days)s ago.") % words
    if row.rule == Rule.COVERAGE:
        words = {"first": say_permille(told["first"]), "last": say_permille(told["last"])}
        return _("What is known fell in three months from %(first)s to %(last)s.") % words
    if row.rule == Rule.BEHIND:
        words = {"rate": rate("rate"), "expected": rate("expected")}
        return _("It is %(rate)s and should be %(expected)s by now.") % words
    if row.rule == Rule.WASTE:
        words = {
            "share": say_share(told["share"]),
            "past": say_share(told["past"]),
            "chance": say_share(told["probability"]),
        }
        return _("%(share)s now, %(past)s before; %(chance)s certain.") % words
    words = {"first": rate("first"), "last": rate("last")}
    return _("Three months on end, from %(first)s to %(last)s.") % words


def say_share(value: str) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{say_number(Decimal(value) * HUNDRED, 1)}%"


def say_permille(value: str) -> str:
    """Return thousandths as a percentage with one decimal."""
    return f"{say_number(Decimal(value) / 10, 1)}%"


def say_month_amount(unit: str, amount: str | None) -> str:
    """Return the amount of a month of a calculation."""
    return say_amount(unit, None if amount is None else Decimal(amount))
