"""Nobody keeps, takes or learns more than his work asks."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from dorpen.register.operations import add_member
from tests.shop.street import base_basket, checkout_fields, fill_basket, order, pay, written
from winkelstraat.accounts.models import Role, RoleGrant, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.models import SellerOrder
from winkelstraat.shop.operations.mails import build_notice
from winkelstraat.shop.operations.orders import mark_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, settings: Settings) -> User:
    """A member of staff who is signed in."""
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()
    person = register_person(email="staf@example.nl")
    grant_role(user=person, role=Role.PLATFORM_STAFF)
    client.force_login(person)
    return person


def test_a_role_withdrawn_in_the_back_office_closes_the_back_office(
    client: Client, staff: User
) -> None:
    colleague = register_person(email="collega@example.nl")
    grant = grant_role(user=colleague, role=Role.PLATFORM_STAFF)
    client.post(f"/cms/roles/delete/{grant.pk}/")
    assert not RoleGrant.objects.filter(user=colleague).exists()
    fresh = User.objects.get(pk=colleague.pk)
    assert (fresh.is_staff, fresh.has_perm("wagtailadmin.access_admin")) == (False, False)


def test_a_role_given_in_the_back_office_opens_the_back_office(client: Client, staff: User) -> None:
    analyst = register_person(email="analist@example.nl")
    client.post("/cms/roles/new/", {"user": analyst.pk, "role": "province_analyst"})
    assert User.objects.get(pk=analyst.pk).has_perm("wagtailadmin.access_admin")


def test_a_shop_does_not_say_for_the_host_that_goods_were_collected(
    client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    street = base_basket()
    purchase = pay(order(street))
    part = SellerOrder.objects.get(purchase=purchase, sequence=1)
    mark_ready(seller=part.seller, number=part.number, now=timezone.now())
    keeper = register_person(email="winkelier@example.nl")
    add_member(enterprise=part.seller.enterprise, user=keeper, role="helper")
    client.force_login(keeper)
    answer = client.post(
        f"/mijn-winkel/bestelling/{part.number}/uitgereikt/", {"age_checked": "yes"}
    )
    part.refresh_from_db()
    assert (answer.status_code, part.status, part.collected_at) == (404, "ready", None)


def test_a_shop_does_not_learn_the_key_to_the_rest_of_a_purchase() -> None:
    purchase = pay(order(base_basket()))
    part = SellerOrder.objects.select_related("seller__enterprise", "purchase").first()
    assert part is not None
    notice = build_notice(part, now=timezone.now())
    assert str(purchase.reference) not in notice.message().as_string()


def test_a_total_of_five_thousand_digits_is_no_total(client: Client) -> None:
    fill_basket(client, base_basket())
    before = written()
    fields = checkout_fields(client, step="place", seen_total="9" * 5000)
    assert client.post("/afrekenen/", fields)["Location"] == "/mandje/"
    assert written() == before
    assert mail.outbox == []
