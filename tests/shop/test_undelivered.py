"""What a shop cannot deliver: the money back, or something else when the buyer wants it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from ketens.domain.sales import SaleLine
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay, publish
from tests.shop.test_desk import keeper
from winkelstraat.bridges.chains import build_sale
from winkelstraat.bridges.sweeping import sweep_proposals, sweep_substitutions
from winkelstraat.payments.models import Refund
from winkelstraat.shop.domain.refusals import AnswerPending, AnswerTooLate, UnknownOrder
from winkelstraat.shop.models import Listing, Purchase, SellerOrder, Substitution
from winkelstraat.shop.operations.orders import mark_ready
from winkelstraat.shop.operations.undelivered import answer_substitution
from winkelstraat.shop.queries.hand_over import get_handed_over
from winkelstraat.shop.queries.order_keys import get_order_key
from winkelstraat.shop.queries.packing import get_packing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


@pytest.fixture
def purchase(street: BaseBasket, django_capture_on_commit_callbacks: Any) -> Purchase:
    """The base basket paid today and promised for tomorrow: three loaves of 2,95."""
    with django_capture_on_commit_callbacks(execute=True):
        found = pay(order(street))
    tomorrow = timezone.now() + timedelta(days=1)
    found.seller_orders.update(promised_from=tomorrow, promised_until=tomorrow + timedelta(hours=2))
    mail.outbox.clear()
    return found


@pytest.fixture
def spelt(street: BaseBasket) -> Listing:
    """A cheaper loaf of the same bakery, four of it."""
    return publish(street.sellers[0], "Speltbrood", "brood-en-gebak", 250, "food", 4)


def part(purchase: Purchase) -> SellerOrder:
    return purchase.seller_orders.get(sequence=1)


def address(purchase: Purchase) -> str:
    line = part(purchase).lines.get()
    return f"/mijn-winkel/bestelling/{part(purchase).number}/niet-leveren/{line.pk}/"


def sent(**changes: str) -> dict[str, str]:
    return {
        "quantity": "2",
        "instead": "0",
        "message": "De oven ging stuk.",
        "seen_cancelled": "0",
        **changes,
    }


def stock(listing: Listing) -> tuple[int, int]:
    record = StockRecord.objects.get(product=listing.product_id)
    return record.num_in_stock, record.num_allocated


def visitor(purchase: Purchase) -> Client:
    """Return the buyer, come in with the link of his mail."""
    client = Client()
    client.get(f"/bestelling/{purchase.number}/{get_order_key(purchase.number)}/")
    return client


def propose(street: BaseBasket, purchase: Purchase, listing: Listing, **changes: str) -> Any:
    return keeper(street, 1).post(
        address(purchase), sent(instead=str(listing.pk), **changes), follow=True
    )


def refunds() -> list[int]:
    return list(Refund.objects.order_by("pk").values_list("amount_cents", flat=True))


def test_two_of_three_loaves_go_back_with_a_word_to_the_buyer(
    street: BaseBasket, purchase: Purchase, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = keeper(street, 1).post(address(purchase), sent())
    assert answer.status_code == 302
    assert refunds() == [590]
    assert part(purchase).lines.get().cancelled_quantity == 2
    (told,) = mail.outbox
    assert "De oven ging stuk." in told.body
    packing = get_packing(street.sellers[0], day="alles", now=timezone.now())
    assert [(row.quantity, row.title) for row in packing.picking] == [(1, "Volkorenbrood")]


def test_the_same_form_sent_twice_gives_back_once(street: BaseBasket, purchase: Purchase) -> None:
    client = keeper(street, 1)
    client.post(address(purchase), sent(quantity="1"))
    again = client.post(address(purchase), sent(quantity="1"))
    assert again.status_code == 409
    assert refunds() == [295]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"quantity": "4"}, 409),
        ({"quantity": "0"}, 422),
        ({"quantity": "-1"}, 422),
        ({"message": ""}, 422),
        ({"instead": "999999"}, 422),
        ({"seen_cancelled": "x"}, 422),
    ],
)
def test_bad_input_is_said_kept_and_changes_nothing(
    street: BaseBasket, purchase: Purchase, changes: dict[str, str], status: int
) -> None:
    answer = keeper(street, 1).post(address(purchase), sent(**changes))
    assert answer.status_code == status
    assert ("De oven ging stuk." in answer.content.decode()) is ("message" not in changes)
    assert refunds() == []
    assert part(purchase).lines.get().cancelled_quantity == 0


def test_all_of_it_back_takes_the_order_off_the_board(
    street: BaseBasket, purchase: Purchase
) -> None:
    keeper(street, 1).post(address(purchase), sent(quantity="3"))
    assert refunds() == [885]
    assert part(purchase).status == "cancelled"


def test_what_may_stand_for_it_has_the_same_vat_and_is_no_surprise(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    publish(street.sellers[0], "Tas", "huis-en-klussen", 300, "general", 5)
    publish(street.sellers[0], "Uitverkocht brood", "brood-en-gebak", 300, "food", 0)
    publish(street.sellers[1], "Brood van een ander", "brood-en-gebak", 300, "food", 5)
    form = keeper(street, 1).get(address(purchase)).context["form"]
    assert [value for value, _label in form.fields["instead"].choices] == ["0", str(spelt.pk)]


def test_the_buyer_is_asked_by_mail_and_the_loaf_is_held_for_him(
    street: BaseBasket, purchase: Purchase, spelt: Listing, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = propose(street, purchase, spelt)
    assert "Speltbrood" in page.content.decode()
    assert stock(spelt) == (4, 2)
    assert refunds() == []
    (asked,) = mail.outbox
    assert asked.to == ["janna@example.nl"]
    assert "2 × Speltbrood" in asked.body
    assert "€\xa00,90" in asked.body
    with pytest.raises(AnswerPending):
        mark_ready(seller=street.sellers[0], number=part(purchase).number, now=timezone.now())


def test_yes_gives_the_difference_back_and_the_shop_packs_the_other(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    proposal = Substitution.objects.get()
    client = visitor(purchase)
    assert "Speltbrood" in client.get(f"/bestelling/{purchase.number}/").content.decode()
    page = f"/bestelling/{purchase.number}/vervanging/{proposal.pk}/"
    client.post(page, {"answer": "yes"})
    client.post(page, {"answer": "yes"})
    assert refunds() == [90]
    assert stock(spelt) == (2, 0)
    packing = get_packing(street.sellers[0], day="alles", now=timezone.now())
    assert [(row.quantity, row.title) for row in packing.picking] == [
        (2, "Speltbrood"),
        (1, "Volkorenbrood"),
    ]


def test_what_came_instead_is_what_the_chains_hear_of(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    proposal = Substitution.objects.get()
    visitor(purchase).post(
        f"/bestelling/{purchase.number}/vervanging/{proposal.pk}/", {"answer": "yes"}
    )
    order_part = part(purchase)
    order_part.status, order_part.collected_at = "collected", NOW
    order_part.save()
    handed_over = get_handed_over(order_part.pk)
    assert handed_over is not None
    line = order_part.lines.get()
    assert build_sale(handed_over).lines == (
        SaleLine(str(street.listings[0].pk), str(line.pk), 1, 800, 295),
        SaleLine(str(spelt.pk), f"{line.pk}-instead-{proposal.pk}", 2, 1600, 500),
    )


def test_something_dearer_costs_the_buyer_nothing(street: BaseBasket, purchase: Purchase) -> None:
    cake = publish(street.sellers[0], "Krentenwegge", "brood-en-gebak", 895, "food", 4)
    propose(street, purchase, cake)
    proposal = Substitution.objects.get()
    answer_substitution(
        purchase_id=purchase.pk, substitution_id=proposal.pk, is_wanted=True, now=timezone.now()
    )
    assert refunds() == []


def test_no_gives_the_money_back_and_the_loaf_is_free_again(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    page = f"/bestelling/{purchase.number}/vervanging/{Substitution.objects.get().pk}/"
    client = visitor(purchase)
    client.post(page, {"answer": "no"})
    client.post(page, {"answer": "yes"})
    assert refunds() == [590]
    assert stock(spelt) == (4, 0)
    assert Substitution.objects.get().status == "declined"


def test_no_answer_in_time_is_a_no_and_a_late_yes_changes_nothing(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    proposal = Substitution.objects.get()
    assert sweep_substitutions(now=proposal.answer_until - timedelta(seconds=1)) == 0
    with pytest.raises(AnswerTooLate):
        answer_substitution(
            purchase_id=purchase.pk,
            substitution_id=proposal.pk,
            is_wanted=True,
            now=proposal.answer_until,
        )
    assert sweep_substitutions(now=proposal.answer_until) == 1
    assert sweep_substitutions(now=proposal.answer_until) == 0
    assert refunds() == [590]
    assert stock(spelt) == (4, 0)


def test_a_question_that_never_left_is_sent_once(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    later = timezone.now() + timedelta(minutes=1)
    assert [sweep_proposals(now=later), sweep_proposals(now=later)] == [1, 0]
    assert len(mail.outbox) == 1


def test_somebody_else_cannot_answer_for_the_buyer(
    street: BaseBasket, purchase: Purchase, spelt: Listing
) -> None:
    propose(street, purchase, spelt)
    proposal = Substitution.objects.get()
    page = f"/bestelling/{purchase.number}/vervanging/{proposal.pk}/"
    assert Client().post(page, {"answer": "yes"}).status_code == 404
    with pytest.raises(UnknownOrder):
        answer_substitution(
            purchase_id=purchase.pk + 1,
            substitution_id=proposal.pk,
            is_wanted=True,
            now=timezone.now(),
        )
    proposal.refresh_from_db()
    assert (proposal.status, refunds()) == ("proposed", [])
