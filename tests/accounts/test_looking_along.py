"""Looking along: reading only, a quarter of an hour, never money, and the person hears of it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path
from django.utils import timezone

from tests.builders import build_listing, build_seller
from winkelstraat import urls
from winkelstraat.accounts.domain.looking import LONGEST, NEVER_SHOWN, is_shown
from winkelstraat.accounts.models import Audited, AuditEntry, LookingAlong, Role, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.accounts.tasks import sweep_looking
from winkelstraat.backoffice.operations import equip_groups

pytestmark = pytest.mark.django_db
BEGIN, STOP = "/cms/meekijken/", "/meekijken/stop/"
REASON = "Zij kan haar mandje niet vinden."
SAMPLES = {
    "int": "1",
    "slug": "a",
    "str": "a",
    "path": "a",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def write(_request: HttpRequest) -> HttpResponse:
    User.objects.create_user("stiekem@example.nl")
    return HttpResponse("geschreven")


# A page that writes although it is only read; its part is one that is shown.
urlpatterns = [
    path("schrijft/", include(([path("", write, name="write")], "delivery"))),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _back_office(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


@pytest.fixture
def janna() -> User:
    return register_person(email="janna@example.nl", name="Janna Veen")


@pytest.fixture
def staff(janna: User) -> Client:
    person = register_person(email="staf@example.nl", name="Staf Bos")
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def begin(staff: Client, **changes: str) -> Any:
    return staff.post(BEGIN, {"email": "janna@example.nl", "reason": REASON, **changes})


def count_rows() -> dict[str, int]:
    """Return how many rows every table has; sessions and traces of the end apart."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return {name: number for name, number in counts.items() if name != "django_session"}


def list_addresses(patterns: Any = None, part: str = "", before: str = "/") -> Iterator[Any]:
    """Yield the full name and a sample address of everything in the URL table."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = str(one.pattern)
        if isinstance(one, URLResolver):
            inside = f"{part}:{one.namespace}".strip(":") if one.namespace else part
            yield from list_addresses(one.url_patterns, inside, before + route)
        elif isinstance(one, URLPattern) and "(" not in before + route and "^" not in route:
            address = re.sub(
                r"<(?:(\w+):)?\w+>", lambda it: SAMPLES[it[1] or "str"], before + route
            )
            yield f"{part}:{one.name}".strip(":"), address


def test_staff_read_as_the_person_with_a_banner_until_they_stop(staff: Client, janna: User):
    assert begin(staff)["Location"] == "/"
    for address in ("/winkels/", "/ketens/", "/bestaat-niet/"):
        page = staff.get(address)
        text = page.content.decode()
        assert "Je kijkt mee met Janna Veen." in text
        assert f'action="{STOP}"' in text
    assert page.status_code == 404
    assert "no-cache" in staff.get("/winkels/")["Cache-Control"]
    assert staff.post(STOP)["Location"] == "/cms/"
    assert "Je kijkt mee" not in staff.get("/winkels/").content.decode()
    assert staff.get("/cms/logboek/").status_code == 200


def test_every_post_of_the_url_table_is_refused_and_nothing_changes(staff: Client):
    build_listing()
    begin(staff)
    before = count_rows()
    addresses = [(name, one) for name, one in list_addresses() if name != "accounts:stop_looking"]
    assert len(addresses) > 250
    for method in ("post", "put", "patch", "delete"):
        some = addresses if method == "post" else addresses[::25]
        for name, address in some:
            answer = getattr(staff, method)(address, {})
            assert answer.status_code == 403, (name, address, answer.status_code)
    assert "Er is niets veranderd." in answer.content.decode()
    assert count_rows() == before


def test_every_page_is_on_the_list_or_refused(staff: Client):
    begin(staff)
    named = dict(list_addresses())
    assert set(named) >= NEVER_SHOWN
    for name, address in named.items():
        if name in ("accounts:stop_looking", "None") or is_shown(name):
            continue
        assert staff.get(address).status_code == 403, (name, address)


def test_money_and_papers_of_the_persons_own_shop_are_not_shown(staff: Client, janna: User):
    seller = build_seller()
    seller.enterprise.memberships.create(user=janna, role="owner")
    begin(staff)
    assert "Bakkerij Oost" in staff.get("/mijn-winkel/").content.decode()
    for address in ("geld/", "geld/facturen/", "geld/facturen/lijst.csv", "mensen/"):
        refused = staff.get(f"/mijn-winkel/{address}")
        assert refused.status_code == 403
        assert "Betalingen, papieren" in refused.content.decode()
    for address in ("/cms/", "/account/email/", "/account/2fa/", "/meedoen/gegevens/"):
        assert staff.get(address).status_code == 403


def test_answers_and_people_of_the_persons_own_enterprise_are_not_shown(staff: Client, janna: User):
    build_seller().enterprise.memberships.create(user=janna, role="owner")
    begin(staff)
    assert staff.get("/mijn-keten/").status_code == 200
    for address in ("profiel/", "profiel/people/", "uren/", "impactpad/metingen/"):
        assert staff.get(f"/mijn-keten/{address}").status_code == 403


def test_the_database_takes_no_writes_of_a_page_that_is_only_read(staff: Client, settings: Any):
    settings.ROOT_URLCONF = "tests.accounts.test_looking_along"
    begin(staff)
    assert staff.get("/schrijft/").status_code == 403
    assert not User.objects.filter(email="stiekem@example.nl").exists()
    staff.post(STOP)
    assert staff.get("/schrijft/").content == b"geschreven"


def test_it_ends_by_time_and_what_was_sent_is_not_done_as_staff(staff: Client, janna: User):
    begin(staff)
    LookingAlong.objects.update(
        started_at=timezone.now() - LONGEST, ends_at=timezone.now() - timedelta(seconds=1)
    )
    answer = staff.post(BEGIN, {"email": "janna@example.nl", "reason": REASON})
    assert (answer.status_code, answer["Location"]) == (302, "/cms/")
    looking = LookingAlong.objects.get()
    assert looking.ended_at == looking.ends_at
    assert "Je kijkt mee" not in staff.get("/winkels/").content.decode()


def test_it_ends_by_the_clock_when_staff_never_come_back(
    staff: Client, django_capture_on_commit_callbacks: Any
):
    begin(staff)
    past = timezone.now() - timedelta(hours=1)
    LookingAlong.objects.update(started_at=past, ends_at=past + LONGEST)
    sweep_looking()
    assert LookingAlong.objects.get().ended_at == past + LONGEST
    sweep_looking()
    assert len(mail.outbox) == 1


def test_it_ends_when_the_right_is_gone_or_the_person_becomes_staff(staff: Client, janna: User):
    begin(staff)
    grant_role(user=janna, role=Role.PROVINCE_ANALYST)
    assert staff.get("/")["Location"] == "/cms/"
    assert LookingAlong.objects.get().ended_at is not None


def test_both_ends_are_traced_and_the_person_is_told(
    staff: Client, janna: User, django_capture_on_commit_callbacks: Any
):
    begin(staff)
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(STOP)
    entries = AuditEntry.objects.filter(object_kind="person", object_id=str(janna.pk))
    started, ended = entries.order_by("pk")
    assert (started.action, started.reason) == (Audited.IMPERSONATION_STARTED, REASON)
    assert ended.action == Audited.IMPERSONATION_ENDED
    assert {started.actor.email, ended.actor.email} == {"staf@example.nl"}
    (letter,) = mail.outbox
    assert letter.to == ["janna@example.nl"]
    assert "Staf Bos" in letter.body
    assert REASON in letter.body
    sweep_looking()
    assert len(mail.outbox) == 1


STAFF = {
    "platform staff": lambda one: grant_role(user=one, role=Role.PLATFORM_STAFF),
    "an analyst": lambda one: grant_role(user=one, role=Role.PROVINCE_ANALYST),
    "a coordinator": lambda one: grant_role(user=one, role=Role.SOCIAL_RETURN_COORDINATOR),
    "a superuser": lambda one: User.objects.filter(pk=one.pk).update(is_superuser=True),
    "somebody who left": lambda one: User.objects.filter(pk=one.pk).update(is_active=False),
}


@pytest.mark.parametrize("kind", STAFF)
def test_nobody_looks_along_with_staff(staff: Client, janna: User, kind: str):
    STAFF[kind](janna)
    answer = begin(staff)
    assert answer.status_code == 422
    assert REASON in answer.content.decode()
    assert not LookingAlong.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"email": "staf@example.nl"}, {"email": "niemand@example.nl"}, {"reason": "Zomaar"}]
)
def test_oneself_nobody_and_no_reason_are_refused(staff: Client, changes: dict[str, str]):
    assert begin(staff, **changes).status_code == 422
    assert not LookingAlong.objects.exists()


def test_the_database_refuses_more_than_a_quarter_of_an_hour(staff: Client, janna: User):
    begin(staff)
    with pytest.raises(IntegrityError, match="quarter_of_an_hour"), transaction.atomic():
        LookingAlong.objects.update(ends_at=timezone.now() + timedelta(minutes=16))


@pytest.mark.parametrize("role", [Role.PROVINCE_ANALYST, Role.COURIER, None])
def test_nobody_else_may(janna: User, client: Client, role: Role | None):
    person = register_person(email="ander@example.nl")
    if role:
        grant_role(user=person, role=role)
    client.force_login(User.objects.get(pk=person.pk))
    assert client.get(BEGIN).status_code in (302, 403)
    assert begin(client).status_code in (302, 403)
    assert not LookingAlong.objects.exists()
    assert "Je kijkt mee" not in client.get("/winkels/").content.decode()
