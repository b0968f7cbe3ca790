"""Taking a transfer back from a connected account."""

import pytest
import stripe

from tests.payments.sandbox.till import DAY_S, SHOP, transfer


def reverse(till, made, amount=None):
    return till.api.transfers.reversals.create(
        made.id, {} if amount is None else {"amount": amount}
    )


def test_reversals_of_a_transfer_never_exceed_it(till):
    made = transfer(till.api, till.charge(1000), 800)
    reverse(till, made, 300)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unreversed amount"):
        reverse(till, made, 501)
    now = till.api.transfers.retrieve(made.id)
    assert (now.amount_reversed, now.reversed) == (300, False)
    assert reverse(till, made).amount == 500
    now = till.api.transfers.retrieve(made.id)
    assert (now.amount_reversed, now.reversed) == (800, True)
    with pytest.raises(stripe.InvalidRequestError, match="already been fully reversed"):
        reverse(till, made)
    assert till.holds(SHOP) == (0, 0)
    assert till.told(made.id) == [
        "transfer.created",
        *["transfer.reversed", "transfer.updated"] * 2,
    ]


def test_a_transfer_becomes_available_with_its_charge_and_can_be_taken_back_before(till):
    charge = till.charge(1000)
    made = transfer(till.api, charge, 800)
    assert till.holds(SHOP) == (0, 800)
    assert till.holds() == (0, 1000 - 29 - 800)
    reverse(till, made, 100)
    assert till.holds(SHOP) == (0, 700)
    assert till.holds() == (0, 1000 - 29 - 700)
    till.console.pass_time(2 * DAY_S + 1)
    assert till.holds(SHOP) == (700, 0)
    assert till.holds() == (1000 - 29 - 700, 0)
    assert till.entries(SHOP) == [("payment", 800), ("payment_refund", -100)]
    assert till.entries() == [("payment", 971), ("transfer", -800), ("transfer_refund", 100)]


def test_reversals_are_listed_with_and_without_their_transfer(till):
    made = transfer(till.api, till.charge(1000), 800)
    other = transfer(till.api, till.charge(1000), 800)
    first, second = reverse(till, made, 1), reverse(till, made, 2)
    reverse(till, other, 3)
    listed = till.api.transfers.reversals.list(made.id).data
    assert [r.id for r in listed] == [second.id, first.id]
    inside = till.api.transfers.retrieve(made.id).reversals.data
    assert [r.amount for r in inside] == [2, 1]
    assert till.api.transfers.reversals.retrieve(made.id, first.id).amount == 1
    with pytest.raises(stripe.InvalidRequestError):
        till.api.transfers.reversals.retrieve(other.id, first.id)


def test_a_transfer_without_a_charge_needs_available_money(till):
    till.charge(1000)
    wish = {"amount": 500, "currency": "eur", "destination": SHOP}
    with pytest.raises(stripe.InvalidRequestError) as no:
        till.api.transfers.create(wish)
    assert no.value.code == "balance_insufficient"
    till.console.pass_time(3 * DAY_S)
    till.api.transfers.create(wish)
    assert (till.holds(), till.holds(SHOP)) == ((471, 0), (500, 0))


def test_metadata_and_description_of_a_transfer_can_be_changed(till):
    made = transfer(till.api, till.charge(1000), 800, metadata={"order": "1"})
    changed = till.api.transfers.update(made.id, {"metadata": {"note": "x"}, "description": "y"})
    assert (changed.metadata.to_dict(), changed.description) == ({"order": "1", "note": "x"}, "y")


def test_an_account_finds_the_transfers_behind_its_balance(till):
    made = transfer(till.api, till.charge(1000), 800)
    back = reverse(till, made, 300)
    wish = {"expand": ["data.source"]}
    entries = till.api.balance_transactions.list(wish, {"stripe_account": SHOP}).data
    assert entries[1].source.source_transfer == made.id
    assert (entries[1].source.amount, entries[1].source.amount_refunded) == (800, 300)
    assert entries[0].source.source_transfer_reversal == back.id
    assert till.api.refunds.list().data == []
