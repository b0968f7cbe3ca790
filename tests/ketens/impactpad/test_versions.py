"""Every edit is kept; two people at once see each other; nothing half-filled is refused."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from ketens.domain.impactpad.checks import PadRefused
from ketens.domain.impactpad.content import Pad, Section, read_pad
from ketens.models import ImpactPad, PadPublication, PadVersion
from ketens.operations.impactpad import (
    Edit,
    NoSuchVersion,
    NotReady,
    PadCollision,
    publish_pad,
    restore_version,
    save_section,
    take_down_pad,
)
from tests.builders import build_enterprise
from tests.ketens.impactpad.pads import GOALS, MISSION, STEPS
from tests.ketens.impactpad.writing import NOW, newest, person, publish, write

pytestmark = pytest.mark.django_db


def save(enterprise, section: Section, content, base: int, name: str = "Anna"):
    edit = Edit(section, content, base)
    return save_section(enterprise=enterprise, edit=edit, user=person(name), now=NOW)


def test_every_edit_is_a_version_with_who_and_when_and_the_same_again_is_none():
    bakery = build_enterprise()
    first = save(bakery, Section.MISSION, MISSION, 0)
    assert (first.number, first.section, first.saved_by.name, first.saved_at) == (
        1, "mission", "Anna", NOW,
    )  # fmt: skip
    assert save(bakery, Section.MISSION, MISSION, 1) == first
    second = save(bakery, Section.MISSION, replace(MISSION, problem="Anders."), 1)
    assert second.number == 2
    assert read_pad(PadVersion.objects.get(number=1).content).mission == MISSION


def test_a_half_written_pad_is_kept():
    bakery = build_enterprise()
    save(bakery, Section.MISSION, replace(MISSION, problem="", stance=""), 0)
    assert read_pad(PadVersion.objects.get().content) != Pad()


def test_two_people_in_one_part_see_each_other_and_nothing_is_overwritten():
    bakery = build_enterprise()
    save(bakery, Section.MISSION, MISSION, 0)
    theirs = save(bakery, Section.MISSION, replace(MISSION, problem="Van Bram."), 1, "Bram")
    with pytest.raises(PadCollision) as collision:
        save(bakery, Section.MISSION, replace(MISSION, problem="Van Anna."), 1)
    assert collision.value.theirs == theirs
    assert newest(bakery) == 2
    mended = save(bakery, Section.MISSION, replace(MISSION, problem="Van beiden."), 2)
    assert mended.number == 3


def test_two_people_in_two_parts_do_not_hinder_each_other():
    bakery = build_enterprise()
    save(bakery, Section.MISSION, MISSION, 0)
    save(bakery, Section.STEPS, STEPS, 1, "Bram")
    goals = tuple(replace(goal, indicator="") for goal in GOALS)
    third = save(bakery, Section.GOALS, goals, 1)
    pad = read_pad(third.content)
    assert (pad.mission, pad.goals, pad.steps) == (MISSION, goals, STEPS)


def test_a_step_that_a_link_hangs_on_is_not_taken_away():
    bakery = build_enterprise()
    write(bakery)
    before = newest(bakery)
    with pytest.raises(PadRefused, match="step_in_use"):
        save(bakery, Section.STEPS, STEPS[:3], before)
    assert newest(bakery) == before


def test_an_earlier_version_is_put_back_as_a_new_one():
    bakery = build_enterprise()
    save(bakery, Section.MISSION, MISSION, 0)
    save(bakery, Section.MISSION, replace(MISSION, mission="Mis."), 1)
    back = restore_version(enterprise=bakery, number=1, user=person(), now=NOW)
    assert (back.number, back.restores) == (3, 1)
    assert read_pad(back.content).mission == MISSION
    with pytest.raises(NoSuchVersion):
        restore_version(enterprise=build_enterprise(), number=1, user=None, now=NOW)


def test_the_database_refuses_to_edit_or_delete_a_version_or_a_publication():
    bakery = build_enterprise()
    write(bakery)
    publish(bakery)
    for rows in (PadVersion.objects.all(), PadPublication.objects.all()):
        for change in (lambda rows=rows: rows.delete(), lambda rows=rows: rows.update(pad=1)):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    assert ImpactPad.objects.get().versions.count() == newest(bakery)


def test_only_what_was_looked_at_is_published():
    bakery = build_enterprise()
    write(bakery)
    with pytest.raises(NoSuchVersion):
        publish_pad(enterprise=bakery, number=newest(bakery) - 1, user=None, now=NOW)
    assert not PadPublication.objects.exists()
    assert publish(bakery).version.number == newest(bakery)
    take_down_pad(enterprise=bakery, user=person(), now=NOW)
    take_down_pad(enterprise=bakery, user=person(), now=NOW)
    assert [row.version_id is None for row in PadPublication.objects.all()] == [True, False]


def test_what_level_one_misses_or_nothing_proves_is_not_published():
    bakery = build_enterprise()
    save(bakery, Section.MISSION, replace(MISSION, mission="Wij bakken duurzaam."), 0)
    with pytest.raises(NotReady) as refused:
        publish(bakery)
    assert [one.code for one in refused.value.lacks] == ["few_goals"]
    assert {one.rule for one in refused.value.faults} == {"C01", "C02"}
    assert not PadPublication.objects.exists()
