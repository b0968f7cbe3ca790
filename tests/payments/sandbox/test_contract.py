"""The sandbox holds us to what Stripe's own types and rules say."""

import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from tests.payments.sandbox.till import line, session_params, transfer
from winkelstraat.payments.sandbox.parameters import parse_form


def test_form_fields_become_nested_parameters():
    pairs = [("a[b][0][c]", "1"), ("a[b][1][c]", "2"), ("expand[]", "x"), ("expand[]", "y")]
    assert parse_form(pairs) == {"a": {"b": [{"c": "1"}, {"c": "2"}]}, "expand": ["x", "y"]}


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ({"colour": "red"}, "colour"),
        ({"payment_intent_data": {"colour": "red"}}, "payment_intent_data[colour]"),
    ],
)
def test_a_parameter_that_stripe_does_not_have_is_refused(api, fields, unknown):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.checkout.sessions.create(session_params(**fields))
    assert (refusal.value.code, refusal.value.param) == ("parameter_unknown", unknown)


def test_a_missing_parameter_is_refused(api):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.transfers.create({"amount": 1, "currency": "eur"})
    assert (refusal.value.code, refusal.value.param) == ("parameter_missing", "destination")


def test_a_live_key_and_another_version_are_refused(sandbox):
    base = {"api": sandbox.address}
    live = stripe.StripeClient("sk_live_x", base_addresses=base, max_network_retries=0)
    with pytest.raises(stripe.AuthenticationError):
        live.v1.balance.retrieve()
    old = stripe.StripeClient(
        "sk_test_x", base_addresses=base, stripe_version="2020-08-27", max_network_retries=0
    )
    with pytest.raises(stripe.InvalidRequestError, match="Unknown API version"):
        old.v1.balance.retrieve()


@pytest.mark.parametrize("seconds", [60, 1700, 90_000])
def test_a_session_lives_between_half_an_hour_and_a_day(api, seconds):
    with pytest.raises(stripe.InvalidRequestError, match="expires_at"):
        api.checkout.sessions.create(session_params(expires_at=int(time.time()) + seconds))


def test_a_key_gives_the_same_answer_for_a_day_and_then_a_new_one(api, sandbox):
    params, key = session_params(), {"idempotency_key": f"key-{time.time()}"}
    first = api.checkout.sessions.create(params, key)
    again = api.checkout.sessions.create(params, key)
    assert again.id == first.id
    assert again.last_response.headers["idempotent-replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        api.checkout.sessions.create({**params, "locale": "nl"}, key)
    sandbox.pass_time(24 * 3600 + 10)
    later = {**params, "expires_at": params["expires_at"] + 24 * 3600 + 10}
    assert api.checkout.sessions.create(later, key).id != first.id


def test_a_server_error_is_remembered_and_a_wrong_parameter_is_not(api, sandbox):
    key = {"idempotency_key": f"key-{time.time()}"}
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.create(session_params(colour="red"), key)
    sandbox.spoil("500")
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            api.checkout.sessions.create(session_params(), key)
    fresh = {"idempotency_key": f"key-{time.time()}"}
    assert api.checkout.sessions.create(session_params(), fresh).status == "open"


def test_transfers_of_a_charge_never_exceed_it(api, charge):
    transfer(api, charge, 600)
    with pytest.raises(stripe.InvalidRequestError, match="exceed"):
        transfer(api, charge, 401)
    transfer(api, charge, 400)
    with pytest.raises(stripe.InvalidRequestError, match="exceed"):
        transfer(api, charge, 1)


def test_a_transfer_inherits_the_group_of_its_charge_and_is_found_by_it(api, sandbox):
    session = api.checkout.sessions.create(
        session_params(payment_intent_data={"transfer_group": "order_x"})
    )
    sandbox.act(session.id, "pay")
    charge = api.charges.list({"transfer_group": "order_x"}).data[0]
    made = transfer(api, charge, 1)
    assert made.transfer_group == "order_x"
    assert [t.id for t in api.transfers.list({"transfer_group": "order_x"}).data] == [made.id]


def test_an_account_that_cannot_receive_is_refused(api, sandbox, charge):
    sandbox.set_account("acct_blocked", "inactive")
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        transfer(api, charge, 1, destination="acct_blocked")
    assert refusal.value.code == "insufficient_capabilities_for_transfer"
    with pytest.raises(stripe.InvalidRequestError):
        transfer(api, charge, 1, destination="nobody")


def test_a_charge_learns_its_balance_transaction_later(api, sandbox, charge):
    assert charge.balance_transaction is None
    sandbox.pass_time(2)
    assert api.charges.retrieve(charge.id).balance_transaction.startswith("txn_")
    reported = [e for e in sandbox.read("events") if e.type == "charge.updated"]
    assert charge.id in [event.data.object.id for event in reported]


def test_money_is_pending_for_two_days(api, sandbox, charge):
    before = api.balance.retrieve()
    sandbox.pass_time(2 * 24 * 3600 + 5)
    after = api.balance.retrieve()
    assert after.pending[0].amount == 0
    assert after.available[0].amount == before.available[0].amount + before.pending[0].amount


def test_only_an_open_session_can_be_closed(api, sandbox):
    session = api.checkout.sessions.create(session_params())
    assert api.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        api.checkout.sessions.expire(session.id)
    with pytest.raises(urllib.error.HTTPError):
        sandbox.act(session.id, "pay")


def test_an_intent_is_cancelled_once_and_never_after_success(api, charge):
    intent = api.payment_intents.create({"amount": 100, "currency": "eur"})
    assert api.payment_intents.cancel(intent.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError):
        api.payment_intents.cancel(charge.payment_intent)


def test_an_amount_below_half_a_euro_cannot_be_charged(api):
    for call in (
        lambda: api.payment_intents.create({"amount": 49, "currency": "eur"}),
        lambda: api.checkout.sessions.create(session_params(line_items=[line(49)])),
    ):
        with pytest.raises(stripe.InvalidRequestError) as no:
            call()
        assert no.value.code == "amount_too_small"


def test_the_reports_of_a_payment_name_its_events_and_can_be_dropped(api, sandbox):
    session = api.checkout.sessions.create(session_params())
    sandbox.call("POST", "webhooks/plan", action="drop", type="charge.succeeded")
    sandbox.call("POST", "webhooks/plan", action="duplicate", type="payment_intent.succeeded")
    before = len(sandbox.list_reports())
    paid = sandbox.act(session.id, "pay")
    assert paid["payment_status"] == "paid"
    kinds = [report["type"] for report in sandbox.list_reports()[before:]]
    assert kinds == ["payment_intent.succeeded"] * 2 + ["checkout.session.completed"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


def choose(address, outcome, method="ideal"):
    data = urllib.parse.urlencode({"method": method, "outcome": outcome}).encode()
    opener = urllib.request.build_opener(NoRedirect)
    try:
        return opener.open(urllib.request.Request(address, data=data), timeout=5)
    except urllib.error.HTTPError as answer:
        return answer


def test_the_pay_page_pays_refuses_and_closes(api):
    session = api.checkout.sessions.create(session_params())
    with urllib.request.urlopen(session.url, timeout=5) as page:
        html = page.read().decode()
        policy = page.headers["Content-Security-Policy"]
    assert 'lang="nl"' in html
    assert "iDEAL | Wero" in html
    assert "Betaal € 10,00" in html
    assert "http://shop.example/no" in html
    assert "form-action 'self' http://shop.example" in policy
    refused = choose(session.url, "refuse")
    assert refused.status == 402
    assert "geweigerd" in refused.read().decode()
    assert choose(session.url, "steal").status == 400
    paid = choose(session.url, "pay", "card")
    assert (paid.status, paid.headers["Location"]) == (303, "http://shop.example/ok")
    assert choose(session.url, "pay").status == 409
    assert api.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_an_unknown_page_and_an_unknown_call_are_404(sandbox):
    for path in ("/pay/cs_test_none", "/v1/unicorns", "/"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(sandbox.address + path, timeout=5)
