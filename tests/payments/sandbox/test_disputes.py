"""A card holder wants his money back from his bank."""

import urllib.error

import pytest
import stripe

from tests.payments.sandbox.till import DAY_S

FEE, DISPUTE_FEE = 25 + 15, 2000
NET = 1000 - FEE


def begin(till, charge):
    return till.console.dispute(charge.id, reason="product_not_received")


def test_a_dispute_takes_the_amount_and_a_fee_at_once(till):
    charge = till.charge(1000, method="card")
    opened = begin(till, charge)
    assert (opened["status"], opened["amount"]) == ("needs_response", 1000)
    assert sum(till.holds()) == NET - 1000 - DISPUTE_FEE
    assert till.api.charges.retrieve(charge.id).disputed is True
    assert till.told(opened["id"]) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    with pytest.raises(stripe.InvalidRequestError) as no:
        till.api.refunds.create({"charge": charge.id})
    assert no.value.code == "charge_disputed"


@pytest.mark.parametrize("method", ["ideal", "wero", "bancontact"])
def test_what_a_bank_account_paid_cannot_be_disputed(till, method):
    charge = till.charge(1000, method=method)
    before = till.holds()
    with pytest.raises(urllib.error.HTTPError):
        begin(till, charge)
    assert till.api.disputes.list().data == []
    assert till.holds() == before


def test_a_dispute_that_is_won_gives_the_amount_back_but_not_the_fee(till):
    charge = till.charge(1000, method="card")
    name = begin(till, charge)["id"]
    answered = till.api.disputes.update(name, {"evidence": {"product_description": "Brood"}})
    assert answered.status == "under_review"
    till.console.decide(name, "win")
    assert till.api.disputes.retrieve(name).status == "won"
    assert sum(till.holds()) == NET - DISPUTE_FEE
    assert till.told(name)[2:] == [
        "charge.dispute.updated",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]
    assert till.api.refunds.create({"charge": charge.id}).status == "succeeded"


@pytest.mark.parametrize("how", ["silence", "console", "acceptance"])
def test_a_dispute_is_lost_by_decision_by_giving_in_and_by_silence(till, how):
    name = begin(till, till.charge(1000, method="card"))["id"]
    if how == "silence":
        till.console.pass_time(7 * DAY_S + 1)
    elif how == "console":
        till.console.decide(name, "lose")
    else:
        till.api.disputes.close(name)
    assert till.api.disputes.retrieve(name).status == "lost"
    assert sum(till.holds()) == NET - 1000 - DISPUTE_FEE
    assert till.told(name)[-1] == "charge.dispute.closed"
    with pytest.raises(stripe.InvalidRequestError):
        till.api.disputes.close(name)


def test_evidence_may_be_kept_before_it_is_sent(till):
    name = begin(till, till.charge(1000, method="card"))["id"]
    kept = till.api.disputes.update(name, {"evidence": {"customer_name": "J"}, "submit": False})
    assert (kept.status, kept.evidence_details.has_evidence) == ("needs_response", True)
    till.console.pass_time(8 * DAY_S)
    assert till.api.disputes.retrieve(name).status == "lost"


def test_only_what_was_not_refunded_is_disputed(till):
    charge = till.charge(1000, method="card")
    till.api.refunds.create({"charge": charge.id, "amount": 400})
    assert begin(till, charge)["amount"] == 600
    assert [d.charge for d in till.api.disputes.list({"charge": charge.id}).data] == [charge.id]
