"""The shop's desk and the host's page: each sees and does his own part, and nothing else."""

import re

import pytest
from django.test import Client

from dorpen.register.operations import add_member, remove_member
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.delivery.operations import appoint_host, dismiss_host
from winkelstraat.shop.models import Listing, Purchase, SellerOrder
from winkelstraat.shop.operations.orders import mark_ready

pytestmark = pytest.mark.django_db

DESK = "/mijn-winkel/"
HOST = "/uitreiken/brinkhof/"


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket) -> Purchase:
    """A paid base basket."""
    return pay(order(street))


def keeper(street: BaseBasket, number: int) -> Client:
    """Sign in somebody who helps in the shop with this number."""
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="helper")
    client = Client()
    client.force_login(user)
    return client


def host() -> Client:
    """Sign in a host of the pick-up point."""
    user = User.objects.create_user("gastheer@example.nl")
    appoint_host(point=PickupPoint.objects.get(), user=user)
    client = Client()
    client.force_login(user)
    return client


def states() -> list[str]:
    """Return where each part stands."""
    return list(SellerOrder.objects.order_by("sequence").values_list("status", flat=True))


def make_ready(street: BaseBasket, purchase: Purchase) -> None:
    """Let every shop pack its part."""
    for number, seller in enumerate(street.sellers, 1):
        mark_ready(seller=seller, number=f"{purchase.number}-{number}", now=NOW)


def test_a_shop_sees_its_own_part_and_not_the_rest(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    for page in (DESK, f"{DESK}bestelling/{purchase.number}-1/"):
        text = client.get(page).content.decode()
        assert "Janna Veen" in text
        assert "Volkorenbrood" in text
        for secret in ("48,34", "Muurverf", "Verhalen", "24,99", "14,50", "janna@example.nl"):
            assert secret not in text
    assert "8,85" in client.get(f"{DESK}bestelling/{purchase.number}-1/").content.decode()


@pytest.mark.parametrize("tail", ["", "klaar/", "uitgereikt/"])
def test_the_part_of_another_shop_does_not_exist(
    street: BaseBasket, purchase: Purchase, tail: str
) -> None:
    client = keeper(street, 1)
    for number in (f"{purchase.number}-2", purchase.number, "x"):
        page = f"{DESK}bestelling/{number}/{tail}"
        answer = client.post(page) if tail else client.get(page)
        assert answer.status_code == 404
        assert "Je winkel heeft geen bestelling met dit nummer" in answer.content.decode()
    assert states() == ["paid"] * 3


def test_who_has_no_shop_has_no_desk(client: Client, street: BaseBasket) -> None:
    answer = client.get(DESK)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    client.force_login(User.objects.create_user("piet@example.nl"))
    assert client.get(DESK).status_code == 404


def test_who_left_the_shop_loses_the_desk_at_once(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    assert client.get(DESK).status_code == 200
    user = User.objects.get(email="winkelier1@example.nl")
    remove_member(enterprise=street.sellers[0].enterprise, user=user)
    assert client.get(DESK).status_code == 404
    assert client.post(f"{DESK}bestelling/{purchase.number}-1/klaar/").status_code == 404
    assert states() == ["paid"] * 3


def test_the_desk_asks_a_second_factor(street: BaseBasket, purchase: Purchase, settings) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = False
    client = keeper(street, 1)
    for answer in (
        client.get(DESK),
        client.post(f"{DESK}bestelling/{purchase.number}-1/klaar/"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/account/tweede-stap/")
    assert states() == ["paid"] * 3


def test_a_shop_packs_its_part_once(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    assert client.get(DESK).context["board"].to_pack[0].number == f"{purchase.number}-1"
    for _ in range(2):
        client.post(f"{DESK}bestelling/{purchase.number}-1/klaar/")
    assert states() == ["ready", "paid", "paid"]
    board = client.get(DESK).context["board"]
    assert (len(board.to_pack), len(board.ready), board.collected_today) == (0, 1, 0)


def test_an_unpaid_order_is_not_on_the_desk(street: BaseBasket) -> None:
    purchase = order(street)
    client = keeper(street, 1)
    assert "Janna" not in client.get(DESK).content.decode()
    assert client.get(f"{DESK}bestelling/{purchase.number}-1/").status_code == 404
    client.post(f"{DESK}bestelling/{purchase.number}-1/klaar/")
    assert states() == ["awaiting_payment"] * 3


def test_somebody_with_two_shops_chooses(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    user = User.objects.get(email="winkelier1@example.nl")
    add_member(enterprise=street.sellers[1].enterprise, user=user, role="owner")
    assert "Muurverf" in client.get(f"{DESK}?winkel=kleur-en-kwast").content.decode()
    assert "Muurverf" in client.get(DESK).content.decode()
    assert "Muurverf" not in client.get(f"{DESK}?winkel=bakkerij-de-es").content.decode()
    assert "Verhalen" not in client.get(f"{DESK}?winkel=de-bladwijzer").content.decode()


def test_a_shop_hands_out_what_is_collected_there(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 3)
    number = f"{purchase.number}-3"
    SellerOrder.objects.filter(number=number).update(fulfilment="shop", pickup_point=None)
    Listing.objects.filter(pk=street.listings[2].pk).update(alcohol_class="weak")
    client.post(f"{DESK}bestelling/{number}/klaar/")
    answer = client.post(f"{DESK}bestelling/{number}/uitgereikt/", follow=True)
    assert "Bekijk een legitimatie en vink het aan" in answer.content.decode()
    assert states() == ["paid", "paid", "ready"]
    client.post(f"{DESK}bestelling/{number}/uitgereikt/", {"age_checked": "yes"})
    assert states() == ["paid", "paid", "collected"]
    answer = client.post(f"{DESK}bestelling/{number}/klaar/", follow=True)
    assert "Deze bestelling is intussen verder" in answer.content.decode()
    assert states() == ["paid", "paid", "collected"]


def test_only_a_host_of_this_point_sees_what_waits(street: BaseBasket, purchase: Purchase) -> None:
    make_ready(street, purchase)
    client = keeper(street, 1)
    assert client.get(HOST).status_code == 404
    assert client.post(HOST, {"number": purchase.number}).status_code == 404
    assert Client().get(HOST).status_code == 302
    guest = host()
    assert guest.get(HOST).status_code == 200
    dismiss_host(
        point=PickupPoint.objects.get(), user=User.objects.get(email="gastheer@example.nl")
    )
    assert guest.get(HOST).status_code == 404
    assert guest.post(HOST, {"number": purchase.number}).status_code == 404
    assert states() == ["ready"] * 3


def test_a_host_finds_an_order_by_code_name_number_or_square(
    street: BaseBasket, purchase: Purchase
) -> None:
    make_ready(street, purchase)
    other = pay(order(street))
    Purchase.objects.filter(pk=other.pk).update(buyer_name="Piet Post", pickup_code="ZZZZ")
    make_ready(street, other)
    client = host()
    number, code = purchase.number, purchase.pickup_code
    for text in (code, code.lower(), "janna", number, f"{number}:{code}"):
        found = client.get(HOST, {"q": text}).context["waiting"]
        assert [key for key, _orders in found] == [number]
    page = client.get(HOST, {"q": "niemand"})
    assert page.context["waiting"] == []
    assert page.context["count"] == 2


def test_a_host_hands_out_every_ready_part_at_once(street: BaseBasket, purchase: Purchase) -> None:
    for number in (1, 2):
        mark_ready(seller=street.sellers[number - 1], number=f"{purchase.number}-{number}", now=NOW)
    client = host()
    client.post(HOST, {"number": purchase.number})
    assert states() == ["collected", "collected", "paid"]
    answer = client.post(HOST, {"number": purchase.number}, follow=True)
    assert "Van deze bestelling wacht hier niets" in answer.content.decode()
    assert states() == ["collected", "collected", "paid"]


def test_a_host_looks_at_a_card_before_he_hands_out_alcohol(
    street: BaseBasket, purchase: Purchase
) -> None:
    Listing.objects.filter(pk=street.listings[1].pk).update(alcohol_class="strong")
    make_ready(street, purchase)
    client = host()
    assert client.get(HOST).content.decode().count('name="age_checked"') == 1
    answer = client.post(HOST, {"number": purchase.number}, follow=True)
    assert "Bekijk een legitimatie en vink het aan" in answer.content.decode()
    assert states() == ["ready"] * 3
    client.post(HOST, {"number": purchase.number, "age_checked": "yes"})
    assert states() == ["collected"] * 3


def test_the_button_on_the_board_carries_its_token(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    client.handler.enforce_csrf_checks = True
    page = client.get(DESK).content.decode()
    form = page[page.index(f"{purchase.number}-1/klaar/") :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form[: form.index("</form>")])
    assert token is not None
    client.post(
        f"{DESK}bestelling/{purchase.number}-1/klaar/", {"csrfmiddlewaretoken": token.group(1)}
    )
    assert states() == ["ready", "paid", "paid"]
