"""Giving money back to a buyer."""

import pytest
import stripe

from tests.payments.sandbox.till import DAY_S

FEE = 29
PAID_AND_BACK = ["charge.succeeded", "charge.refunded", "charge.updated"]


def refund(till, charge, amount=None, **fields):
    wish = {"charge": charge.id, **fields}
    return till.api.refunds.create(wish if amount is None else {**wish, "amount": amount})


def test_a_refund_never_exceeds_what_is_left_of_its_charge(till):
    charge = till.charge(1000)
    assert refund(till, charge, 600).amount == 600
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount") as no:
        refund(till, charge, 401)
    assert no.value.param == "amount"
    assert till.api.charges.retrieve(charge.id).amount_refunded == 600
    assert refund(till, charge).amount == 400
    whole = till.api.charges.retrieve(charge.id)
    assert (whole.amount_refunded, whole.refunded) == (1000, True)
    with pytest.raises(stripe.InvalidRequestError) as no:
        refund(till, charge, 1)
    assert no.value.code == "charge_already_refunded"
    assert sum(till.holds()) == -FEE


def test_the_platform_pays_a_refund_and_keeps_the_fee_to_bear(till):
    charge = till.charge(1000)
    till.console.pass_time(3 * DAY_S)
    assert till.holds() == (1000 - FEE, 0)
    refund(till, charge, 250)
    assert till.holds() == (1000 - FEE - 250, 0)
    assert till.entries() == [("payment", 1000 - FEE), ("payment_refund", -250)]


def test_a_refund_of_pending_money_leaves_the_available_balance_alone(till):
    charge = till.charge(1000)
    refund(till, charge, 300)
    assert till.holds() == (0, 1000 - FEE - 300)


def test_a_bank_refund_is_pending_and_then_arrives_while_a_card_has_it_at_once(till):
    by_bank, by_card = till.charge(500), till.charge(500, method="card")
    first, second = refund(till, by_bank), refund(till, by_card)
    assert (first.status, first.pending_reason) == ("pending", "processing")
    assert (second.status, second.id[:3]) == ("succeeded", "re_")
    till.console.pass_time(31)
    assert till.api.refunds.retrieve(first.id).status == "succeeded"
    assert till.told(first.id) == ["refund.created", "refund.updated"]
    assert till.told(second.id) == ["refund.created"]
    assert till.told(f'"id": "{by_card.id}"') == PAID_AND_BACK


def test_a_returned_refund_gives_the_money_and_the_room_back(till):
    charge = till.charge(1000)
    till.console.pass_time(3 * DAY_S)
    made = refund(till, charge, 400)
    till.console.pass_time(31)
    till.console.decide(made.id, "fail", reason="lost_or_stolen_card")
    failed = till.api.refunds.retrieve(made.id)
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    back = till.api.balance_transactions.retrieve(failed.failure_balance_transaction)
    assert (back.type, back.net) == ("payment_failure_refund", 400)
    assert till.holds() == (1000 - FEE, 0)
    assert till.api.charges.retrieve(charge.id).amount_refunded == 0
    assert till.told(made.id)[-2:] == ["refund.updated", "refund.failed"]
    assert refund(till, charge).amount == 1000


def test_refunds_are_found_by_charge_and_by_payment_intent(till):
    one, other = till.charge(500), till.charge(500)
    first, second = refund(till, one, 100), refund(till, one, 200)
    third = till.api.refunds.create({"payment_intent": other.payment_intent, "amount": 5})
    assert third.charge == other.id
    listed = till.api.refunds.list({"charge": one.id}).data
    assert [r.id for r in listed] == [second.id, first.id]
    by_intent = till.api.refunds.list({"payment_intent": other.payment_intent}).data
    assert [r.id for r in by_intent] == [third.id]


@pytest.mark.parametrize("fields", [{}, {"charge": "ch_none"}, {"payment_intent": "pi_none"}])
def test_a_refund_of_nothing_is_refused(till, fields):
    with pytest.raises(stripe.InvalidRequestError):
        till.api.refunds.create(fields)
    assert till.api.refunds.list().data == []


def test_a_refund_of_an_unpaid_intent_is_refused(till):
    intent = till.api.payment_intents.create({"amount": 100, "currency": "eur"})
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        till.api.refunds.create({"payment_intent": intent.id})


@pytest.fixture
def spent(till):
    """Three charges of 10,00 whose money went to shops; the platform owes its fees."""
    charges = [till.charge(1000) for _ in range(3)]
    till.console.pass_time(3 * DAY_S)
    drain(till, charges)
    assert till.holds() == (-3 * FEE, 0)
    return charges


def test_a_refund_beyond_the_balance_makes_it_negative(till, spent):
    gone = refund(till, spent[0], 500)
    assert (gone.status, gone.pending_reason) == ("pending", "processing")
    assert till.holds() == (-3 * FEE - 500, 0)
    with pytest.raises(stripe.InvalidRequestError, match="cannot be canceled"):
        till.api.refunds.cancel(gone.id)


def test_a_refund_beyond_the_balance_can_be_refused(till, spent):
    till.console.call("POST", "rules", short_refunds="refuse")
    with pytest.raises(stripe.InvalidRequestError) as no:
        refund(till, spent[0], 500)
    assert no.value.code == "balance_insufficient"
    assert till.api.charges.retrieve(spent[0].id).amount_refunded == 0
    assert till.holds() == (-3 * FEE, 0)


def test_refunds_beyond_the_balance_can_wait_for_money_in_their_order(till, spent):
    till.console.call("POST", "rules", short_refunds="pending")
    first, second = refund(till, spent[0], 500), refund(till, spent[1], 300)
    assert (first.status, first.pending_reason) == ("pending", "insufficient_funds")
    assert till.holds() == (-3 * FEE - 800, 0)
    till.console.pass_time(100)
    assert till.api.refunds.retrieve(first.id).pending_reason == "insufficient_funds"
    till.console.call("POST", "topups", amount=3 * FEE + 500)
    till.console.pass_time(1)
    assert till.api.refunds.retrieve(first.id).pending_reason == "processing"
    assert till.api.refunds.retrieve(second.id).pending_reason == "insufficient_funds"
    till.console.pass_time(31)
    assert till.api.refunds.retrieve(first.id).status == "succeeded"
    assert till.api.refunds.cancel(second.id).status == "canceled"
    assert till.api.charges.retrieve(spent[1].id).amount_refunded == 0
    assert till.holds() == (0, 0)


def drain(till, charges):
    """Send away all that came in, so that the platform keeps only what it owes in fees."""
    for charge in charges:
        wish = {"amount": charge.amount, "currency": "eur", "source_transaction": charge.id}
        till.api.transfers.create({**wish, "destination": "acct_far"})
