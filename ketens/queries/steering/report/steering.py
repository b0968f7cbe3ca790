"""Targets, actions, signals, profile and work of a year, as the report tells them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketens.domain.monitor import MEASURES
from ketens.domain.targets import PROVINCE, Basis, Line, Standing, aim, is_as_good, judge
from ketens.domain.work import TargetGroup, months_later
from ketens.domain.yearly import YearFigure
from ketens.models import SignalStatus, WorkRelease
from ketens.models.work import GROUP_LABELS
from ketens.queries.steering.agenda import FOCUSES, Agenda, say_quarter
from ketens.queries.steering.amounts import label_of, say_rate
from ketens.queries.steering.report.reading import Told
from ketens.queries.steering.signals import (
    build_card,
    list_names,
    say_because,
    subject_of,
    told_signals,
)
from ketens.queries.targets import StandingTarget
from ketens.queries.wording import say_number

STANDINGS = {
    Standing.REACHED: gettext_lazy("reached"),
    Standing.ON_COURSE: gettext_lazy("on course"),
    Standing.BEHIND: gettext_lazy("behind"),
    Standing.UNKNOWN: gettext_lazy("not to be judged yet"),
}


def build_targets(told: Told, targets: Sequence[StandingTarget]) -> list[dict[str, Any]]:
    """Return every target with what was released, what the line asks, and how it stands."""
    return [build_target(told, target) for target in targets]


def build_target(told: Told, target: StandingTarget) -> dict[str, Any]:
    """Return one target; it is judged on the last day that was released."""
    measure = MEASURES[target.measure]
    year = find_year(told, target)
    now = rate_of(told, year, adds_up=measure.adds_up)
    on = months_later(told.quarters[-1], 3) if told.quarters else None
    line = build_line(target, adds_up=measure.adds_up)
    standing = Standing.UNKNOWN
    if line is not None and on is not None:
        standing = judge(now, line, on, target.better)
    elif now is not None and target.basis is Basis.AMOUNT:
        asked = per_day(target, target.value)
        if is_as_good(now, asked, target.better):
            standing = Standing.REACHED
    expected = line.at(on) if line is not None and on is not None else None
    return {
        "measure": label_of(target.measure),
        "place": told.names.get(target.place, _("Drenthe")),
        "sentence": target.sentence,
        "source": target.source,
        "decision": target.decision,
        "now": say_rate(measure.unit, now, adds_up=measure.adds_up),
        "expected": ""
        if expected is None
        else say_rate(measure.unit, expected, adds_up=measure.adds_up),
        "standing": standing.value,
        "standing_text": str(STANDINGS[standing]),
    }


def find_year(told: Told, target: StandingTarget) -> YearFigure | None:
    """Return the released year of a target's measure and place."""
    if target.place == PROVINCE:
        return told.province.get(target.measure)
    return told.municipalities.get(target.measure, {}).get(target.place)


def rate_of(told: Told, year: YearFigure | None, *, adds_up: bool) -> Decimal | None:
    """Return what was released per day, or the level itself."""
    if year is None or year.whole.value is None:
        return None
    if not adds_up:
        return Decimal(year.whole.value)
    return Decimal(year.whole.value) / told.counted_days if told.counted_days else None


def build_line(target: StandingTarget, *, adds_up: bool) -> Line | None:
    """Return the line from the baseline to a target; None when nothing was measured before."""
    first, since = target.baseline_amount, target.baseline_last_day
    last = aim(target.value, target.basis, first)
    if first is None or since is None or last is None:
        return None
    if target.basis is Basis.AMOUNT and adds_up:
        last = per_day(target, last)
    return Line(since, first, target.last_day, last)


def per_day(target: StandingTarget, amount: Decimal) -> Decimal:
    """Return an amount of a year per day, when its measure adds up."""
    if not MEASURES[target.measure].adds_up:
        return amount
    return amount / (date(target.year, 12, 31) - date(target.year - 1, 12, 31)).days


def build_actions(agenda: Agenda) -> list[dict[str, Any]]:
    """Return the actions by focus, what was agreed before what is proposed."""
    found = []
    for focuses, is_proposal in ((agenda.history, False), (agenda.proposals, True)):
        for focus in focuses:
            found.append(
                {
                    "title": str(FOCUSES[focus.number]),
                    "is_proposal": is_proposal,
                    "rows": [
                        {
                            "title": card.title,
                            "theme": card.theme,
                            "status": card.status_text,
                            "owner": card.state.owner if card.state else "",
                            "evidence": card.state.evidence if card.state else "",
                            "results": [list(one) for one in card.results],
                            "indicators": [
                                {"label": one.label, "text": one.value_text, "source": one.source}
                                for one in card.indicators
                            ],
                        }
                        for card in focus.actions
                    ],
                }
            )
    return found


def build_signals(told: Told) -> list[dict[str, Any]]:
    """Return the signals about months that are released, newest of each subject first.

    What lies after the last release is for staff until it is released.
    """
    months = [months_later(first, step) for first in told.quarters for step in range(3)]
    rows = list(told_signals().filter(month__in=months))
    names = list_names(rows)
    found, seen = [], set()
    for row in rows:
        subject = subject_of(row)
        if subject in seen:
            continue
        seen.add(subject)
        card = build_card(row, names, row.month)
        found.append(
            {
                "sentence": card.sentence,
                "because": say_because(row),
                "month": date_format(row.month, "F Y"),
                "status": card.status_text,
                "is_closed": card.status == SignalStatus.CLOSED,
            }
        )
    return found


def build_work(told: Told) -> list[dict[str, Any]]:
    """Return the tables on work of the released quarters of a year, as they were released."""
    rows = WorkRelease.objects.filter(
        quarter__gte=date(told.year, 1, 1), quarter__lte=date(told.year, 12, 31)
    ).order_by("quarter")
    return [
        {
            "title": say_quarter(row.quarter),
            "digest": row.digest,
            "groups": [
                work_row(str(GROUP_LABELS[TargetGroup(key)]), cells)
                for key, cells in row.tables["group"].items()
                if key != "total" and is_told(cells)
            ],
            "municipalities": [
                work_row(key, cells)
                for key, cells in row.tables["municipality"].items()
                if key != "total" and is_told(cells)
            ],
            "total": say_people(row.tables["group"]["total"]["people"]),
            "withheld": sum(
                1 for key, cells in row.tables["group"].items() if cells["people"] is None
            ),
        }
        for row in rows
    ]


def is_told(cells: dict[str, int | None]) -> bool:
    """Tell whether a line has something to read: groups without anybody are left out."""
    return cells["people"] != 0


def work_row(name: str, cells: dict[str, int | None]) -> dict[str, str]:
    """Return a line on work; what is withheld is said so."""
    hours = cells["hours"]
    return {
        "name": name,
        "people": say_people(cells["people"]),
        "hours": _("not shown") if hours is None else say_number(hours),
    }


def say_people(people: int | None) -> str:
    """Return a rounded number of people, or that it is not shown."""
    return _("not shown") if people is None else say_number(people)
