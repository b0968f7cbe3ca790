"""The shop's money page: what comes, what is held and why, what is owed, and the way to be paid."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorpen.register.operations import add_member
from tests.shop.street import BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.models import ShopPaymentAccount, TransferReversal
from winkelstraat.payments.operations import RefundWish, connect_account, refund
from winkelstraat.shop.models import Purchase

pytestmark = pytest.mark.django_db

MONEY = "/mijn-winkel/geld/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket(commission_basis_points=250)


@pytest.fixture
def purchase(street: BaseBasket) -> Purchase:
    now = timezone.now()
    return pay(order(street, now=now), now=now)


def keeper(street: BaseBasket, number: int, role: str = "owner") -> Client:
    user = User.objects.create_user(f"{role}{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


def connect(street: BaseBasket, number: int, status: str = "active") -> ShopPaymentAccount:
    return connect_account(
        enterprise_id=street.sellers[number - 1].enterprise_id,
        external_id=f"acct_test{number}",
        transfers_status=status,
        now=timezone.now(),
    )


def test_what_was_earned_waits_with_its_reason(street: BaseBasket, purchase: Purchase) -> None:
    connect(street, 1)
    page = keeper(street, 1).get(MONEY)
    money = page.context["money"]
    assert (money.week_cents, money.month_cents, money.on_its_way_cents) == (863, 863, 863)
    (row,) = money.on_its_way
    assert (row.order, row.why) == (f"{purchase.number}-1", "wacht op uitreiken")
    text = page.content.decode()
    assert f"{purchase.number}-1" in text
    assert f"{purchase.number}-2" not in text
    assert "24,37" not in text, "another shop's money"


def test_what_was_given_back_is_not_earned(street: BaseBasket, purchase: Purchase) -> None:
    from winkelstraat.payments.models import Payment

    payment = Payment.objects.get()
    number = f"{purchase.number}-1"
    wish = RefundWish(payment_id=payment.pk, key="1", amounts={number: 295})
    refund(wish=wish, now=timezone.now())
    money = keeper(street, 1).get(MONEY).context["money"]
    assert money.week_cents == 863 - (295 - 7)
    assert not TransferReversal.objects.exists()


@pytest.mark.parametrize(
    ("status", "requirements", "says"),
    [
        (None, [], "Regel je uitbetaling"),
        ("pending", ["external_account"], "je rekeningnummer (IBAN)"),
        ("pending", ["a_new_word_of_theirs"], "iets anders; de betaaldienst vertelt wat"),
        ("pending", [], "De betaaldienst bekijkt wat je gaf"),
    ],
)
def test_a_shop_that_cannot_be_paid_reads_what_is_needed(
    street: BaseBasket, status: str | None, requirements: list[str], says: str
) -> None:
    if status:
        account = connect(street, 1, status)
        account.requirements = requirements
        account.save()
    assert says in keeper(street, 1).get(MONEY).content.decode()


def test_only_the_owner_arranges_how_the_shop_is_paid(
    street: BaseBasket, empty_sandbox: Any
) -> None:
    helper = keeper(street, 1, "helper")
    assert "De eigenaar van de winkel doet dit" in helper.get(MONEY).content.decode()
    assert helper.post(f"{MONEY}uitbetalen/").status_code == 404
    assert not ShopPaymentAccount.objects.exists()
    answer = keeper(street, 1).post(f"{MONEY}uitbetalen/")
    assert answer.status_code == 303
    assert "/onboarding/" in answer["Location"]
    assert ShopPaymentAccount.objects.get().enterprise == street.sellers[0].enterprise


def test_a_silent_payment_service_is_told_and_changes_nothing(
    street: BaseBasket, empty_sandbox: Any
) -> None:
    empty_sandbox.spoil("503", "/v2/")
    page = keeper(street, 1).post(f"{MONEY}uitbetalen/", follow=True)
    assert "De betaaldienst geeft nu geen antwoord" in page.content.decode()
    assert not ShopPaymentAccount.objects.exists()


def test_coming_back_fetches_what_is_true(street: BaseBasket, empty_sandbox: Any) -> None:
    client = keeper(street, 1)
    client.post(f"{MONEY}uitbetalen/")
    account = ShopPaymentAccount.objects.get()
    empty_sandbox.onboard(account.external_id)
    empty_sandbox.pass_time(5)
    page = client.get(f"{MONEY}terug/", follow=True)
    account.refresh_from_db()
    assert account.transfers_status == "active"
    assert "Regel je uitbetaling" not in page.content.decode()


def test_the_page_stays_within_its_queries(street: BaseBasket, purchase: Purchase) -> None:
    connect(street, 1)
    client = keeper(street, 1)
    client.get(MONEY)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(MONEY).status_code == 200
    assert len(captured) <= 14
