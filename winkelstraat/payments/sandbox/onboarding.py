"""The page where an account's owner gives his data: here by buttons that play each case."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from winkelstraat.payments.sandbox import accounts, links
from winkelstraat.payments.sandbox import requirements as needs
from winkelstraat.payments.sandbox.caller import store
from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.events import emit_thin
from winkelstraat.payments.sandbox.store import Body

onboarding = Blueprint("onboarding", __name__, url_prefix="/onboarding")

WORDS = {
    needs.BANK_ACCOUNT: "Je rekeningnummer (IBAN)",
    needs.DOCUMENT: "Een foto van je paspoort of identiteitskaart",
    needs.TERMS: "Je akkoord met de voorwaarden",
    "identity.individual.given_name": "Je voornaam",
    "identity.individual.surname": "Je achternaam",
    "identity.individual.date_of_birth": "Je geboortedatum",
    "identity.individual.address": "Je adres",
    "identity.business_details.registered_name": "De naam van je bedrijf",
    "identity.business_details.id_numbers": "Je KVK-nummer",
}
# What each button leaves out.
CHOICES = {
    "everything": (),
    "without_bank_account": (needs.BANK_ACCOUNT,),
    "without_document": (needs.DOCUMENT,),
}


@onboarding.get("/<token>")
def begin(token: str) -> AnyResponse:
    """Open a link once; a used or old one leads to the address for a fresh one."""
    with store().transaction():
        found = links.open_link(store(), token)
    if found is None:
        abort(404)
    visit, link = found
    if not visit:
        return redirect(link["refresh_url"], code=303)
    return redirect(f"/onboarding/bezoek/{visit}", code=303)


@onboarding.get("/bezoek/<visit>")
def show(visit: str) -> Response:
    """Show what is still needed and the ways to go on."""
    return _show(visit, _link(visit))


@onboarding.post("/bezoek/<visit>")
def choose(visit: str) -> AnyResponse:
    """Do what was chosen and go back to the platform."""
    link = _link(visit)
    choice = request.form.get("choice", "")
    name = link["account"]
    try:
        with store().transaction():
            if choice in CHOICES:
                accounts.hand_in(store(), name, missing_still=CHOICES[choice])
            elif choice == "be_refused":
                accounts.reject(store(), name)
            elif choice != "leave":
                return _show(visit, link, status=400)
            emit_thin(store(), "v2.core.account_link.returned", name)
            links.end_visit(store(), visit)
    except ApiError as refusal:
        return _show(visit, link, notice=str(refusal), status=400)
    return redirect(link["return_url"], code=303)


def _link(visit: str) -> Body:
    link = links.read_visit(store(), visit)
    if link is None:
        abort(404)
    return link


def _show(visit: str, link: Body, *, notice: str = "", status: int = 200) -> Response:
    with store().transaction():
        account = accounts.get(store(), link["account"])
    html = render_template(
        "onboarding.html",
        visit=visit,
        name=account["display_name"] or account["contact_email"] or account["id"],
        wanted=[WORDS.get(need, need) for need in needs.open_needs(account)],
        state=accounts.status_of(store(), account["id"]),
        notice=notice,
    )
    response = Response(html, status=status, mimetype="text/html")
    back = urlsplit(link["return_url"])
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
        f" frame-ancestors 'none'; form-action 'self' {back.scheme}://{back.netloc}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
