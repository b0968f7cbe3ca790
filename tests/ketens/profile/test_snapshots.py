"""Quarters are written once from dated facts, and released late, hidden and for good."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus
from ketens.domain.movement import Place
from ketens.domain.work import TargetGroup
from ketens.models import (
    ImpactPad,
    LevelClaim,
    LevelStatus,
    PadVersion,
    ProfileRelease,
    ProfileSnapshot,
)
from ketens.operations import add_member, create_chain
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.profile_rounds import invite_newcomers
from ketens.operations.releases import AlreadyReleased, QuarterNotOver
from ketens.operations.snapshots import (
    record_quarter,
    record_quarters,
    release_profile,
    release_profiles,
)
from ketens.queries.profiles.facts import list_known
from ketens.queries.profiles.movement import get_exact_movement, get_moves
from ketens.tasks import keep_profiles
from tests.ketens.profile.street import ask_everybody, build_enterprises, fill_in
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db

SUMMER, AUTUMN = date(2026, 7, 1), date(2026, 10, 1)
OCTOBER = datetime(2026, 10, 2, 4, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 2, 4, tzinfo=UTC)


def place_of(enterprise: Enterprise, quarter: date = SUMMER) -> str:
    return ProfileSnapshot.objects.get(enterprise=enterprise, quarter=quarter).place


def declare(enterprise: Enterprise, *months: date) -> None:
    for month in months:
        said = Declaration(TargetGroup.NO_BENEFIT, month, Decimal(40), 1)
        declare_hours(employer=enterprise, declaration=said, user=None, now=OCTOBER)


def test_every_quarter_since_the_first_enterprise_is_written_once():
    build_enterprises(2)
    assert record_quarters(now=OCTOBER) == 3
    assert record_quarters(now=OCTOBER) == 0
    assert ProfileSnapshot.objects.filter(quarter=SUMMER).count() == 2
    with pytest.raises(AlreadyReleased):
        record_quarter(quarter=SUMMER, now=OCTOBER)
    with pytest.raises(QuarterNotOver):
        record_quarter(quarter=AUTUMN, now=OCTOBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileSnapshot.objects.update(place="leader")


def test_only_what_happened_before_the_end_of_the_quarter_counts():
    early, late = build_enterprises(2, stance="impact_second")
    ask_everybody(days=(date(2026, 9, 1), date(2026, 10, 20)))
    fill_in(early, now=datetime(2026, 9, 30, 21, 30, tzinfo=UTC))
    # Half past midnight in Drenthe is the next quarter, though London still has September.
    fill_in(late, now=datetime(2026, 9, 30, 22, 30, tzinfo=UTC))
    record_quarters(now=OCTOBER)
    assert place_of(early) == Place.LEADER
    assert place_of(late) == Place.FOLLOWER


def test_own_counts_in_two_months_of_the_year_make_a_leader_of_who_has_an_aim():
    two, one, none, no_aim = build_enterprises(4, stance="impact_first")
    Enterprise.objects.filter(pk=no_aim.pk).update(impact_stance="regular")
    declare(two, date(2026, 7, 1), date(2026, 9, 1))
    declare(one, date(2026, 9, 1))
    declare(none, date(2025, 8, 1), date(2025, 9, 1))
    declare(no_aim, date(2026, 7, 1), date(2026, 8, 1))
    record_quarters(now=OCTOBER)
    assert place_of(two) == Place.LEADER
    assert place_of(one) == Place.FOLLOWER
    assert place_of(none) == Place.FOLLOWER
    assert place_of(no_aim) == Place.FOLLOWER


def test_a_chain_counts_while_it_runs():
    (bakery,) = build_enterprises(1)
    chain = create_chain(slug="brood", name="Brood", summary="Brood", started_on=date(2026, 5, 1))
    add_member(chain=chain, enterprise=bakery, role="maker")
    record_quarters(now=OCTOBER)
    places = dict(ProfileSnapshot.objects.values_list("quarter", "place"))
    assert places == {
        date(2026, 1, 1): "peloton",
        date(2026, 4, 1): "follower",
        SUMMER: "follower",
    }
    moves = get_moves("2026-04-01")
    assert moves is not None
    (line,) = moves.lines
    assert line.is_forward
    assert "Brood" in line.reasons[0]


def test_answers_of_the_last_two_rounds_count_and_older_ones_do_not():
    (bakery,) = build_enterprises(1)
    for number, month in enumerate((1, 4, 7)):
        first = datetime(2026, month, 10, 9, tzinfo=UTC)
        days = (first.date(), first.date() + timedelta(days=20))
        ask_everybody(f"Ronde {number}", days=days, now=first)
        if number == 0:
            fill_in(bakery, now=first)
    record_quarters(now=OCTOBER)
    assert place_of(bakery, date(2026, 4, 1)) == Place.LEADER
    assert place_of(bakery, SUMMER) == Place.PELOTON
    assert list_known(on=date(2026, 9, 30))[0].profile.answers == {}


def test_who_left_or_came_is_no_silent_difference():
    stays, leaves = build_enterprises(2)
    record_quarters(now=OCTOBER)
    Enterprise.objects.filter(pk=leaves.pk).update(status=EnterpriseStatus.SUSPENDED)
    record_quarter(quarter=AUTUMN, now=datetime(2027, 1, 3, tzinfo=UTC))
    moves = get_moves()
    assert moves is not None
    assert [(line.name, line.is_forward) for line in moves.lines] == [(leaves.trade_name, False)]
    assert stays.trade_name not in {line.name for line in moves.lines}
    assert get_exact_movement().rows[-1].total_text == "1"


def test_a_release_comes_thirty_days_late_once_and_is_never_edited():
    build_enterprises(6)
    record_quarters(now=OCTOBER)
    with pytest.raises(QuarterNotOver):
        release_profile(quarter=SUMMER, user=None, now=datetime(2026, 10, 30, tzinfo=UTC))
    assert release_profiles(user=None, now=OCTOBER) == 2
    assert release_profiles(user=None, now=NOVEMBER) == 1
    with pytest.raises(AlreadyReleased):
        release_profile(quarter=SUMMER, user=None, now=NOVEMBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileRelease.objects.update(tables={})
    with pytest.raises(DatabaseError), transaction.atomic():
        ProfileRelease.objects.all().delete()


def test_two_releases_cannot_be_subtracted_to_one_enterprise():
    """One more leader in autumn: no shown number moves by one, and hidden ones stay hidden."""
    leaders = build_enterprises(4, stance="impact_first")
    build_enterprises(12, stance="impact_second")
    build_enterprises(14)
    ask_everybody(days=(date(2026, 9, 1), date(2026, 12, 20)))
    for one in leaders:
        fill_in(one)
    record_quarters(now=OCTOBER)
    (newcomer,) = build_enterprises(1, stance="impact_first", municipality="Emmen")
    invite_newcomers(now=NOVEMBER)
    fill_in(newcomer, now=NOVEMBER)
    later = datetime(2027, 2, 2, tzinfo=UTC)
    record_quarters(now=later)
    release_profiles(user=None, now=later)
    before, after = ProfileRelease.objects.filter(quarter__gte=SUMMER).order_by("quarter")
    assert before.tables["place"]["leader"] is None
    # Five may be shown by themselves, but four follow from them then.
    assert after.tables["place"]["leader"] is None
    for name, table in before.tables.items():
        for key, value in table.items():
            now = after.tables[name].get(key)
            if value is not None and now is not None:
                assert (now - value) % 5 == 0
    assert after.tables["support"]["finance"] is None


def test_the_night_asks_newcomers_writes_and_releases_and_does_nothing_twice():
    build_enterprises(6)
    ask_everybody(days=(date(2026, 9, 1), date(2036, 12, 20)))
    build_enterprises(1, municipality="Emmen")
    for _twice in range(2):
        keep_profiles()
    quarters = ProfileSnapshot.objects.values("quarter").distinct().count()
    assert quarters >= 3
    assert ProfileRelease.objects.count() <= quarters
    assert ProfileSnapshot.objects.filter(quarter=SUMMER).count() == 7


def test_a_level_of_the_impactpad_counts_once_it_was_reviewed_and_while_its_proof_holds():
    stands, waits, lapsed, late = build_enterprises(4, stance="impact_second")
    reviewer = User.objects.create_user("nakijker@example.nl")
    august = datetime(2026, 8, 1, tzinfo=UTC)
    rows = (
        (stands, LevelStatus.REVIEWED, None, august),
        (waits, LevelStatus.CLAIMED, None, None),
        (lapsed, LevelStatus.REVIEWED, date(2026, 9, 29), august),
        (late, LevelStatus.REVIEWED, None, OCTOBER),
    )
    for enterprise, status, valid_until, decided_at in rows:
        pad = ImpactPad.objects.create(enterprise=enterprise, started_at=august)
        version = PadVersion.objects.create(pad=pad, number=1, content={}, saved_at=august)
        LevelClaim.objects.create(
            pad=pad,
            version=version,
            level=3,
            proof="meetverslag",
            address="https://voorbeeld.example/meetverslag",
            status=status,
            reason="gezien" if decided_at else "",
            valid_until=valid_until,
            claimed_at=august,
            decided_by=reviewer if decided_at else None,
            decided_at=decided_at,
        )
    record_quarters(now=OCTOBER)
    places = [place_of(one) for one in (stands, waits, lapsed, late)]
    assert places == ["leader", "follower", "follower", "follower"]
