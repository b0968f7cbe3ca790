"""What we assume of Stripe, asked of the sandbox and, with a key, of Stripe itself.

Set STRIPE_LIVE_SANDBOX_KEY (sk_test_...) and STRIPE_LIVE_SANDBOX_ACCOUNT (a connected
account that can receive transfers) and run with `-m live_sandbox`.
"""

import os
import uuid

import pytest
import stripe

from tests.payments.sandbox.till import SHOP

KEY = os.environ.get("STRIPE_LIVE_SANDBOX_KEY", "")
ACCOUNT = os.environ.get("STRIPE_LIVE_SANDBOX_ACCOUNT", "")
NO_KEY = pytest.mark.skipif(not KEY or not ACCOUNT, reason="needs a Stripe test account")


@pytest.fixture(
    params=["sandbox", pytest.param("stripe", marks=[pytest.mark.live_sandbox, NO_KEY])]
)
def stripe_and_shop(request):
    """Version 1 of the API, and an account that can receive."""
    if request.param == "stripe":
        return stripe.StripeClient(KEY, stripe_version=stripe.api_version).v1, ACCOUNT
    return request.getfixturevalue("till").api, SHOP


def pay(api, cents=1000, card="pm_card_bypassPending", **fields):
    """Charge a test card and return the charge's id."""
    never = {"enabled": True, "allow_redirects": "never"}
    wish = {"amount": cents, "currency": "eur", "payment_method": card, "confirm": True}
    wish |= {"automatic_payment_methods": never, **fields}
    return api.payment_intents.create(wish).latest_charge


def send(api, charge, account, cents):
    wish = {"amount": cents, "currency": "eur", "destination": account}
    return api.transfers.create({**wish, "source_transaction": charge})


def refused(work, *, code=None, status=400):
    with pytest.raises(stripe.StripeError) as no:
        work()
    assert no.value.http_status == status
    if code:
        assert no.value.code == code


def test_the_transfers_of_a_charge_never_exceed_it(stripe_and_shop):
    api, shop = stripe_and_shop
    charge = pay(api)
    send(api, charge, shop, 600)
    refused(lambda: send(api, charge, shop, 401))


def test_a_reversal_never_exceeds_its_transfer(stripe_and_shop):
    api, shop = stripe_and_shop
    made = send(api, pay(api), shop, 600)
    api.transfers.reversals.create(made.id, {"amount": 200})
    refused(lambda: api.transfers.reversals.create(made.id, {"amount": 401}))
    assert api.transfers.retrieve(made.id).amount_reversed == 200


def test_a_refund_never_exceeds_its_charge(stripe_and_shop):
    api, _ = stripe_and_shop
    charge = pay(api)
    api.refunds.create({"charge": charge, "amount": 400})
    refused(lambda: api.refunds.create({"charge": charge, "amount": 601}))
    api.refunds.create({"charge": charge})
    refused(lambda: api.refunds.create({"charge": charge}), code="charge_already_refunded")
    assert api.charges.retrieve(charge).refunded is True


def test_a_transfer_out_of_the_balance_needs_a_balance(stripe_and_shop):
    api, shop = stripe_and_shop
    wish = {"amount": 99_999_999, "currency": "eur", "destination": shop}
    refused(lambda: api.transfers.create(wish), code="balance_insufficient")


def test_a_transfer_to_an_unknown_account_is_refused(stripe_and_shop):
    api, _ = stripe_and_shop
    refused(lambda: send(api, pay(api), "nobody", 100))


def test_less_than_half_a_euro_cannot_be_charged(stripe_and_shop):
    api, _ = stripe_and_shop
    refused(lambda: pay(api, 49), code="amount_too_small")


def test_a_declined_card_takes_nothing(stripe_and_shop):
    api, _ = stripe_and_shop
    decline = "pm_card_visa_chargeDeclined"
    refused(lambda: pay(api, card=decline), code="card_declined", status=402)


def test_a_card_that_asks_for_confirmation_is_not_charged_yet(stripe_and_shop):
    api, _ = stripe_and_shop
    assert pay(api, card="pm_card_authenticationRequired") is None


def test_a_key_is_one_charge_and_another_body_is_refused(stripe_and_shop):
    api, shop = stripe_and_shop
    charge, key = pay(api), {"idempotency_key": str(uuid.uuid4())}
    wish = {"currency": "eur", "destination": shop, "source_transaction": charge}
    first = api.transfers.create({**wish, "amount": 100}, key)
    assert api.transfers.create({**wish, "amount": 100}, key).id == first.id
    with pytest.raises(stripe.IdempotencyError):
        api.transfers.create({**wish, "amount": 101}, key)


def test_a_card_whose_refund_fails_says_so_later(till):
    charge = pay(till.api, card="pm_card_refundFail")
    made = till.api.refunds.create({"charge": charge, "amount": 400})
    assert made.status == "succeeded"
    till.console.pass_time(31)
    assert till.api.refunds.retrieve(made.id).status == "failed"
    assert till.api.charges.retrieve(charge).amount_refunded == 0


def test_cards_have_the_end_that_their_name_tells(till):
    charge = pay(till.api)
    assert till.holds() == (1000 - 40, 0)
    late = till.api.refunds.create({"charge": pay(till.api, card="pm_card_pendingRefund")})
    assert late.status == "pending"
    disputed = pay(till.api, card="pm_card_createDispute")
    assert till.api.disputes.list().data[0].charge == disputed
    refused(lambda: pay(till.api, card="pm_card_unheard_of"))
    intent = till.api.charges.retrieve(charge).payment_intent
    refused(lambda: till.api.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"}))
    open_one = till.api.payment_intents.create({"amount": 100, "currency": "eur"})
    paid = till.api.payment_intents.confirm(open_one.id, {"payment_method": "pm_card_visa"})
    assert paid.status == "succeeded"
