"""Every answer has the fields that the SDK's classes name, and no others."""

from typing import Any

import pytest
import stripe

from tests.payments.sandbox.test_accounts import WHOLE, create, link
from tests.payments.sandbox.till import transfer


def faults_of(found: Any, path: str = "") -> list[str]:
    """Return the names that are too many or missing in an answer, at any depth."""
    kind = type(found)
    known = {"object": "Optional"}
    for base in reversed(kind.__mro__):
        named = vars(base).get("__annotations__", {})
        known |= {n: a for n, a in named.items() if n.upper() != n and n[0] != "_"}
    faults = []
    if len(known) > 1:
        for name in set(found.to_dict()) - set(known):
            faults.append(f"{path}{kind.__name__}.{name} does not exist")
        for name, annotation in known.items():
            wanted = "Optional" not in str(annotation) and "NoneType" not in str(annotation)
            if wanted and name not in found:
                faults.append(f"{path}{kind.__name__}.{name} is missing")
    for name in found.to_dict():
        value = found[name]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, stripe.StripeObject):
                faults += faults_of(item, f"{path}{name}.")
    return faults


def answers(till) -> list[Any]:
    """Return one answer of every kind, after every kind of thing happened."""
    api = till.api
    account = create(till)
    till.console.call("PUT", f"accounts/{account.id}", onboarding="everything")
    till.console.pass_time(3)
    card, ideal = till.charge(1000, method="card"), till.charge(1000)
    others = [till.charge(100, method=method).id for method in ("wero", "bancontact")]
    sent = transfer(api, ideal, 700, destination=account.id)
    reversal = api.transfers.reversals.create(sent.id, {"amount": 100})
    refund = api.refunds.create({"charge": ideal.id, "amount": 50})
    dispute = till.console.call("POST", f"charges/{card.id}/dispute")["id"]
    till.console.pass_time(3 * 86_400)
    option = {"stripe_account": account.id}
    payout = api.payouts.list({}, option).data[0]
    till.console.call("POST", f"payouts/{payout.id}/fail")
    topup = till.console.call("POST", "topups", amount=100)["id"]
    found = [
        api.checkout.sessions.list().data[0],
        api.payment_intents.list().data[0],
        *(api.charges.retrieve(name) for name in (card.id, ideal.id, *others)),
        *(api.transfers.retrieve(sent.id), reversal, api.refunds.retrieve(refund.id)),
        *(api.disputes.retrieve(dispute), api.payouts.retrieve(payout.id, {}, option)),
        *(api.topups.retrieve(topup), api.balance.retrieve(), api.balance.retrieve({}, option)),
        *api.balance_transactions.list({"limit": 100}).data,
        *(api.balance_settings.retrieve({}, option), api.accounts.retrieve(account.id)),
        *api.webhook_endpoints.list().data,
        *api.events.list({"limit": 100}).data,
        *api.events.list({"limit": 100}, option).data,
        till.whole.v2.core.accounts.retrieve(account.id, {"include": WHOLE}),
        *(link(till, account), *till.whole.v2.core.event_destinations.list().data),
    ]
    thin = till.whole.v2.core.events
    return found + [thin.retrieve(e.id) for e in thin.list({"limit": 100}).data]


def test_every_answer_has_the_fields_of_its_class(till):
    found = answers(till)
    assert {type(one).__name__ for one in found} >= {"Charge", "Dispute", "Payout", "Account"}
    faults = {fault for one in found for fault in faults_of(one)}
    assert not faults, "\n".join(sorted(faults))


@pytest.mark.parametrize(
    ("call", "param"),
    [
        (lambda api: api.events.list({"colour": "red"}), "colour"),
        (lambda api: api.topups.create({"amount": 1}), "currency"),
        (lambda api: api.disputes.update("du_x", {"evidence": {"alibi": "x"}}), "evidence[alibi]"),
        (lambda api: api.transfers.reversals.create("tr_x", {"reason": "x"}), "reason"),
    ],
)
def test_a_name_that_does_not_exist_is_refused_before_any_work(till, call, param):
    with pytest.raises(stripe.InvalidRequestError) as no:
        call(till.api)
    assert no.value.param == param


def test_a_word_outside_a_closed_list_is_refused(till):
    with pytest.raises(stripe.InvalidRequestError) as no:
        create(till, dashboard="cockpit")
    assert no.value.json_body["error"]["param"] == "dashboard"
    assert till.whole.v2.core.accounts.list().data == []
