"""A shop makes vouchers at its own cost, and sees how often they were used."""

from typing import Any

import pytest
from django.test import Client

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket
from winkelstraat.accounts.models import User
from winkelstraat.shop.models import Voucher

pytestmark = pytest.mark.django_db

BONS = "/mijn-winkel/bonnen/"
GOOD = {
    "code": "herfst26",
    "amount": "2,50",
    "minimum": "10",
    "first_day": "2026-11-24",
    "last_day": "2026-12-24",
    "uses_limit": "20",
}


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def keeper(street: BaseBasket, number: int) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def test_a_shop_makes_a_voucher_of_its_own(street: BaseBasket) -> None:
    client = keeper(street, 1)
    assert client.post(BONS, GOOD).status_code == 302
    voucher = Voucher.objects.get()
    assert (voucher.code, voucher.funded_by, voucher.seller) == (
        "HERFST26",
        "shop",
        street.sellers[0],
    )
    assert (voucher.amount_cents, voucher.minimum_cents, voucher.uses_limit) == (250, 1000, 20)
    assert "HERFST26" in client.get(BONS).content.decode()
    assert "HERFST26" not in keeper(street, 2).get(BONS).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "ab"}, "code"),
        ({"amount": "veel"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "501"}, "amount"),
        ({"percentage": "10"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"last_day": "2026-11-20"}, "last_day"),
    ],
)
def test_a_voucher_that_cannot_be_says_why_and_keeps_what_was_typed(
    street: BaseBasket, changes: dict[str, str], field: str
) -> None:
    answer = keeper(street, 1).post(BONS, {**GOOD, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "herfst26" in answer.content.decode() or "code" in changes
    assert not Voucher.objects.exists()


def test_a_code_that_exists_is_refused_by_name(street: BaseBasket) -> None:
    assert keeper(street, 1).post(BONS, GOOD).status_code == 302
    answer = keeper(street, 2).post(BONS, GOOD)
    assert answer.status_code == 422
    assert "Deze code bestaat al" in answer.content.decode()
    assert Voucher.objects.count() == 1
