"""The agenda as everybody reads it: actions with their indicators, states, and targets."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorpen.register.models import Municipality
from ketens.domain.monitor import MEASURES, PlaceKind
from ketens.domain.targets import PROVINCE
from ketens.models import ActionState, ActionStatus, AgendaAction, HandCount, ReleasedFigure
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.steering.amounts import label_of, say_amount
from ketens.queries.targets import StandingTarget, list_all_targets
from ketens.queries.wording import trim

FOCUSES = {
    1: gettext_lazy("Stronger enterprises"),
    2: gettext_lazy("Network and knowledge"),
    3: gettext_lazy("A wider market"),
}


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """What an action is measured by, and what is known of it."""

    code: str
    label: str
    value_text: str
    source: str
    is_by_hand: bool


@dataclass(frozen=True, slots=True)
class StateLine:
    """One version of how an action stands."""

    version: int
    status: str
    status_text: str
    owner: str
    evidence: str
    evidence_address: str
    set_at: datetime
    set_by: str


@dataclass(frozen=True, slots=True)
class ActionCard:
    """One action; `state` is None while nobody told how it stands."""

    key: str
    theme: str
    title: str
    what: str
    partners: str
    years: str
    results: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorLine, ...]
    state: StateLine | None
    source: str
    is_proposal: bool

    @property
    def focus(self) -> int:
        """The focus of the agenda that it belongs to."""
        return int(self.theme[0])

    @property
    def status_text(self) -> str:
        """How it stands, in words."""
        return self.state.status_text if self.state else str(ActionStatus.UNKNOWN.label)


@dataclass(frozen=True, slots=True)
class Focus:
    """One focus of the agenda with its actions."""

    number: int
    title: str
    actions: tuple[ActionCard, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with the names of its measure and place."""

    measure_text: str
    place_text: str
    target: StandingTarget


@dataclass(frozen=True, slots=True)
class Agenda:
    """The whole page."""

    sentence: str
    proposals: tuple[Focus, ...]
    history: tuple[Focus, ...]
    targets: tuple[TargetLine, ...]


Values = Mapping[str, tuple[str, str]]


def get_agenda() -> Agenda:
    """Return the agenda with what was released last; six queries."""
    cards = list_actions()
    return Agenda(
        sentence=say_agenda(cards),
        proposals=by_focus([card for card in cards if card.is_proposal]),
        history=by_focus([card for card in cards if not card.is_proposal]),
        targets=list_target_lines(),
    )


def list_actions() -> tuple[ActionCard, ...]:
    """Return every action; four queries."""
    rows = list(AgendaAction.objects.all())
    states = {
        state.action_id: state
        for state in ActionState.objects.select_related("set_by")
        .order_by("action_id", "-version")
        .distinct("action_id")
    }
    values = {**read_released(), **read_hand_counts()}
    return tuple(build_action(row, states.get(row.pk), values) for row in rows)


def get_action(row: AgendaAction) -> ActionCard:
    """Return one action; three queries."""
    state = row.states.select_related("set_by").order_by("-version").first()
    return build_action(row, state, {**read_released(), **read_hand_counts()})


def list_states(key: str) -> tuple[StateLine, ...]:
    """Return every version of how an action stands, the newest first; one query."""
    rows = ActionState.objects.filter(action_id=key).select_related("set_by")
    return tuple(build_state(row) for row in rows)


def read_released() -> dict[str, tuple[str, str]]:
    """Return what was released last of the province, by measure; one query."""
    rows = (
        ReleasedFigure.objects.filter(
            place_kind=PlaceKind.PROVINCE.value, chain=None, product_group=""
        )
        .order_by("measure", "-of_quarter", "-release__quarter")
        .distinct("measure")
    )
    return {row.measure: (say_released(row), say_quarter(row.of_quarter)) for row in rows}


def say_released(row: ReleasedFigure) -> str:
    """Return a released figure in words; withheld is said, and is not unknown."""
    if row.withheld:
        return _("not shown, to protect few")
    return say_amount(MEASURES[row.measure].unit, row.value)


def say_quarter(first: date) -> str:
    """Return a quarter in words."""
    return _("quarter %(number)s of %(year)s") % {
        "number": (first.month + 2) // 3,
        "year": first.year,
    }


def read_hand_counts() -> dict[str, tuple[str, str]]:
    """Return the newest number that was counted by hand, by indicator; one query."""
    rows = HandCount.objects.order_by("indicator", "-year", "-version").distinct("indicator")
    return {row.indicator: (f"{trim(row.value)} ({row.year})", row.source) for row in rows}


@dataclass(frozen=True, slots=True)
class CountLine:
    """The newest number of an indicator in a year; version 0 when there is none."""

    version: int
    value_text: str
    source: str


def get_newest_count(indicator: str, year: int) -> CountLine:
    """Return what was counted last for a year; one query."""
    row = HandCount.objects.filter(indicator=indicator, year=year).order_by("-version").first()
    return CountLine(row.version, trim(row.value), row.source) if row else CountLine(0, "", "")


def build_action(row: AgendaAction, state: ActionState | None, values: Values) -> ActionCard:
    """Return an action as its card shows it."""
    return ActionCard(
        key=row.key,
        theme=row.theme,
        title=row.title,
        what=row.what,
        partners=row.partners,
        years=f"{row.first_year}–{row.last_year}",
        results=tuple(sorted(row.results.items())),
        indicators=tuple(build_indicator(one, values) for one in row.indicators),
        state=build_state(state) if state else None,
        source=row.source,
        is_proposal=row.is_proposal,
    )


def build_indicator(told: Mapping[str, Any], values: Values) -> IndicatorLine:
    """Return an indicator with what is known of it."""
    code, by_hand = told["code"], told.get("by_hand")
    if by_hand:
        label = by_hand["label_en" if get_language() == "en" else "label_nl"]
        text, source = values.get(code, (_("not counted yet"), by_hand["who"]))
        return IndicatorLine(code, label, text, source, is_by_hand=True)
    text, source = values.get(code, (_("not released yet"), ""))
    return IndicatorLine(code, label_of(code), text, source, is_by_hand=False)


def build_state(row: ActionState) -> StateLine:
    """Return a state as it is read."""
    return StateLine(
        version=row.version,
        status=row.status,
        status_text=str(ActionStatus(row.status).label),
        owner=row.owner,
        evidence=row.evidence,
        evidence_address=row.evidence_address,
        set_at=row.set_at,
        set_by=str(row.set_by or ""),
    )


def by_focus(cards: list[ActionCard]) -> tuple[Focus, ...]:
    """Return actions by the focus of the agenda that they belong to."""
    found: dict[int, list[ActionCard]] = defaultdict(list)
    for card in cards:
        found[card.focus].append(card)
    return tuple(
        Focus(number, str(FOCUSES[number]), tuple(found[number])) for number in sorted(found)
    )


def list_target_lines() -> tuple[TargetLine, ...]:
    """Return every target that stands with its names; two queries."""
    names = {PROVINCE: _("Drenthe"), **dict(Municipality.objects.values_list("code", "name"))}
    return tuple(
        TargetLine(label_of(row.measure), names.get(row.place, row.place), row)
        for row in list_all_targets()
    )


def say_agenda(cards: tuple[ActionCard, ...]) -> str:
    """Return in one sentence how the actions stand."""
    if not cards:
        return _("No agenda has been loaded yet.")
    count = dict.fromkeys(ActionStatus, 0)
    for card in cards:
        count[ActionStatus(card.state.status) if card.state else ActionStatus.UNKNOWN] += 1
    return _(
        "Of %(all)s actions %(done)s are done, %(running)s are under way and of %(unknown)s"
        " nobody told how they stand."
    ) % {
        "all": len(cards),
        "done": count[ActionStatus.DONE],
        "running": count[ActionStatus.RUNNING],
        "unknown": count[ActionStatus.UNKNOWN],
    }


def list_measure_choices() -> list[tuple[str, str]]:
    """Return the measures that may have a target, with their names."""
    return [(row.code, say_label(row)) for row in MEASURES.values() if row.is_public]


def list_place_choices() -> list[tuple[str, str]]:
    """Return the province and its municipalities; one query."""
    rows = Municipality.objects.order_by("name").values_list("code", "name")
    return [(PROVINCE, _("Drenthe")), *rows]
