"""Every address of the desk is closed to another shop's people, and nothing changes (SEC-01).

The addresses come from the URL table itself: a new one fails this test until somebody says
here what it is about.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from oscar.apps.partner.models import StockRecord

from dorpen.register.models import Invitation, Membership
from dorpen.register.operations import add_member
from dorpen.register.operations.people import Allowed, invite
from tests.shop.street import NOW, BaseBasket, base_basket, order, pay
from winkelstraat.accounts.models import User
from winkelstraat.payments.models import Paper, Refund, ShopPaymentAccount, ShopTransfer
from winkelstraat.shop.domain.surplus import Step
from winkelstraat.shop.models import (
    Complaint,
    ComplaintMessage,
    ImportRun,
    Listing,
    PriceChange,
    Purchase,
    SellerOrder,
    SellerOrderLine,
    ShopStory,
    Substitution,
    Surplus,
    SurplusLeft,
    Voucher,
    Withdrawal,
)
from winkelstraat.shop.operations.charging import BuyerDetails, Choice
from winkelstraat.shop.operations.complaints import complain
from winkelstraat.shop.operations.phone_orders import fill_phone_basket, place_phone_order
from winkelstraat.shop.operations.surplus import SurplusDraft, start_surplus
from winkelstraat.shop.queries.baskets import get_basket

pytestmark = pytest.mark.django_db

# Addresses without anything of a shop in them: they show the shop of who asks.
OWN = {
    "be_paid",
    "book",
    "calendar",
    "complaints",
    "kor_end",
    "money",
    "more",
    "offer_new",
    "offer_propose",
    "offer_sketch",
    "labels",
    "offers",
    "packing",
    "people",
    "phone",
    "phone_buyer",
    "poster",
    "poster_pdf",
    "recalls",
    "returns",
    "sales",
    "paid_back",
    "papers",
    "sheet_out",
    "sheets",
    "story",
    "story_undo",
    "surplus",
    "suspension",
    "times",
    "today",
    "vouchers",
}
TABLES: tuple[type[Model], ...] = (
    Listing,
    SellerOrder,
    SellerOrderLine,
    Voucher,
    ImportRun,
    PriceChange,
    Refund,
    ShopTransfer,
    ShopPaymentAccount,
    Paper,
    StockRecord,
    Surplus,
    SurplusLeft,
    Substitution,
    Withdrawal,
    ShopStory,
    Membership,
    Invitation,
    Complaint,
    ComplaintMessage,
)

# What some form of the desk takes, so that only the shop keeps it from being carried out.
ANYTHING = {
    "grams": "100",
    "amount": "1",
    "reason": "x",
    "key": "k",
    "left": "1",
    "quantity": "1",
    "instead": "0",
    "message": "x",
    "seen_cancelled": "0",
    "text": "x",
}


def desk_patterns() -> Iterator[URLPattern]:
    for found in get_resolver().url_patterns:
        if getattr(found, "namespace", "") == "desk":
            yield from found.url_patterns


def arguments(pattern: URLPattern, street: BaseBasket) -> dict[str, Any]:
    """Return what the address of the first shop's things holds."""
    line = SellerOrderLine.objects.filter(listing=street.listings[0]).earliest("pk")
    known = {
        "listing_id": street.listings[0].pk,
        "run_id": ImportRun.objects.get().pk,
        "surplus_id": Surplus.objects.get().pk,
        "number": line.seller_order.number,
        "line_id": line.pk,
        "purchase_number": Purchase.objects.get(taken_by=street.sellers[0]).number,
        "membership_id": Membership.objects.get(user__email="eigenaar@example.nl").pk,
        "invitation_id": Invitation.objects.get().pk,
        "complaint_id": Complaint.objects.get().pk,
        "withdrawal_id": Withdrawal.objects.get().pk,
        "paper_id": Paper.objects.get(enterprise=street.sellers[0].enterprise).pk,
    }
    return {name: known[name] for name in pattern.pattern.converters}


def everything() -> list[list[Any]]:
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


@pytest.fixture
def street(settings: Any) -> BaseBasket:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    found = base_basket()
    pay(order(found))
    owner = User.objects.create_user("eigenaar@example.nl")
    ImportRun.objects.create(
        seller=found.sellers[0],
        author=owner,
        file_name="lijst.xlsx",
        content=b"",
        created_at=timezone.now(),
        touched_at=timezone.now(),
    )
    take_phone_order(found)
    bakery = found.sellers[0].enterprise
    add_member(enterprise=bakery, user=owner, role="helper")
    invite(enterprise=bakery, email="hulp2@example.nl", allowed=Allowed(), user=owner, now=NOW)
    part = SellerOrder.objects.get(seller=found.sellers[0], status="paid")
    complain(purchase=part.purchase, number=part.number, text="Te hard.", now=timezone.now())
    Withdrawal.objects.create(
        seller_order=SellerOrder.objects.get(seller=found.sellers[0], status="paid"),
        name="Janna Veen",
        email="janna@example.nl",
        stated_at=timezone.now(),
        in_time=True,
        refund_due_on=timezone.localdate(),
    )
    start_surplus(seller=found.sellers[0], draft=what_must_go(found), user=None, now=timezone.now())
    return found


def what_must_go(street: BaseBasket) -> SurplusDraft:
    now = timezone.now()
    return SurplusDraft(
        listing_id=street.listings[0].pk,
        reason="too_much",
        best_before=now.date(),
        pick_up_until=now + timedelta(hours=2),
        pieces=9,
        steps=(Step(now + timedelta(hours=1), 25),),
    )


def take_phone_order(street: BaseBasket) -> None:
    """Let the first shop write an order down for somebody who pays by link."""
    seller, now = street.sellers[0], timezone.now()
    basket_id = fill_phone_basket(
        seller=seller, basket_id=None, quantities={street.listings[0].pk: 1}, now=now
    )
    way = get_basket(basket_id=basket_id, now=now).shops[0].ways[0]
    place_phone_order(
        seller=seller,
        basket_id=basket_id,
        buyer=BuyerDetails(name="Geert Jans", email="geert@example.nl"),
        choice=Choice(way.fulfilment, way.start, way.end),
        at_counter=False,
        now=now,
    )


def keeper(street: BaseBasket, number: int) -> Client:
    user = User.objects.create_user(f"winkelier{number}@example.nl")
    add_member(enterprise=street.sellers[number - 1].enterprise, user=user, role="owner")
    client = Client()
    client.force_login(user)
    return client


def test_w39_every_address_about_another_shop_is_not_found_and_changes_nothing(
    street: BaseBasket,
) -> None:
    other, before = keeper(street, 2), everything()
    opened = []
    for pattern in desk_patterns():
        wanted = arguments(pattern, street)
        if not wanted:
            continue
        address = reverse(f"desk:{pattern.name}", kwargs=wanted)
        statuses = {
            other.get(address).status_code,
            other.post(address, ANYTHING).status_code,
        }
        if not statuses <= {404, 405} or 404 not in statuses:
            opened.append((address, statuses))
    assert opened == []
    assert everything() == before


def test_the_same_addresses_are_there_for_the_shop_itself(street: BaseBasket) -> None:
    own = keeper(street, 1)
    missing = []
    for pattern in desk_patterns():
        wanted = arguments(pattern, street)
        if wanted and pattern.name not in ("sheet_apply", "sheet_undo"):
            address = reverse(f"desk:{pattern.name}", kwargs=wanted)
            if own.get(address).status_code == 404:
                missing.append(address)
    assert missing == [], "an address that is closed to everybody proves nothing"


def test_every_address_without_a_thing_in_it_is_known_here() -> None:
    bare = {pattern.name for pattern in desk_patterns() if not pattern.pattern.converters}
    assert bare == OWN


def test_what_an_own_address_shows_is_nothing_of_the_neighbours(street: BaseBasket) -> None:
    other = keeper(street, 2)
    for name in sorted(OWN - {"be_paid", "kor_end", "paid_back", "offer_sketch", "offer_propose"}):
        answer = other.get(reverse(f"desk:{name}"))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for secret in ("Volkorenbrood", "Verhalen van de es", "8,85"):
            assert secret.encode() not in body, (name, secret)


def test_a_guest_is_asked_to_sign_in(street: BaseBasket) -> None:
    for pattern in desk_patterns():
        address = reverse(f"desk:{pattern.name}", kwargs=arguments(pattern, street))
        assert Client().get(address).status_code in (302, 405)
