"""The page where a buyer pays: plain, in Dutch, and usable with a keyboard and a reader."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from winkelstraat.payments.sandbox import checkout, money
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.store import Body, Store

pages = Blueprint("pages", __name__)

BANKS = ("Veenbank", "Essenbank", "Hondsrug Spaarbank", "Bank van de Brink", "Turfschipper Krediet")
CLOSED = {
    "complete": "Deze betaling is al gedaan. Je hoeft niets meer te doen.",
    "expired": "Deze betaalpagina is verlopen. Er is niets afgeschreven.",
}
REFUSED = (
    "Je bank heeft de betaling geweigerd. Er is niets afgeschreven."
    " Probeer het opnieuw of kies een andere manier."
)
DENIED = (
    "Je hebt de betaling niet bevestigd. Er is niets afgeschreven."
    " Probeer het opnieuw of kies een andere manier."
)
LEFT = {
    "close": "Je hebt het venster gesloten. Er is niets afgeschreven, en de winkel weet van niets.",
    "pay_and_close": "Je hebt betaald en het venster gesloten. De winkel hoort het van ons.",
}
NAMES = {
    "ideal": "iDEAL | Wero",
    "wero": "Wero",
    "bancontact": "Bancontact",
    "card": "Kaart",
    "card_3ds": "Kaart, met bevestiging bij je bank (3-D Secure)",
}


def _store() -> Store:
    state: Store = current_app.config["STORE"]
    return state


def _find(name: str) -> Body:
    try:
        with _store().transaction():
            return checkout.refresh(_store(), money.get(_store(), name, "checkout.session"))
    except ApiError:
        abort(404)


def format_cents(cents: int) -> str:
    """Return an amount the Dutch way."""
    return f"€ {cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def _show(session: Body, page: str = "pay.html", *, status: int = 200, **more: str) -> Response:
    details = checkout.read_details(_store(), session)
    methods = [*session["payment_method_types"]]
    if "card" in methods:
        methods.insert(methods.index("card") + 1, "card_3ds")
    html = render_template(
        page,
        session=session,
        lines=details["lines"],
        total=format_cents(session["amount_total"]),
        methods=[(method, NAMES[method]) for method in methods],
        banks=BANKS,
        closed=CLOSED.get(session["status"], ""),
        **more,
    )
    response = Response(html, status=status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _policy(session)
    response.headers["Cache-Control"] = "no-store"
    return response


def _policy(session: Body) -> str:
    """Allow our own style only, and a form that may end at the shop."""
    back = urlsplit(session["success_url"])
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
        f" frame-ancestors 'none'; form-action 'self' {back.scheme}://{back.netloc}"
    )


@pages.get("/pay/<name>")
def show(name: str) -> Response:
    """Show what is to be paid and how."""
    return _show(_find(name))


@pages.post("/pay/<name>")
def choose(name: str) -> AnyResponse:
    """Do what the buyer chose and send him back to the shop."""
    session = _find(name)
    if session["status"] != "open":
        return _show(session, status=409)
    method = request.form.get("method", session["payment_method_types"][0])
    outcome = request.form.get("outcome", "")
    if outcome == "close":
        return _show(session, "left.html", said=LEFT["close"])
    try:
        with _store().transaction():
            session = checkout.try_payment(_store(), name, *_step(method, outcome))
    except ApiError as refusal:
        return _show(session, notice=str(refusal), status=refusal.status)
    if outcome in ("refuse", "deny"):
        return _show(session, notice=REFUSED if outcome == "refuse" else DENIED, status=402)
    if (method, outcome) == ("card_3ds", "pay"):
        return _show(session, "confirm.html")
    if outcome == "pay_and_close":
        return _show(session, "left.html", said=LEFT["pay_and_close"])
    return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", name), code=303)


def _step(method: str, outcome: str) -> tuple[str, str]:
    """Return what a button means: a card with 3-D Secure is first asked to be confirmed."""
    if method == "card_3ds":
        return "card", {"pay": "challenge", "pay_and_close": "challenge"}.get(outcome, outcome)
    if outcome in ("confirm", "pay_and_close"):
        return method, "pay"
    return method, outcome
