"""Filling in the questions on a phone: by the link of the mail or at the desk, bit by bit."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import EnterpriseStatus, MemberRole
from dorpen.register.operations import add_member
from ketens.models import ProfileAnswer, ProfileInvitation, ProfileRound, QuestionnaireVersion
from ketens.operations.profile_answers import RoundOver, keep_answer
from ketens.operations.profile_rounds import (
    RoundInThePast,
    RoundsOverlap,
    invite_everybody,
    move_last_day,
    open_round,
)
from ketens.operations.questionnaires import VersionChanged, load_questionnaire, load_shipped
from ketens.queries.profiles.links import make_token
from ketens.queries.profiles.questions import list_shipped
from tests.ketens.profile.street import (
    DAYS,
    NOW,
    WHOLE,
    ask_everybody,
    build_enterprises,
    fill_in,
    invitation_of,
)
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def skip_the_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def bakery() -> Enterprise:
    """A bakery that is asked in a round of today, with a neighbour."""
    bakery, _neighbour = build_enterprises(2)
    today = timezone.localdate()
    ask_everybody(days=(today - timedelta(days=3), today + timedelta(days=3)), now=timezone.now())
    return bakery


def neighbour_of(enterprise: Enterprise) -> Enterprise:
    return Enterprise.objects.exclude(pk=enterprise.pk).get()


def link_of(enterprise: Enterprise, *step: str) -> str:
    token = make_token(invitation_of(enterprise).pk)
    return reverse("profile:step" if step else "profile:start", args=[token, *step])


def send(client: Client, address: str, *chosen: str) -> Any:
    return client.post(address, {"answer": list(chosen)})


def test_somebody_without_an_account_fills_it_in_a_step_at_a_time(bakery: Enterprise):
    visitor = Client()
    start = visitor.get(link_of(bakery))
    assert start.status_code == 200
    assert bakery.trade_name in start.content.decode()
    assert start.headers["Cache-Control"].find("no-store") >= 0
    address = link_of(bakery, "drives")
    assert address in start.content.decode()
    for number, (question, chosen) in enumerate(WHOLE.items(), start=1):
        page = visitor.get(address)
        assert page.status_code == 200
        assert f'value="{chosen[0]}"' in page.content.decode()
        assert re.search(rf"<progress[^>]* value=\"{number - 1}\"", page.content.decode())
        assert address.endswith(f"/{question}/")
        answer = send(visitor, address, *chosen)
        assert answer.status_code == 302
        address = answer["Location"]
    assert address == link_of(bakery)
    invitation = invitation_of(bakery)
    assert invitation.current == WHOLE
    assert invitation.completed_at is not None
    assert ProfileAnswer.objects.filter(answered_by=None).count() == len(WHOLE)


def test_after_a_lost_connection_the_same_answer_is_written_once(bakery: Enterprise):
    visitor, address = Client(), link_of(bakery, "dimensions")
    for _again in range(3):
        assert send(visitor, address, "work").status_code == 302
    assert ProfileAnswer.objects.count() == 1
    # On another phone, a day later: it goes on where it stopped.
    other = Client().get(link_of(bakery)).content.decode()
    assert link_of(bakery, "drives") in other
    assert ProfileInvitation.objects.exclude(current={}).count() == 1


def test_another_answer_is_a_new_version_and_the_old_one_stays(bakery: Enterprise):
    visitor = Client()
    send(visitor, link_of(bakery, "stance"), "regular")
    send(visitor, link_of(bakery, "stance"), "impact_second")
    rows = ProfileAnswer.objects.order_by("version").values_list("version", "chosen")
    assert list(rows) == [(1, ["regular"]), (2, ["impact_second"])]
    assert invitation_of(bakery).current == {"stance": ["impact_second"]}
    for change in (
        lambda: ProfileAnswer.objects.update(chosen=[]),
        ProfileAnswer.objects.all().delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("stance", []),
        ("stance", ["impact_first", "regular"]),
        ("support", ["finance", "none"]),
        ("sdg_targets", ["8.2", "8.3", "8.5", "8.6", "10.2", "12.3"]),
        ("people", ["Jan en Piet"]),
    ],
)
def test_a_wrong_answer_is_asked_again_and_what_was_chosen_stays(
    bakery: Enterprise, question: str, chosen: list[str]
):
    answer = send(Client(), link_of(bakery, question), *chosen)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    known = [key for key in chosen if f'value="{key}"' in page]
    assert all(f'value="{key}" checked' in page for key in known)
    assert not ProfileAnswer.objects.exists()
    assert invitation_of(bakery).current == {}


def test_a_made_up_link_and_another_enterprise_open_nothing(bakery: Enterprise):
    other = neighbour_of(bakery)
    own, theirs = make_token(invitation_of(bakery).pk), make_token(invitation_of(other).pk)
    forged = theirs.split(":")[0] + ":" + own.split(":")[1]
    visitor = Client()
    for token in (forged, "1", "x:y", own + "x"):
        assert visitor.get(reverse("profile:start", args=[token])).status_code == 404
        address = reverse("profile:step", args=[token, "stance"])
        assert send(visitor, address, "regular").status_code == 404
    assert send(visitor, link_of(bakery, "no-such-question"), "regular").status_code == 404
    assert not ProfileAnswer.objects.exists()


def test_a_link_tells_no_answers_once_the_round_is_over(bakery: Enterprise):
    """Mails lie about for years; what was said about people and hours does not."""
    visitor = Client()
    send(visitor, link_of(bakery, "people"), "2_4")
    heading = 'id="answers"'
    assert heading in visitor.get(link_of(bakery)).content.decode()
    past = timezone.localdate() - timedelta(days=1)
    ProfileRound.objects.update(last_day=past)
    assert heading not in visitor.get(link_of(bakery)).content.decode()
    step = visitor.get(link_of(bakery, "people"))
    assert (step.status_code, heading in step.content.decode()) == (410, False)
    owner = sign_in(bakery, MemberRole.OWNER)
    assert heading in owner.get(reverse("chain_desk:profile")).content.decode()


def test_a_suspended_enterprise_is_not_asked(bakery: Enterprise):
    Enterprise.objects.filter(pk=bakery.pk).update(status=EnterpriseStatus.SUSPENDED)
    assert Client().get(link_of(bakery)).status_code == 404
    assert send(Client(), link_of(bakery, "stance"), "regular").status_code == 404
    assert not ProfileAnswer.objects.exists()


def sign_in(enterprise: Enterprise, role: MemberRole) -> Client:
    user = User.objects.create_user(f"{enterprise.slug}-{role}@example.nl")
    add_member(enterprise=enterprise, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def test_the_owner_fills_in_his_own_at_the_desk_and_a_helper_does_not(bakery: Enterprise):
    owner = sign_in(bakery, MemberRole.OWNER)
    assert (
        reverse("chain_desk:profile") in owner.get(reverse("chain_desk:overview")).content.decode()
    )
    assert owner.get(reverse("chain_desk:profile")).status_code == 200
    answer = send(owner, reverse("chain_desk:profile_step", args=["drives"]), "society")
    assert answer["Location"] == reverse("chain_desk:profile_step", args=["dimensions"])
    assert invitation_of(bakery).current == {"drives": ["society"]}
    assert invitation_of(neighbour_of(bakery)).current == {}
    assert ProfileAnswer.objects.get().answered_by is not None
    helper = sign_in(bakery, MemberRole.HELPER)
    assert helper.get(reverse("chain_desk:profile")).status_code == 404
    address = reverse("chain_desk:profile_step", args=["stance"])
    assert send(helper, address, "regular").status_code == 404
    assert ProfileAnswer.objects.count() == 1


def test_after_the_last_day_nothing_is_taken_and_everything_is_kept():
    (bakery,) = build_enterprises(1)
    ask_everybody()
    fill_in(bakery, only=("stance", "measuring"))
    page = Client().get(link_of(bakery))
    assert page.status_code == 200
    answer = send(Client(), link_of(bakery, "drives"), "society")
    assert answer.status_code == 410
    assert set(invitation_of(bakery).current) == {"stance", "measuring"}
    late = datetime(2026, 9, 30, 21, 59, tzinfo=NOW.tzinfo)
    keep_answer(
        invitation=invitation_of(bakery), question="drives", chosen=["society"], user=None, now=late
    )
    with pytest.raises(RoundOver):
        keep_answer(
            invitation=invitation_of(bakery),
            question="drives",
            chosen=["none"],
            user=None,
            now=late + timedelta(minutes=2),
        )
    assert invitation_of(bakery).current["drives"] == ["society"]


def test_pages_ask_little_of_the_database(bakery: Enterprise):
    send(Client(), link_of(bakery, "stance"), "regular")
    for address in (link_of(bakery), link_of(bakery, "support")):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Client().get(address)
        assert len(asked) == 1


def test_one_round_runs_at_a_time_and_newcomers_are_asked():
    build_enterprises(2)
    first = ask_everybody()
    with pytest.raises(RoundsOverlap):
        ask_everybody("Nog een", days=(date(2026, 9, 30), date(2026, 10, 2)))
    with pytest.raises(RoundsOverlap):
        ask_everybody("Nulmeting", days=(date(2026, 11, 1), date(2026, 11, 2)))
    for days in ((date(2026, 10, 5), date(2026, 10, 1)), (date(2026, 8, 1), date(2026, 8, 31))):
        with pytest.raises(RoundInThePast):
            open_round(
                title="X", days=days, questionnaire=load_shipped(now=NOW), user=None, now=NOW
            )
    assert first.invitations.count() == 2
    build_enterprises(1, municipality="Emmen")
    assert invite_everybody(profile_round=first, now=NOW) == 1
    assert invite_everybody(profile_round=first, now=NOW) == 0


def test_the_last_day_moves_but_not_into_the_past_or_another_round():
    build_enterprises(1)
    first = ask_everybody()
    ask_everybody("Najaar", days=(date(2026, 10, 10), date(2026, 10, 20)))
    move_last_day(profile_round=first, last_day=date(2026, 10, 9), now=NOW)
    with pytest.raises(RoundsOverlap):
        move_last_day(profile_round=first, last_day=date(2026, 10, 10), now=NOW)
    with pytest.raises(RoundInThePast):
        move_last_day(profile_round=first, last_day=DAYS[0] - timedelta(days=1), now=NOW)
    with pytest.raises(RoundInThePast):
        move_last_day(profile_round=first, last_day=date(2026, 12, 1), now=NOW + timedelta(days=60))
    first.refresh_from_db()
    assert first.last_day == date(2026, 10, 9)


def test_a_version_that_was_asked_keeps_its_words():
    version = load_shipped(now=NOW)
    assert load_shipped(now=NOW, version=1) == version
    changed = {**list_shipped()[-1], "source": "iets anders"}
    with pytest.raises(VersionChanged):
        load_questionnaire(content=changed, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionnaireVersion.objects.update(content=changed)
    assert QuestionnaireVersion.objects.get().content["source"] != "iets anders"
