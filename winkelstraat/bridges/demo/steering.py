"""Let the demo's analyst set targets, tell how actions stand, and look at the signals."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ketens.domain.signals import Rule
from ketens.domain.targets import Basis, Better
from ketens.domain.work import months_later
from ketens.models import (
    ActionState,
    ActionStatus,
    AgendaAction,
    Baseline,
    CoverageDay,
    NoteSubject,
    Signal,
    SignalStatus,
    SignalStep,
    StaffNote,
    Target,
)
from ketens.operations.agenda import StateDraft, tell_state
from ketens.operations.baselines import NothingToFreeze, freeze_baseline
from ketens.operations.notes import write_note
from ketens.operations.reports import draw_report
from ketens.operations.signals import find_signals, move_signal
from ketens.operations.targets import TargetDraft, set_target
from ketens.queries.steering.baseline_amounts import get_baseline_amount
from winkelstraat.accounts.models import Role, RoleGrant, User
from winkelstraat.bridges.demo.stories import Story, read_steering
from winkelstraat.bridges.demo.world import World
from winkelstraat.common.printing import PdfNotPossible


def steer(world: World) -> Iterator[str]:
    """Set what staff set, once; yield a line for each kind."""
    told = read_steering()
    grant = RoleGrant.objects.filter(role=Role.PROVINCE_ANALYST).select_related("user").first()
    analyst = grant.user if grant else None
    baseline = find_baseline(world, told["baseline"], analyst)
    count = sum(
        make_target(world, row, baseline, told["source"], analyst) for row in told["targets"]
    )
    yield f"{count} targets"
    yield f"{sum(make_state(world, row, analyst) for row in told['states'])} actions told"
    yield f"{find_signals(now=world.now)} signals"
    if analyst is not None:
        note_and_close(world, told, analyst)
    try:
        draw_report(year=world.now.year, user=analyst, now=world.now, tell=lambda *_words: None)
    except PdfNotPossible:
        yield "no yearly report: Pango is not installed"
    else:
        yield "the yearly report is drawn"


def find_baseline(world: World, row: Story, analyst: User | None) -> Baseline | None:
    """Return the newest baseline, freezing the first months of the demo when there is none."""
    known = Baseline.objects.order_by("-frozen_at").first()
    first = CoverageDay.objects.order_by("day").values_list("day", flat=True).first()
    if known is not None or first is None:
        return known
    begin = first if first.day <= 14 else months_later(first, 1)
    last = min(
        months_later(begin, row["months"]) - timedelta(days=1),
        world.now.date() - timedelta(days=1),
    )
    try:
        return freeze_baseline(
            title=row["title"], first_day=begin, last_day=last, user=analyst, now=world.now
        )
    except NothingToFreeze:
        return None


def make_target(
    world: World, row: Story, baseline: Baseline | None, source: str, analyst: User | None
) -> int:
    """Set a target as a change since the baseline, when that is known of its measure."""
    which = {"measure": row["measure"], "place": row["place"], "year": row["year"]}
    if baseline is None or Target.objects.filter(**which).exists():
        return 0
    amount = get_baseline_amount(row["measure"], row["place"], baseline)
    if amount is None:
        return 0
    draft = TargetDraft(
        **which,
        value=Decimal(row["value"]),
        better=Better(row["better"]),
        basis=Basis.CHANGE,
        baseline=baseline,
        baseline_amount=amount,
        source=source,
    )
    set_target(draft=draft, seen_version=0, user=analyst, now=world.now)
    return 1


def make_state(world: World, row: Story, analyst: User | None) -> int:
    """Tell how an action stands."""
    action = AgendaAction.objects.filter(pk=row["action"]).first()
    if action is None or ActionState.objects.filter(action=action).exists():
        return 0
    draft = StateDraft(ActionStatus(row["status"]), row["owner"], row.get("evidence", ""))
    tell_state(action=action, draft=draft, seen_version=0, user=analyst, now=world.now)
    return 1


def note_and_close(world: World, told: dict[str, Any], analyst: User) -> None:
    """Write the notes, and close one silence with a reason."""
    for row in () if StaffNote.objects.exists() else told["notes"]:
        write_note(
            subject=NoteSubject(row["subject"]),
            subject_key=row["key"],
            text=row["text"],
            user=analyst,
            now=world.now,
        )
    silent = Signal.objects.filter(rule=Rule.SILENCE.value).order_by("pk").first()
    if silent is not None and not SignalStep.objects.exists():
        for status in (SignalStatus.SEEN, SignalStatus.CLOSED):
            reason = told["closing"] if status is SignalStatus.CLOSED else ""
            move_signal(signal=silent, status=status, reason=reason, user=analyst, now=world.now)
