"""Money that leaves to a bank account, comes back, or is brought in."""

import pytest
import stripe

from tests.payments.sandbox.till import DAY_S, SHOP, transfer

EUROS = {"currency": "eur"}


def earn(till, amount=800, account=SHOP):
    """Let a connected account have available money."""
    made = transfer(till.api, till.charge(1000), amount, destination=account)
    till.console.pass_time(2 * DAY_S + 1)
    return made


def pay_out(till, amount, account=SHOP):
    options = {"stripe_account": account} if account else {}
    return till.api.payouts.create({"amount": amount, **EUROS}, options)


def onboarded(till):
    wish = {
        "configuration": {
            "recipient": {
                "capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}
            }
        },
        "defaults": {
            "responsibilities": {
                "fees_collector": "application",
                "losses_collector": "application",
            }
        },
    }
    name = till.whole.v2.core.accounts.create(wish).id
    till.console.onboard(name)
    till.console.pass_time(3)
    return name


def test_only_available_money_is_paid_out(till):
    transfer(till.api, till.charge(1000), 800)
    with pytest.raises(stripe.InvalidRequestError) as no:
        pay_out(till, 1)
    assert no.value.code == "balance_insufficient"
    till.console.pass_time(2 * DAY_S + 1)
    with pytest.raises(stripe.InvalidRequestError):
        pay_out(till, 801)
    made = pay_out(till, 800)
    assert (made.status, till.holds(SHOP)) == ("pending", (0, 0))
    till.console.pass_time(2 * DAY_S + 1)
    options = {"stripe_account": SHOP}
    assert till.api.payouts.retrieve(made.id, {}, options).status == "paid"
    assert till.told(made.id, endpoint="connect") == ["payout.created", "payout.paid"]
    with pytest.raises(stripe.InvalidRequestError):
        till.api.payouts.retrieve(made.id)
    assert till.api.payouts.list().data == []


@pytest.mark.parametrize("days", [0, 3])
def test_a_bank_returns_a_payout_on_its_way_or_later_and_the_money_is_back(till, days):
    earn(till)
    made = pay_out(till, 800)
    till.console.pass_time(days * DAY_S)
    till.console.decide(made.id, "fail", reason="no_account")
    failed = till.api.payouts.retrieve(made.id, {}, {"stripe_account": SHOP})
    assert (failed.status, failed.failure_code) == ("failed", "no_account")
    assert till.holds(SHOP) == (800, 0)
    assert till.told(made.id, endpoint="connect")[-1] == "payout.failed"
    till.console.pass_time(3 * DAY_S)
    assert till.api.payouts.retrieve(made.id, {}, {"stripe_account": SHOP}).status == "failed"


def test_an_onboarded_account_is_paid_out_every_midnight_until_its_bank_refuses(till):
    name = onboarded(till)
    earn(till, account=name)
    till.console.pass_time(DAY_S)
    options = {"stripe_account": name}
    daily = till.api.payouts.list({}, options).data
    assert [(p.amount, p.automatic) for p in daily] == [(800, True)]
    assert till.entries(name, payout=daily[0].id) == [("payment", 800), ("payout", -800)]
    till.console.call("POST", f"payouts/{daily[0].id}/fail")
    till.console.pass_time(3 * DAY_S)
    assert till.holds(name) == (800, 0)
    account = till.whole.v2.core.accounts.retrieve(
        name, {"include": ["requirements", "configuration.recipient"]}
    )
    balance = account.configuration.recipient.capabilities.stripe_balance
    assert (balance.stripe_transfers.status, balance.payouts.status) == ("active", "restricted")
    assert [e.description for e in account.requirements.entries] == ["external_account"]
    till.console.onboard(name)
    till.console.pass_time(DAY_S + 3)
    assert till.holds(name) == (0, 0)


def test_a_manual_schedule_pays_nothing_by_itself(till):
    name = onboarded(till)
    schedule = {"payments": {"payouts": {"schedule": {"interval": "manual"}}}}
    till.api.balance_settings.update(schedule, {"stripe_account": name})
    earn(till, account=name)
    till.console.pass_time(5 * DAY_S)
    assert till.holds(name) == (800, 0)


def test_a_payout_that_did_not_leave_can_be_called_back(till):
    earn(till)
    made = pay_out(till, 300)
    options = {"stripe_account": SHOP}
    assert till.api.payouts.cancel(made.id, {}, options).status == "canceled"
    assert till.holds(SHOP) == (800, 0)
    with pytest.raises(stripe.InvalidRequestError):
        till.api.payouts.cancel(made.id, {}, options)


def test_the_platform_is_paid_out_by_hand_only(till):
    till.charge(1000)
    till.console.pass_time(10 * DAY_S)
    assert till.holds() == (971, 0)
    pay_out(till, 971, account="")
    assert till.holds() == (0, 0)
    assert till.api.balance_settings.retrieve().payments.payouts.schedule.interval == "manual"


def test_a_top_up_pays_for_transfers_without_a_charge(till):
    made = till.api.topups.create({"amount": 500, **EUROS, "description": "Tegoed"})
    assert made.status == "pending"
    till.console.pass_time(1)
    assert till.api.topups.retrieve(made.id).status == "succeeded"
    till.console.call("POST", "topups", amount=100)
    assert till.holds() == (600, 0)
    till.api.transfers.create({"amount": 600, **EUROS, "destination": SHOP})
    assert (till.holds(), till.holds(SHOP)) == ((0, 0), (600, 0))
    assert till.told(made.id) == ["topup.created", "topup.succeeded"]


def test_an_account_that_spent_its_money_cannot_give_it_back(till):
    made = transfer(till.api, till.charge(1000), 800)
    till.console.pass_time(3 * DAY_S)
    payout = {"amount": 700, "currency": "eur"}
    till.api.payouts.create(payout, {"stripe_account": SHOP})
    with pytest.raises(stripe.InvalidRequestError) as no:
        reverse(till, made, 101)
    assert no.value.code == "balance_insufficient"
    assert till.api.transfers.retrieve(made.id).amount_reversed == 0
    assert reverse(till, made, 100).amount == 100
    assert till.holds(SHOP) == (0, 0)


def reverse(till, made, amount):
    return till.api.transfers.reversals.create(made.id, {"amount": amount})
