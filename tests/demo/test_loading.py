"""A small demo is loaded once for this file, and again to see that nothing doubles."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Sum

from dorpen.register.models import Enterprise
from ketens.models import (
    Baseline,
    BatchEntry,
    Calculation,
    Chain,
    Claim,
    ProfileAnswer,
    ProfileInvitation,
    ProfileRelease,
    ProfileRound,
    ProfileSnapshot,
    Round,
    SaleBooking,
    StackedBlock,
    WorkMonth,
)
from ketens.queries.profiles.movement import get_moves
from winkelstraat.accounts.models import RoleGrant, User
from winkelstraat.bridges.demo.loading import Wish, find_first_day, load_demo
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.ledger.models import Transfer
from winkelstraat.payments.models import Payment, PaymentCommand, ShopTransfer
from winkelstraat.shop.models import (
    Complaint,
    ImportRun,
    Listing,
    ListingSketch,
    Purchase,
    SellerOrder,
    SellerProfile,
    Surplus,
    Voucher,
    Withdrawal,
)
from winkelstraat.shop.queries.desk import get_board
from winkelstraat.shop.queries.waiting import get_waiting

TODAY = date(2026, 11, 23)
WISH = Wish(today=TODAY, orders=12, with_pictures=False, with_help=False)
COUNTED = (
    User,
    RoleGrant,
    Enterprise,
    SellerProfile,
    PickupPoint,
    Listing,
    Purchase,
    SellerOrder,
    Payment,
    PaymentCommand,
    ShopTransfer,
    Chain,
    SaleBooking,
    Calculation,
    BatchEntry,
    Round,
    WorkMonth,
    Claim,
    StackedBlock,
    ProfileRound,
    ProfileInvitation,
    ProfileAnswer,
    ProfileSnapshot,
    ProfileRelease,
    Baseline,
    Transfer,
    Complaint,
    ImportRun,
    ListingSketch,
    Surplus,
    Voucher,
    Withdrawal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lines(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_register", stdout=StringIO())
        call_command("load_factors", stdout=StringIO())
        call_command("load_social_return", stdout=StringIO())
        said: list[str] = []
        load_demo(WISH, said.append)
        yield said
        transaction.set_rollback(True)
    cache.clear()


def count_everything() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def read_books() -> list[tuple[Any, ...]]:
    fields = ("ledger__unit", "debit__code", "credit__code", "amount", "source", "reason")
    return sorted(Transfer.objects.values_list(*fields, "activity_date"))


def test_loading_again_changes_nothing(lines: list[str]) -> None:
    counts, books = count_everything(), read_books()
    told = load_demo(WISH, lambda line: None)
    assert (told.known, told.made) == (33, 0)
    assert count_everything() == counts
    assert read_books() == books


def test_it_tells_how_far_it_is(lines: list[str]) -> None:
    assert lines[0] == "  12 pick-up points"
    assert "  8 chains" in lines
    assert "  34 orders new, 0 known, refused: none" in lines


def test_the_whole_street_is_there(lines: list[str]) -> None:
    counts = count_everything()
    assert counts["SellerProfile"] == 24
    assert counts["Enterprise"] == 34
    assert counts["Listing"] >= 160
    assert (counts["Chain"], counts["PickupPoint"]) == (8, 12)
    assert not Listing.objects.exclude(status="published").exists()
    assert not Enterprise.objects.exclude(status="verified").exists()


def test_the_base_basket_can_be_bought(lines: list[str]) -> None:
    titles = ["Drents roggebrood", "Muurverf mat, wit", "Wandelen over de Norger es"]
    found = Listing.objects.filter(title__in=titles).order_by("price_cents")
    assert [(row.price_cents, row.vat_class) for row in found] == [
        (295, "food"),
        (1450, "books"),
        (2499, "general"),
    ]
    assert len({row.seller_id for row in found}) == 3
    assert len({row.seller.village_id for row in found}) == 2


def test_everything_of_the_past_is_collected_paid_out_and_booked_in_the_chains(
    lines: list[str],
) -> None:
    collected = SellerOrder.objects.filter(status="collected")
    assert collected.count() > 10
    assert not collected.filter(chain_booked_at=None).exists()
    assert set(SaleBooking.objects.values_list("source", flat=True)) == {
        f"seller_order:{order.pk}" for order in collected
    }
    sent = ShopTransfer.objects.filter(part__seller_order_ref__in=collected.values("number"))
    assert set(sent.values_list("state", flat=True)) == {"sent"}
    assert PaymentCommand.objects.filter(state="queued").count() == 1


def test_both_books_close(lines: list[str]) -> None:
    call_command("verify_ledger", stdout=StringIO())
    paid = Purchase.objects.filter(status="paid").aggregate(total=Sum("total_cents"))
    booked = Transfer.objects.filter(
        ledger__unit="cents", debit__code="stripe:clearing:past"
    ).aggregate(total=Sum("amount"))
    assert booked == paid
    grams = Transfer.objects.filter(ledger__unit="grams", debit__code__endswith=":residents")
    sold = SellerOrder.objects.filter(status="collected", lines__mass_g__isnull=False)
    lines_sold = sold.values_list("lines__mass_g", "lines__quantity")
    assert sum(grams.values_list("amount", flat=True)) == sum(
        mass * quantity for mass, quantity in lines_sold
    )


def test_this_morning_there_is_something_to_pack_to_hand_out_and_to_pay(lines: list[str]) -> None:
    found = dict(SellerOrder.objects.values_list("status").annotate(count=Count("pk")))
    assert found["paid"] >= 6
    assert found["ready"] >= 3
    assert Purchase.objects.get(status="awaiting_payment").buyer_email == "reina.jalving@example.nl"


def test_the_desk_of_the_baker_has_something_of_everything(lines: list[str]) -> None:
    bakery = SellerProfile.objects.get(slug="bakkerij-de-esrand")
    now = WISH.opening
    board = get_board(bakery, now=now)
    assert len(board.to_pack) >= 4
    assert len(board.ready) >= 2
    assert all(order.promised_from > now for order in board.to_pack)
    waiting = get_waiting(bakery)
    assert (waiting.complaints, waiting.refunds, waiting.leftovers) == (1, 1, 1)
    running = Surplus.objects.get(seller=bakery, ended_at=None)
    assert running.pick_up_until > now
    assert Surplus.objects.filter(seller=bakery, settled_at__isnull=False).count() == 1
    assert ImportRun.objects.get(seller=bakery).state == "ready"
    verdicts = ImportRun.objects.get(seller=bakery).rows.values_list("verdict", flat=True)
    assert sorted(verdicts) == ["changed", "new", "new", "refused"]


def test_the_day_of_the_first_load_is_found_again(lines: list[str]) -> None:
    assert find_first_day() == TODAY


def test_letters_of_the_past_are_not_sent_again(lines: list[str]) -> None:
    paid = Purchase.objects.filter(status="paid")
    assert paid.filter(confirmation_mailed_at=None).count() == 14


def test_what_people_change_afterwards_stays(lines: list[str]) -> None:
    bread = Listing.objects.get(title="Drents roggebrood")
    Listing.objects.filter(pk=bread.pk).update(price_cents=310)
    SellerProfile.objects.filter(pk=bread.seller_id).update(tagline="Nieuw")
    load_demo(WISH, lambda line: None)
    bread.refresh_from_db()
    assert (bread.price_cents, bread.seller.tagline) == (310, "Nieuw")


def test_everybody_of_the_readme_can_sign_in(lines: list[str]) -> None:
    for email in ("bewoner", "bakker", "gastheer", "redacteur", "staf", "analist"):
        user = User.objects.get(email=f"{email}@example.nl")
        assert user.check_password("drenthe-demo-2026")
        assert user.emailaddress_set.get().verified
    assert User.objects.get(email="staf@example.nl").is_staff
    assert User.objects.get(email="bakker@example.nl").memberships.get().role == "owner"
    assert User.objects.get(email="gastheer@example.nl").hosted_pickup_points.count() == 2


def test_a_part_of_the_street_answered_about_impact_and_a_part_did_not(lines: list[str]):
    first = ProfileRound.objects.earliest("first_day").invitations
    complete = first.exclude(completed_at=None).count()
    half = first.filter(completed_at=None).exclude(current={}).count()
    assert (complete, half) == (21, 3)
    assert first.count() == Enterprise.objects.count() > complete + half
    assert Baseline.objects.get().profile["answered"] == 24
    last = ProfileSnapshot.objects.latest("quarter").quarter
    moves = get_moves(last.isoformat())
    assert moves is not None
    assert any(line.is_forward for line in moves.lines)
