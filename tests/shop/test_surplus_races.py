"""Two helpers tap at once: no piece gets two places, and it is settled once."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.builders import build_listing
from tests.shop.test_purchase_races import run_at_once, shop
from winkelstraat.shop.domain.surplus import Step, SurplusRefused
from winkelstraat.shop.models import Surplus, SurplusLeft
from winkelstraat.shop.operations import surplus as operations
from winkelstraat.shop.operations.surplus import (
    Placed,
    SurplusDraft,
    close_surplus,
    place_rest,
    start_surplus,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

HELPERS, EACH, LEFT = 8, 3, 12


@pytest.fixture(autouse=True)
def slow_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time between looking and writing be long enough to meet in."""
    count = operations._left

    def counted(surplus: Surplus) -> int | None:
        found = count(surplus)
        time.sleep(0.02)
        return found

    monkeypatch.setattr(operations, "_left", counted)


def place_at_once() -> tuple[Surplus, list[Any]]:
    seller, now = shop(), timezone.now()
    draft = SurplusDraft(
        listing_id=build_listing(seller=seller, mass_g=800).pk,
        reason="too_much",
        best_before=now.date() + timedelta(days=1),
        pick_up_until=now + timedelta(hours=1),
        pieces=20,
        steps=(Step(now, 25),),
    )
    surplus = start_surplus(seller=seller, draft=draft, user=None, now=now)
    close_surplus(seller=seller, surplus_id=surplus.pk, left=LEFT, now=now)
    found = run_at_once(
        [
            lambda: place_rest(
                seller=seller,
                surplus_id=surplus.pk,
                place=Placed("food_bank", EACH),
                user=None,
                now=now,
            )
        ]
        * HELPERS
    )
    surplus.refresh_from_db()
    return surplus, found


def test_no_piece_gets_two_places_whoever_taps_first() -> None:
    surplus, found = place_at_once()
    assert sum(isinstance(one, SurplusLeft) for one in found) == LEFT // EACH
    assert sum(isinstance(one, SurplusRefused) for one in found) == HELPERS - LEFT // EACH
    assert sum(surplus.left.values_list("pieces", flat=True)) == LEFT
    assert surplus.settled_at is not None


def test_without_the_lock_pieces_get_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = type(Surplus.objects)
    monkeypatch.setattr(manager, "select_for_update", lambda self, **_how: self.get_queryset())
    surplus, _found = place_at_once()
    assert sum(surplus.left.values_list("pieces", flat=True)) > LEFT
