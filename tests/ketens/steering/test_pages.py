"""Agenda and targets are public; signals and notes are for staff, and nobody else sees a page."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ketens.models import ActionState, HandCount, NoteSubject, Signal, SignalStep, StaffNote, Target
from ketens.operations.agenda import load_agenda
from ketens.operations.signals import find_signals
from tests.ketens.steering.books import NOW, three_months
from tests.ketens.steering.test_signals import baseline
from winkelstraat.accounts.models import Role, RoleGrant, User

pytestmark = pytest.mark.django_db

FOLDER: Path = settings.PROJECT_DIR / "fixtures" / "reference" / "agenda"
SOME_DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _agenda(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    load_agenda(folder=FOLDER)


def signed_in(role: Role | None = Role.PROVINCE_ANALYST) -> Client:
    user = User.objects.create_user(f"{role or 'bewoner'}@example.nl", name="Anna")
    if role:
        RoleGrant.objects.create(user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def test_everybody_reads_the_agenda_in_few_queries(client: Client, django_assert_num_queries):
    with django_assert_num_queries(6):
        page = client.get("/monitor/agenda/")
    text = page.content.decode()
    assert "Lokale impactketens" in text
    assert "voorstel" in text
    assert "Stel een doel" not in text
    assert 'aria-current="page"' in text


def test_an_action_shows_what_was_promised_and_the_forms_to_staff_only(
    client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(7):
        text = client.get("/monitor/agenda/ketens/").content.decode()
    assert "In meerdere dorpskernen zijn impactketens ontwikkeld." in text
    assert "/monitor/agenda/ketens/stand/" not in text
    assert (
        "Vertel hoe het ervoor staat" in signed_in().get("/monitor/agenda/ketens/").content.decode()
    )
    assert client.get("/monitor/agenda/bestaat-niet/").status_code == 404


def test_staff_tell_how_it_stands_and_a_collision_keeps_what_was_typed():
    staff = signed_in()
    told = {"seen": 0, "status": "running", "owner": "Team economie", "evidence": "Drie dorpen"}
    assert staff.post("/monitor/agenda/ketens/stand/", told).status_code == 302
    other = {**told, "status": "done", "evidence": "Twaalf dorpen"}
    page = staff.post("/monitor/agenda/ketens/stand/", other)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Iemand anders legde iets vast" in text
    assert "Twaalf dorpen</textarea>" in text
    assert "Drie dorpen" in text
    assert 'name="seen" value="1"' in text
    assert ActionState.objects.count() == 1
    assert staff.post("/monitor/agenda/ketens/stand/", {**other, "seen": 1}).status_code == 302
    public = Client().get("/monitor/agenda/ketens/").content.decode()
    assert "Twaalf dorpen" in public
    assert "Anna" not in public


def test_done_without_evidence_says_what_to_do_next():
    told = {"seen": 0, "status": "done", "owner": "Team economie"}
    page = signed_in().post("/monitor/agenda/ketens/stand/", told)
    assert page.status_code == 422
    assert "Schrijf waaruit blijkt dat het klaar is" in page.content.decode()
    assert not ActionState.objects.exists()


def test_a_hand_count_is_told_with_its_source_and_a_second_one_asks_once_more():
    staff = signed_in(Role.PLATFORM_STAFF)
    told = {"indicator": "referrals", "year": 2024, "value": "12", "source": "IBDO", "seen": 0}
    assert staff.post("/monitor/agenda/loketten/telling/", told).status_code == 302
    again = {**told, "value": "14"}
    page = staff.post("/monitor/agenda/loketten/telling/", again)
    assert page.status_code == 422
    assert "Voor dat jaar is eerder 12 vastgelegd (IBDO)" in page.content.decode()
    assert 'value="14"' in page.content.decode()
    assert staff.post("/monitor/agenda/loketten/telling/", {**again, "seen": 1}).status_code == 302
    assert [int(row.value) for row in HandCount.objects.all()] == [14, 12]
    assert "14 (2024)" in Client().get("/monitor/agenda/").content.decode()


def test_staff_set_a_target_from_a_baseline_that_is_known():
    three_months(1200, 1240, 1290)
    start = baseline()
    staff = signed_in()
    told = {
        "seen": 0,
        "measure": "food_waste_g",
        "place": "PV22",
        "year": 2028,
        "basis": "change",
        "value": "-20",
        "better": "lower",
        "baseline": start.pk,
        "source": "Voorstel van de straat",
    }
    assert staff.post("/monitor/agenda/doel/", told).status_code == 302
    assert Target.objects.get().baseline_amount == Decimal(40)
    text = Client().get("/monitor/agenda/").content.decode()
    assert "20% minder in 2028 dan in ‘Nulmeting’" in text
    page = staff.get("/monitor/agenda/doel/?measure=food_waste_g&place=PV22&year=2028")
    assert "20% minder in 2028" in page.content.decode()
    assert 'name="seen" value="1"' in page.content.decode()
    unknown = {**told, "measure": "consumer_metres"}
    page = staff.post("/monitor/agenda/doel/", unknown)
    assert page.status_code == 422
    assert "voor die nulmeting niet bekend" in page.content.decode()
    changed = {**told, "value": "-30", "reason": "Staten"}
    page = staff.post("/monitor/agenda/doel/", changed)
    assert page.status_code == 422
    assert "Iemand anders legde iets vast" in page.content.decode()
    assert Target.objects.count() == 1


@pytest.mark.parametrize("query", ["?measure=x&place=y&year=z", "?year=2028", "?measure=goods_g"])
def test_a_target_that_is_half_named_is_a_new_one(query: str):
    assert signed_in().get(f"/monitor/agenda/doel/{query}").status_code == 200


STAFF_PAGES = [
    "/monitor/aantekeningen/",
    "/monitor/signalen/",
    "/monitor/signalen/{signal}/",
    "/monitor/aantekeningen/signal/{signal}/",
    "/monitor/aantekeningen/place/GM1699/",
    "/monitor/agenda/doel/",
]
STAFF_POSTS = [
    ("/monitor/signalen/{signal}/stap/", {"status": "closed", "reason": "weg"}),
    ("/monitor/aantekeningen/signal/{signal}/erbij/", {"text": "weg"}),
    ("/monitor/agenda/ketens/stand/", {"seen": 0, "status": "stopped", "owner": "ik"}),
    (
        "/monitor/agenda/loketten/telling/",
        {"indicator": "referrals", "year": 2024, "value": 1, "source": "ik", "seen": 0},
    ),
    (
        "/monitor/agenda/doel/",
        {"seen": 0, "measure": "goods_g", "place": "PV22", "year": 2028, "basis": "amount"},
    ),
]


def one_signal() -> Signal:
    three_months(1000, 1200, 1500)
    find_signals(now=NOW)
    row = Signal.objects.filter(place="GM1699", product_group="").first()
    assert row is not None
    return row


@pytest.mark.parametrize("role", [None, Role.SOCIAL_RETURN_COORDINATOR, Role.MUNICIPAL_BUYER])
def test_to_everybody_else_a_staff_page_is_no_page_and_nothing_changes(role: Role | None):
    row = one_signal()
    outsider = signed_in(role)
    for path in STAFF_PAGES:
        assert outsider.get(path.format(signal=row.public_id)).status_code == 404, path
        guest = Client().get(path.format(signal=row.public_id))
        assert guest.status_code == 302, path
        assert "inloggen" in guest.url or "login" in guest.url
    for path, fields in STAFF_POSTS:
        assert outsider.post(path.format(signal=row.public_id), fields).status_code == 404, path
    for model in (SignalStep, StaffNote, ActionState, HandCount, Target):
        assert not model.objects.exists()


def test_staff_read_a_signal_close_it_with_a_reason_and_note_what_they_think(
    django_assert_max_num_queries,
):
    row = one_signal()
    staff = signed_in()
    path = f"/monitor/signalen/{row.public_id}/"
    text = staff.get("/monitor/signalen/").content.decode()
    assert "In Noordenveld stijgt de voedselverspilling." in text
    with django_assert_max_num_queries(12):
        text = staff.get(path).content.decode()
    assert "33 g per dag" in text
    assert row.digest in text
    figure = "/monitor/live/voedselverspilling/gemeente/noordenveld/"
    assert figure in text
    assert staff.get(figure).status_code == 200
    page = staff.post(f"{path}stap/", {"status": "closed", "reason": ""})
    assert page.status_code == 422
    assert "Schrijf waarom" in page.content.decode()
    staff.post(f"{path}stap/", {"status": "closed", "reason": "Oven gemaakt"})
    note = f"/monitor/aantekeningen/signal/{row.public_id}/erbij/"
    answer = staff.post(note, {"text": "Bakker gebeld", "back": path})
    assert answer.url == path
    assert staff.post(note, {"text": "x", "back": "https://elders.example/"}).url.startswith("/")
    assert staff.post(note, {"text": " "}).status_code == 422
    text = staff.get(path).content.decode()
    assert "Oven gemaakt" in text
    assert "Bakker gebeld" in text
    assert StaffNote.objects.filter(subject=NoteSubject.SIGNAL).count() == 2


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("figure/food_waste_g", "Voedselverspilling, Drenthe"),
        ("figure/food_waste_g@GM1699", "Voedselverspilling, Noordenveld"),
        ("place/PV22", "Drenthe"),
        ("chain/rogge-brood", "Van rogge tot roggebrood"),
        ("action/ketens", "Lokale impactketens"),
    ],
)
def test_a_note_may_be_about_a_figure_a_place_a_chain_and_an_action(path: str, name: str):
    three_months(0, 0, 0)
    page = signed_in().get(f"/monitor/aantekeningen/{path}/")
    assert page.status_code == 200
    assert name in page.content.decode()


@pytest.mark.parametrize(
    "path",
    ["figure/geluk", "figure/food_waste_g@GM0000", "place/nergens", "chain/x", "signal/x", "god/x"],
)
def test_a_note_about_nothing_is_no_page(path: str):
    staff = signed_in()
    assert staff.get(f"/monitor/aantekeningen/{path}/").status_code == 404
    assert staff.post(f"/monitor/aantekeningen/{path}/erbij/", {"text": "x"}).status_code == 404
    assert not StaffNote.objects.exists()


def test_all_notes_are_listed_with_what_another_may_be_about(django_assert_max_num_queries):
    three_months(0, 0, 0)
    staff = signed_in()
    staff.post("/monitor/aantekeningen/place/GM1699/erbij/", {"text": "Let op de molen"})
    with django_assert_max_num_queries(7):
        text = staff.get("/monitor/aantekeningen/").content.decode()
    assert "Let op de molen" in text
    assert 'href="/monitor/aantekeningen/chain/rogge-brood/"' in text
    assert 'href="/monitor/aantekeningen/figure/food_waste_g/"' in text
