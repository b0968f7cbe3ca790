"""The console as a page: everything the sandbox holds, with a button for every act."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from winkelstraat.payments.sandbox import (
    accounts,
    books,
    chaos,
    checkout,
    chores,
    disputes,
    endpoints,
    payouts,
    refunds,
    tables,
    transfers,
)
from winkelstraat.payments.sandbox.caller import store
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import ACTIONS
from winkelstraat.payments.sandbox.store import Store

console = Blueprint("console", __name__, url_prefix="/admin")

STEPS = {"een minuut": 60, "een uur": 3_600, "een dag": 86_400, "drie dagen": 259_200}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
    " frame-ancestors 'none'; form-action 'self'"
)


def _deliver(found: Store, number: str) -> None:
    sql = "UPDATE deliveries SET state = 'waiting', attempts = 0, next_at = 0 WHERE number = ?"
    found.rows(sql, int(number))


def _pay_out(found: Store, name: str) -> None:
    payouts.create_payout(found, name, {"amount": books.totals(found, name)[0]})


def _restrict(found: Store, name: str) -> None:
    accounts.set_status(found, accounts.get(found, name), "restricted")


ACTS: dict[str, Callable[[Store, str], object]] = {
    "session.pay": lambda s, n: checkout.try_payment(s, n, "ideal", "pay"),
    "session.pay_card": lambda s, n: checkout.try_payment(s, n, "card", "pay"),
    "session.refuse": lambda s, n: checkout.try_payment(s, n, "ideal", "refuse"),
    "session.wait": lambda s, n: checkout.try_payment(s, n, "ideal", "wait"),
    "session.expire": checkout.expire_session,
    "session.succeed": lambda s, n: checkout.answer_later(s, n, succeeded=True),
    "session.fail": lambda s, n: checkout.answer_later(s, n, succeeded=False),
    "charge.refund": lambda s, n: refunds.create_refund(s, {"charge": n}),
    "charge.dispute": disputes.begin,
    "transfer.reverse": lambda s, n: transfers.create_reversal(s, n, {}),
    "refund.arrive": refunds.arrive,
    "refund.fail": refunds.fail,
    "payout.arrive": payouts.arrive,
    "payout.fail": payouts.fail,
    "dispute.win": disputes.win,
    "dispute.lose": disputes.lose,
    "account.complete": accounts.hand_in,
    "account.restrict": _restrict,
    "account.reject": accounts.reject,
    "account.pay_out": _pay_out,
    "account.close": accounts.close,
    "post.deliver": _deliver,
    "clock.move": lambda s, n: s.move_clock(float(n)),
    "balance.top_up": lambda s, n: payouts.create_topup(s, {"amount": n}),
}


@console.get("/")
def show() -> Response:
    """Show one part of the console."""
    return _show(request.args.get("deel", "saldi"))


@console.post("/")
def act() -> AnyResponse:
    """Do what a button says and show the part again."""
    part = request.form.get("deel", "saldi")
    work = ACTS.get(request.form.get("act", ""))
    if work is None:
        return _show(part, notice="Deze knop bestaat niet.", status=400)
    try:
        with store().transaction():
            work(store(), request.form.get("name", ""))
    except (ApiError, ValueError) as refusal:
        return _show(part, notice=str(refusal), status=400)
    chores.run_due(store())
    return _back(part)


@console.post("/plan")
def plan() -> AnyResponse:
    """Plan a fault of the API or of the post, or forget them all."""
    form = request.form
    count, seconds = form.get("count", "1"), form.get("seconds", "1")
    with store().transaction():
        if form.get("what") == "forget":
            for name in ("faults", "plan"):
                store().set_fact(name, "[]")
            store().set_fact("chaos", "{}")
        elif form.get("fault") in chaos.FAULTS and count.isdigit():
            step = {"fault": form["fault"], "path": form.get("path", "/v1/"), "method": "POST"}
            _add("faults", {**step, "count": int(count), "seconds": float(seconds)})
        elif form.get("action") in ACTIONS and count.isdigit():
            step = {"action": form["action"], "type": form.get("type", "")}
            step["endpoint"] = form.get("endpoint", "")
            _add("plan", {**step, "count": int(count), "seconds": float(seconds)})
        else:
            return _show(form.get("deel", "storingen"), notice="Dat kan niet.", status=400)
    return _back(form.get("deel", "storingen"))


def _add(name: str, step: dict[str, object]) -> None:
    steps = json.loads(store().fact(name) or "[]")
    store().set_fact(name, json.dumps([*steps, step]))


def _back(part: str) -> AnyResponse:
    return redirect(url_for("console.show", deel=part), code=303)


def _show(part: str, *, notice: str = "", status: int = 200) -> Response:
    if part not in tables.PAGES:
        abort(404)
    html = render_template(
        "console.html",
        part=part,
        notice=notice,
        steps=STEPS,
        faults=chaos.FAULTS,
        actions=ACTIONS,
        endpoints=endpoints.NAMES,
        planned=json.loads(store().fact("faults") or "[]"),
        post_plan=json.loads(store().fact("plan") or "[]"),
        chaos=chaos.read(store()),
        **tables.read_page(store(), part),
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return Response(html, status=status, mimetype="text/html", headers=headers)
