"""The agenda's actions are loaded as they are written; what is told about them is kept."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction

from ketens.domain.monitor import MEASURES
from ketens.models import ActionState, ActionStatus, AgendaAction, HandCount, NoteSubject, StaffNote
from ketens.operations.agenda import (
    CountDraft,
    StateChanged,
    StateDraft,
    StateRefused,
    count_by_hand,
    load_agenda,
    tell_state,
)
from ketens.operations.notes import NoteRefused, write_note
from ketens.queries.notes import list_notes
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
FOLDER: Path = settings.PROJECT_DIR / "fixtures" / "reference" / "agenda"
RUNNING = StateDraft(ActionStatus.RUNNING, "Team economie", "Drie bijeenkomsten gehouden")


def action() -> AgendaAction:
    load_agenda(folder=FOLDER)
    return AgendaAction.objects.get(pk="ketens")


def test_every_line_of_the_agenda_has_results_for_2022_and_2024_and_the_new_ones_are_proposals():
    call_command("load_agenda", stdout=StringIO())
    old = AgendaAction.objects.filter(is_proposal=False)
    new = AgendaAction.objects.filter(is_proposal=True)
    themes = {"1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3"}
    assert (old.count(), {row.theme for row in old}) == (13, themes)
    assert {tuple(row.results) for row in old} == {("2022", "2024")}
    assert {row.theme for row in new} == themes
    assert {tuple(row.results) for row in new} == {("2028", "2030")}
    assert {(row.first_year, row.last_year) for row in new} == {(2026, 2030)}
    assert all("actie " + row.theme in row.source for row in [*old, *new])


def test_every_indicator_is_a_measure_of_the_monitor_or_counted_by_hand():
    load_agenda(folder=FOLDER)
    for row in AgendaAction.objects.all():
        assert row.indicators
        for indicator in row.indicators:
            assert ("by_hand" in indicator) != (indicator["code"] in MEASURES), indicator


def test_an_unknown_indicator_is_no_agenda(tmp_path: Path):
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_text(path.read_text())
    told = yaml.safe_load((FOLDER / "history.yaml").read_text())
    told["actions"][0]["indicators"] = ["geluk"]
    (tmp_path / "history.yaml").write_text(yaml.safe_dump(told))
    with pytest.raises(KeyError, match="geluk"):
        load_agenda(folder=tmp_path)
    assert not AgendaAction.objects.exists()


def test_loading_again_keeps_what_was_told():
    row = action()
    tell_state(action=row, draft=RUNNING, seen_version=0, user=None, now=NOW)
    assert load_agenda(folder=FOLDER) == AgendaAction.objects.count()
    assert ActionState.objects.get().owner == "Team economie"


def test_a_state_is_a_version_and_two_who_tell_at_once_see_it():
    row = action()
    tell_state(action=row, draft=RUNNING, seen_version=0, user=None, now=NOW)
    done = replace(RUNNING, status=ActionStatus.DONE)
    tell_state(action=row, draft=done, seen_version=1, user=None, now=NOW)
    with pytest.raises(StateChanged):
        tell_state(action=row, draft=RUNNING, seen_version=1, user=None, now=NOW)
    assert [state.status for state in row.states.all()] == ["done", "running"]
    with pytest.raises(DatabaseError), transaction.atomic():
        ActionState.objects.update(status="stopped")


def test_a_state_has_an_owner_and_what_is_done_has_evidence():
    row = action()
    for draft, reason in [
        (replace(RUNNING, owner=" "), "no_owner"),
        (StateDraft(ActionStatus.DONE, "Team economie"), "no_evidence"),
    ]:
        with pytest.raises(StateRefused, match=reason):
            tell_state(action=row, draft=draft, seen_version=0, user=None, now=NOW)
    assert not ActionState.objects.exists()


def test_a_number_counted_by_hand_has_a_source_and_a_version():
    load_agenda(folder=FOLDER)
    draft = CountDraft("referrals", 2024, Decimal(12), "Jaarverslag IBDO 2024, blz. 8")
    count_by_hand(draft=draft, seen_version=0, user=None, now=NOW)
    better = replace(draft, value=Decimal(14))
    count_by_hand(draft=better, seen_version=1, user=None, now=NOW)
    with pytest.raises(StateChanged):
        count_by_hand(draft=draft, seen_version=1, user=None, now=NOW)
    for wrong, reason in [
        (replace(draft, source=""), "no_source"),
        (replace(draft, value=Decimal(-1)), "below_nothing"),
        (replace(draft, indicator="food_waste_g"), "no_such_indicator"),
    ]:
        with pytest.raises(StateRefused, match=reason):
            count_by_hand(draft=wrong, seen_version=0, user=None, now=NOW)
    assert [int(row.value) for row in HandCount.objects.all()] == [14, 12]
    with pytest.raises(DatabaseError), transaction.atomic():
        HandCount.objects.all().delete()


def test_a_note_is_added_and_never_edited():
    analyst = User.objects.create_user("analist@example.nl", name="Anna")
    for number, text in enumerate(["Bakker was ziek", "Weer beter"]):
        write_note(
            subject=NoteSubject.CHAIN,
            subject_key="brood",
            text=text,
            user=analyst,
            now=NOW.replace(hour=10 + number),
        )
    with pytest.raises(NoteRefused, match="empty"):
        write_note(subject=NoteSubject.CHAIN, subject_key="brood", text=" ", user=analyst, now=NOW)
    with pytest.raises(NoteRefused, match="too_long"):
        write_note(
            subject=NoteSubject.CHAIN, subject_key="brood", text="a" * 2001, user=analyst, now=NOW
        )
    assert [note.text for note in list_notes(NoteSubject.CHAIN, "brood")] == [
        "Weer beter",
        "Bakker was ziek",
    ]
    assert list_notes(NoteSubject.CHAIN, "vlees") == ()
    with pytest.raises(DatabaseError), transaction.atomic():
        StaffNote.objects.update(text="anders")
