"""The sandbox's own pages: paying in every way, and the console with its buttons."""

import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from tests.payments.sandbox.test_accounts import create, visit
from tests.payments.sandbox.till import DAY_S, SHOP, session_params, transfer
from winkelstraat.payments.sandbox.tables import PAGES


def press(till, act, name, part="saldi"):
    """Press a button of the console; return (status, page)."""
    status, _, html = visit(f"{till.console.address}/admin/", act=act, name=name, deel=part)
    return status, html


def read(till, part):
    return visit(f"{till.console.address}/admin/?deel={part}")[2]


def state(till, session):
    found = till.api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    return found.status, found.payment_status


@pytest.mark.parametrize("method", ["ideal", "wero", "bancontact", "card"])
def test_each_way_to_pay_is_charged_at_its_own_fee(till, method):
    session = till.api.checkout.sessions.create(session_params())
    assert visit(session.url, method=method, outcome="pay")[:2] == (303, "http://shop.example/ok")
    charge = till.api.charges.list().data[0]
    assert charge.payment_method_details.type == method
    fee = {"ideal": 29, "wero": 29, "bancontact": 39, "card": 25 + 15}[method]
    assert till.holds() == (0, 1000 - fee)


def test_a_card_can_ask_for_a_confirmation(till):
    session = till.api.checkout.sessions.create(session_params())
    status, _, html = visit(session.url, method="card_3ds", outcome="pay")
    assert (status, "Bevestig je betaling" in html) == (200, True)
    intent = till.api.payment_intents.list().data[0]
    assert (intent.status, state(till, session)) == ("requires_action", ("open", "unpaid"))
    status, _, html = visit(session.url, method="card", outcome="deny")
    assert (status, "niet bevestigd" in html) == (402, True)
    intent = till.api.payment_intents.list().data[0]
    assert intent.last_payment_error.code == "payment_intent_authentication_failure"
    visit(session.url, method="card_3ds", outcome="pay")
    assert visit(session.url, method="card", outcome="confirm")[0] == 303
    assert state(till, session) == ("complete", "paid")
    assert len(till.api.charges.list().data) == 1


def test_a_declined_card_leaves_a_failed_charge_that_moves_no_money(till):
    session = till.api.checkout.sessions.create(session_params())
    visit(session.url, method="card", outcome="refuse")
    intent = till.api.payment_intents.list().data[0]
    failed = till.api.charges.retrieve(intent.latest_charge)
    assert (failed.status, failed.paid, intent.last_payment_error.charge) == (
        "failed",
        False,
        failed.id,
    )
    assert till.holds() == (0, 0)
    for wish in ({"charge": failed.id}, {"payment_intent": intent.id}):
        with pytest.raises(stripe.InvalidRequestError):
            till.api.refunds.create(wish)
    with pytest.raises(stripe.InvalidRequestError):
        transfer(till.api, failed, 100)
    visit(session.url, method="ideal", outcome="pay")
    intent = till.api.payment_intents.retrieve(intent.id)
    assert till.api.charges.retrieve(intent.latest_charge).status == "succeeded"


def test_a_window_can_be_closed_before_and_after_paying(till):
    session = till.api.checkout.sessions.create(session_params())
    status, _, html = visit(session.url, method="ideal", outcome="close")
    assert (status, "Er is niets afgeschreven" in html) == (200, True)
    assert state(till, session) == ("open", "unpaid")
    status, place, _ = visit(session.url, method="ideal", outcome="pay_and_close")
    assert (status, place) == (200, "")
    assert state(till, session) == ("complete", "paid")


def test_what_the_shop_excludes_is_not_offered(till):
    excluded = ["ideal", "wero", "card"]
    session = till.api.checkout.sessions.create(
        session_params(excluded_payment_method_types=excluded)
    )
    html = visit(session.url)[2]
    assert ("Bancontact" in html, "iDEAL" in html) == (True, False)
    assert visit(session.url, method="ideal", outcome="pay")[0] == 400
    assert state(till, session) == ("open", "unpaid")


@pytest.mark.parametrize("part", list(PAGES))
def test_every_part_of_the_console_can_be_read(till, part):
    card = till.charge(123456, method="card")
    transfer(till.api, card, 500)
    till.api.refunds.create({"charge": till.charge(700).id})
    till.console.call("POST", f"charges/{card.id}/dispute")
    create(till)
    html = read(till, part)
    assert f'href="?deel={part}" aria-current="page"' in html
    assert "Het is hier" in html


def test_the_buttons_of_the_console_move_money(till):
    session = till.api.checkout.sessions.create(session_params())
    assert press(till, "session.pay_card", session.id)[0] == 303
    charge = till.api.charges.list().data[0]
    made = transfer(till.api, charge, 600)
    press(till, "transfer.reverse", made.id)
    assert till.holds(SHOP) == (0, 0)
    press(till, "charge.dispute", charge.id)
    press(till, "dispute.win", till.api.disputes.list().data[0].id)
    press(till, "charge.refund", charge.id)
    press(till, "refund.fail", till.api.refunds.list().data[0].id)
    press(till, "balance.top_up", "5000")
    press(till, "clock.move", str(3 * DAY_S))
    assert till.holds() == (1000 - 40 - 2000 + 5000, 0)
    assert "€ 39,60" in read(till, "saldi")
    status, html = press(till, "charge.dispute", charge.id)
    assert (status, "disputed before" in html) == (400, True)
    assert press(till, "charge.explode", charge.id)[0] == 400


def test_accounts_are_steered_from_the_console(till):
    name = create(till).id
    press(till, "account.complete", name)
    press(till, "clock.move", "3")
    transfer(till.api, till.charge(1000), 600, destination=name)
    press(till, "account.restrict", name)
    assert till.api.accounts.retrieve(name).capabilities.transfers == "inactive"
    press(till, "account.close", name)
    assert "gesloten" in read(till, "winkels")


def test_faults_and_the_post_are_planned_from_the_console(till):
    address = f"{till.console.address}/admin/plan"
    wish = {"fault": "503", "path": "/v1/refunds", "count": "2", "seconds": "1"}
    assert visit(address, deel="storingen", **wish)[0] == 303
    spoiled = {"action": "drop", "type": "", "count": "1", "seconds": "1", "endpoint": ""}
    assert visit(address, deel="berichten", **spoiled)[0] == 303
    assert "&#39;/v1/refunds&#39;" in read(till, "storingen")
    till.api.payment_intents.create({"amount": 100, "currency": "eur"})
    assert till.console.list_reports() == []
    assert visit(address, deel="storingen", what="forget")[0] == 303
    assert "Staat klaar" not in read(till, "storingen")
    assert visit(address, deel="storingen", fault="fire", count="1")[0] == 400


def test_another_site_cannot_press_a_button(till):
    request = urllib.request.Request(
        f"{till.console.address}/admin/",
        data=urllib.parse.urlencode({"act": "balance.top_up", "name": "100"}).encode(),
        headers={"Origin": "http://evil.example"},
    )
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=5)
    till.console.pass_time(1)
    assert till.holds() == (0, 0)
