"""A baseline as a page: what it says, what it was made of, and how today compares."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _

from ketens.domain.movement import Place
from ketens.domain.profile_tables import MUNICIPALITY, Table
from ketens.domain.work import months_later
from ketens.models import Baseline, FigureRelease, ProfileRelease, ProfileRound
from ketens.queries.baselines import STREET, Movement, compare, is_intact
from ketens.queries.profiles.questions import list_keys, say_key
from ketens.queries.profiles.showing import (
    ORDER,
    ShownPlace,
    ShownTable,
    say_count,
    show_municipalities,
    show_tables,
)
from ketens.queries.wording import (
    UNIT_WORDS,
    say_emission,
    say_grams,
    say_metres,
    say_number,
    say_work,
)
from winkelstraat.common.money import format_cents

SAY = {
    "cents": format_cents,
    "grams": say_grams,
    "mg_co2e": say_emission,
    "metres": say_metres,
    "minutes": say_work,
}
# Money and work of days that slide along would tell what one shop sold on the newest of them.
PUBLIC_UNITS = ("grams", "mg_co2e", "metres")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the whole street then and now, over as many days."""

    label: str
    before_text: str
    after_text: str
    change_text: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count of enterprises then and in the newest release."""

    label: str
    before_text: str
    after_text: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One baseline in the series; the newest counts, the others stay readable."""

    baseline_id: int
    title: str
    frozen_at: datetime
    reason: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a baseline was made of; the slugs of its scope are for staff."""

    first_day: date
    last_day: date
    frozen_at: datetime
    frozen_by: str
    reason: str
    replaces: str
    digest: str
    is_intact: bool
    method_version: str
    factor_sets: tuple[str, ...]
    round_title: str
    questions_text: str
    scope_text: str
    scope: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BaselinePage:
    """Everything on the page."""

    title: str
    made: MadeOf
    figures: tuple[FigureRow, ...]
    counts: tuple[CountRow, ...]
    tables: tuple[ShownTable, ...]
    municipalities: tuple[ShownPlace, ...]
    breaks: tuple[str, ...]
    now_first: date | None
    now_last: date | None
    series: tuple[SeriesRow, ...]


def get_baseline_page(
    *, today: date, baseline_id: int | None = None, sees_exact: bool = False
) -> BaselinePage | None:
    """Return a baseline, the newest when none is named; None when there is none.

    Exact counts of enterprises and days that are not released are for staff; anybody else
    reads what was hidden before it was frozen, and no money or work. Four queries.
    """
    parts = ("questionnaire", "round", "replaces", "frozen_by")
    newest = FigureRelease.objects.order_by("-quarter").values("quarter")[:1]
    frozen = Baseline.objects.select_related(*parts).annotate(released=Subquery(newest))
    rows = list(frozen.order_by("-frozen_at", "-pk"))
    baseline = next((one for one in rows if baseline_id in (None, one.pk)), None)
    if baseline is None:
        return None
    length = baseline.last_day - baseline.first_day
    last = today - timedelta(days=1) if sees_exact else find_last_released(baseline)
    found = compare(baseline, first_day=last - length, last_day=last) if last else None
    release = ProfileRelease.objects.order_by("-quarter").first()
    tables = baseline.profile.get("tables", {}) if sees_exact else baseline.public_profile
    return BaselinePage(
        title=baseline.title,
        made=describe(baseline, sees_exact=sees_exact),
        figures=tuple(
            build_figure(one, length.days + 1)
            for one in (found.movements if found else ())
            if one.scope == STREET and (sees_exact or one.unit in PUBLIC_UNITS)
        ),
        counts=compare_counts(baseline.public_profile, release.tables if release else {}),
        tables=show_tables(tables, names=ORDER[1:]),
        municipalities=show_municipalities(tables.get(MUNICIPALITY, {})),
        breaks=tuple(say_break(one) for one in (found.breaks if found else ())),
        now_first=last - length if last else None,
        now_last=last,
        series=tuple(
            SeriesRow(one.pk, one.title, one.frozen_at, one.reason, one.pk == baseline.pk)
            for one in rows
        ),
    )


def find_last_released(baseline: Any) -> date | None:
    """Return the last day of the newest quarter that is released, None when none is."""
    if baseline.released is None:
        return None
    return months_later(baseline.released, 3) - timedelta(days=1)


def describe(baseline: Baseline, *, sees_exact: bool) -> MadeOf:
    """Return what a baseline was made of, and whether it is still what was frozen."""
    return MadeOf(
        first_day=baseline.first_day,
        last_day=baseline.last_day,
        frozen_at=baseline.frozen_at,
        frozen_by=baseline.frozen_by.get_full_name() if baseline.frozen_by else "",
        reason=baseline.reason,
        replaces=baseline.replaces.title if baseline.replaces else "",
        digest=baseline.digest,
        is_intact=is_intact(baseline),
        method_version=baseline.method_version,
        factor_sets=tuple(baseline.factor_sets),
        round_title=baseline.round.title if baseline.round else "",
        questions_text=str(baseline.questionnaire) if baseline.questionnaire else "",
        scope_text=say_number(len(baseline.scope)),
        scope=tuple(baseline.scope) if sees_exact else (),
        definitions=tuple(baseline.definitions.items()),
    )


def build_figure(movement: Movement, days: int) -> FigureRow:
    """Return one figure then and now, in the unit that a person can picture."""
    say = SAY[movement.unit]
    change = movement.change
    return FigureRow(
        label=str(UNIT_WORDS[movement.unit]).split(",")[0],
        before_text=say(round(movement.before_a_day * days)),
        after_text=say(round(movement.after_a_day * days)),
        change_text=_("not to be compared: nothing before")
        if change is None
        else f"{'+' if change > 0 else ''}{say_number(change * HUNDRED)}%",
    )


def compare_counts(before: dict[str, Table], after: dict[str, Table]) -> tuple[CountRow, ...]:
    """Return counts of enterprises then and in the newest release, as anybody may read them."""
    if not before:
        return ()
    keys = [("place", place.value) for place in Place]
    keys += [("stance", key) for key in list_keys()["stance"]]
    return tuple(
        CountRow(
            say_key(table, key),
            say_count(before.get(table, {}).get(key)),
            say_count(after[table].get(key)) if table in after else _("not published yet"),
        )
        for table, key in keys
    )


def say_break(text: str) -> str:
    """Return in words what changed in the method since."""
    kind, *rest = text.split(":")
    if kind == "method":
        return _("The method went from version %(old)s to %(new)s.") % {
            "old": rest[0],
            "new": rest[1],
        }
    return _("The list of factors %(name)s came or went.") % {"name": rest[0]}


def list_rounds() -> tuple[tuple[str, str], ...]:
    """Return the rounds that a baseline can rest on, the newest first; one query."""
    rows = ProfileRound.objects.order_by("-first_day")
    return tuple((str(row.public_id), row.title) for row in rows)


def find_round(public_id: str) -> ProfileRound | None:
    """Return the round that a form names, None when it names none."""
    if not public_id:
        return None
    return ProfileRound.objects.select_related("questionnaire").get(public_id=public_id)
