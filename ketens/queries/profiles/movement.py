"""The movement over time: a picture, its table, a sentence; for staff who moved and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import ImpactStance
from ketens.domain.movement import Change, Fact, Facts, Move, Place, find_moves
from ketens.domain.profile import read_profile
from ketens.domain.profile_tables import TOTAL, Table
from ketens.domain.stacks import StackColumn, StackPicture, draw_stacks
from ketens.models import ProfileRelease, ProfileSnapshot
from ketens.queries.profiles.questions import PLACES
from ketens.queries.profiles.released import last_day_of, say_places
from ketens.queries.profiles.showing import say_count

MOST_QUARTERS = 12


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """One quarter: who led, followed and rode in the peloton."""

    quarter: date
    label: str
    cells: tuple[str, ...]
    total_text: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The movement as a picture with its table."""

    sentence: str
    picture: StackPicture
    rows: tuple[QuarterRow, ...]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One enterprise that changed place, and which facts changed."""

    name: str
    place: str
    from_text: str
    to_text: str
    is_forward: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Who moved in one quarter, and the quarters that can be chosen."""

    quarter: date
    label: str
    lines: tuple[MoveLine, ...]
    choices: tuple[tuple[str, str], ...]


def get_released_movement() -> Movement:
    """Return the movement that anybody may read, from releases only; one query."""
    rows = ProfileRelease.objects.order_by("-quarter").values_list("quarter", "tables")
    quarters = [(day, tables["place"]) for day, tables in rows[:MOST_QUARTERS]][::-1]
    return build_movement(quarters, is_rounded=True)


def get_exact_movement() -> Movement:
    """Return the movement as staff reads it, from the snapshots; one query."""
    rows = (
        ProfileSnapshot.objects.order_by()
        .values_list("quarter", "place")
        .annotate(number=Count("pk"))
    )
    found: dict[date, Table] = {}
    for quarter, place, number in rows:
        found.setdefault(quarter, {one.value: 0 for one in Place})[place] = number
    newest = sorted(found)[-MOST_QUARTERS:]
    return build_movement(
        [(day, {**found[day], TOTAL: sum(n or 0 for n in found[day].values())}) for day in newest]
    )


def build_movement(quarters: Sequence[tuple[date, Table]], *, is_rounded: bool = False) -> Movement:
    """Return quarters as picture, table and sentence, the oldest first."""
    columns = [
        StackColumn(
            say_quarter(day, short=True),
            tuple(places.get(place) for place in Place),
            places.get(TOTAL),
        )
        for day, places in quarters
    ]
    rows = tuple(
        QuarterRow(
            day,
            say_quarter(day),
            tuple(say_count(places.get(place)) for place in Place),
            say_count(places.get(TOTAL)),
        )
        for day, places in quarters
    )
    return Movement(say_movement(quarters, is_rounded=is_rounded), draw_stacks(columns), rows)


def say_movement(quarters: Sequence[tuple[date, Table]], *, is_rounded: bool) -> str:
    """Return what is to be seen: where it stands, and what became of the leaders."""
    if not quarters:
        return _("The first quarter is not published yet.")
    day, places = quarters[-1]
    about = _("On %(day)s there were about %(places)s.")
    now = (about if is_rounded else _("On %(day)s there were %(places)s.")) % {
        "day": date_format(last_day_of(day), "j F Y"),
        "places": say_places(places),
    }
    first_day, first = quarters[0]
    before, after = first.get(Place.LEADER), places.get(Place.LEADER)
    if len(quarters) < 2 or before is None or after is None:
        return now
    words = (
        _("There are more leaders than on %(day)s: then %(before)s, now %(after)s.")
        if after > before
        else _("There are fewer leaders than on %(day)s: then %(before)s, now %(after)s.")
        if after < before
        else _("There are as many leaders as on %(day)s.")
    )
    then = {
        "day": date_format(last_day_of(first_day), "j F Y"),
        "before": say_count(before),
        "after": say_count(after),
    }
    return f"{now} {words % then}"


def get_moves(wanted: str = "") -> Moves | None:
    """Return who moved in a quarter, the newest when none is named; four queries at most."""
    quarters = list(
        ProfileSnapshot.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()
    )
    if not quarters:
        return None
    quarter = next((day for day in quarters if day.isoformat() == wanted), quarters[0])
    older = [day for day in quarters if day < quarter]
    facts: dict[date, dict[int, Facts]] = {day: {} for day in (quarter, *older[:1])}
    rows = ProfileSnapshot.objects.filter(quarter__in=facts)
    for day, enterprise_id, kept in rows.values_list("quarter", "enterprise_id", "facts"):
        facts[day][enterprise_id] = read_profile(enterprise_id, kept).facts
    # In the first quarter everybody arrived; that is no movement.
    moves = find_moves(facts[older[0]], facts[quarter]) if older else ()
    return Moves(
        quarter=quarter,
        label=say_quarter(quarter),
        lines=name_moves(moves),
        choices=tuple((day.isoformat(), say_quarter(day)) for day in quarters),
    )


def name_moves(moves: Sequence[Move]) -> tuple[MoveLine, ...]:
    """Return moves with names, to the front first; one query."""
    rows = Enterprise.objects.filter(pk__in=[move.enterprise_id for move in moves])
    found = {row.pk: row for row in rows.select_related("village__municipality")}
    lines = [
        MoveLine(
            name=row.trade_name,
            place=f"{row.village} ({row.village.municipality})",
            from_text=str(PLACES[move.before]) if move.before else _("not in the register"),
            to_text=str(PLACES[move.after]) if move.after else _("left"),
            is_forward=move.is_forward,
            reasons=tuple(say_change(change) for change in move.changes),
        )
        for move in moves
        if (row := found.get(move.enterprise_id))
    ]
    return tuple(sorted(lines, key=lambda line: (not line.is_forward, line.name)))


def say_change(change: Change) -> str:
    """Return one fact that changed, as it was and as it is."""
    nothing = _("nothing")
    words = {
        Fact.STANCE: _("aim: from %(before)s to %(after)s"),
        Fact.CHAINS: _("chains: from %(before)s to %(after)s"),
        Fact.LEVEL: _("step of measuring: from %(before)s to %(after)s"),
        Fact.MONTHS: _("months with own counts: from %(before)s to %(after)s"),
        Fact.ARRIVED: _("came into the register"),
        Fact.LEFT: _("left the register"),
    }[change.fact]
    before, after = change.before or nothing, change.after or nothing
    if change.fact is Fact.STANCE:
        labels = dict(ImpactStance.choices)
        before, after = str(labels.get(before, before)), str(labels.get(after, after))
    return words % {"before": before, "after": after}


def say_quarter(quarter: date, *, short: bool = False) -> str:
    """Return a quarter as people say it."""
    number = (quarter.month + 2) // 3
    if short:
        return f"{number}-{quarter.year}"
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": quarter.year}
