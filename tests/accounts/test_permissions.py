"""Roles hold at once, and who works with others' orders needs a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from winkelstraat.accounts.models import Role, RoleGrant, User
from winkelstraat.accounts.operations import grant_role, register_person, withdraw_role
from winkelstraat.accounts.permissions import require_role
from winkelstraat.accounts.queries import has_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return register_person(email="roelof@example.nl", name="Roelof")


def add_second_factor(user: User) -> None:
    """Let this person have an app with codes."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


@require_role(Role.PROVINCE_ANALYST)
def analysts_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("figures")


def visit(user: User | AnonymousUser) -> HttpResponse:
    """Open the analysts' page as this person."""
    request = RequestFactory().get("/cijfers/")
    request.user = user
    return analysts_page(request)


def test_a_role_is_granted_once_and_taken_away_at_once(person: User) -> None:
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    assert RoleGrant.objects.count() == 1
    assert has_role(person, Role.PROVINCE_ANALYST)
    withdraw_role(user=person, role=Role.PROVINCE_ANALYST)
    assert not has_role(person, Role.PROVINCE_ANALYST)


def test_platform_staff_enter_the_back_office_as_long_as_they_are_staff(person: User) -> None:
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    assert User.objects.get(pk=person.pk).is_staff
    withdraw_role(user=person, role=Role.PLATFORM_STAFF)
    assert not User.objects.get(pk=person.pk).is_staff


def test_a_guest_is_asked_to_sign_in_and_comes_back() -> None:
    answer = visit(AnonymousUser())
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/cijfers/"


def test_a_person_without_the_role_sees_no_page(person: User) -> None:
    with pytest.raises(Http404):
        visit(person)


def test_a_role_without_a_second_factor_leads_to_the_page_to_add_one(person: User) -> None:
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    assert visit(person)["Location"] == "/account/tweede-stap/"
    add_second_factor(person)
    assert visit(person).content == b"figures"


def test_the_demo_lets_the_second_factor_be_skipped(person: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    assert visit(person).content == b"figures"


def test_an_inactive_person_has_no_role(person: User) -> None:
    grant_role(user=person, role=Role.PROVINCE_ANALYST)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not has_role(User.objects.get(pk=person.pk), Role.PROVINCE_ANALYST)


def test_the_back_office_asks_for_a_second_factor(client: Client, person: User) -> None:
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    client.force_login(person)
    assert client.get("/cms/")["Location"] == "/account/tweede-stap/"
    add_second_factor(person)
    assert client.get("/cms/").status_code == 200


def test_the_back_office_has_no_sign_in_page_of_its_own(client: Client) -> None:
    answer = client.get("/cms/login/?next=/cms/pages/")
    assert answer["Location"] == "/account/login/?next=/cms/pages/"
