"""Thirty helpers and buyers at one product: no lost update, and stock never below nothing.

The whole minute is run by hand: ``python -m tests.bench.desk_rush``.
"""

import pytest

from tests.shop.rush import STOCK, Outcome, hold_rush

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

SECONDS = 4


def holds(outcome: Outcome) -> dict[str, bool]:
    """Return what must hold, by name."""
    rush, done = outcome.rush, outcome.rush.done
    return {
        "nothing a form kept is lost": outcome.lost_words == set(),
        "stock is what was counted and nothing else": outcome.stock.num_in_stock
        == STOCK + rush.stock,
        "held is what was bought": outcome.stock.num_allocated
        == done["bought"]
        == outcome.purchases,
        "every price stands in the history": outcome.prices == 1 + done["price"],
        "every edit made a version": outcome.listing.version == 1 + done["price"] + done["form"],
    }


def test_nothing_is_lost_and_stock_never_goes_below_nothing() -> None:
    outcome = hold_rush(seconds=SECONDS, blind=False)
    assert outcome.rush.errors == []
    assert outcome.rush.seen_wrong == []
    assert holds(outcome) == dict.fromkeys(holds(outcome), True)
    assert min(outcome.rush.done[name] for name in ("price", "form", "count", "bought")) > 0
    assert outcome.rush.done["shown wrong"] == 0, "who collides sees both versions"
    collided = outcome.rush.done["price collided"] + outcome.rush.done["form collided"]
    assert collided > 0, "the people really were in each other's way"


def test_without_what_was_seen_edits_and_counts_are_lost() -> None:
    for _try in range(3):
        outcome = hold_rush(seconds=SECONDS, blind=True)
        assert outcome.rush.errors == []
        found = holds(outcome)
        if outcome.lost_words and not found["stock is what was counted and nothing else"]:
            return
    pytest.fail("the race was not shown")
