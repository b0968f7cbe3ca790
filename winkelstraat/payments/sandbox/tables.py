"""The tables of the console's page: what there is, newest first, with buttons to act."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from winkelstraat.payments.sandbox import accounts, books
from winkelstraat.payments.sandbox import requirements as needs
from winkelstraat.payments.sandbox.store import Body, Store

MOST = 50
CAPABILITIES = ("stripe_transfers", "payouts")
HERE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Button:
    """An act on one row: the console's word for it and what the button says."""

    act: str
    text: str


@dataclass(frozen=True)
class Row:
    """One object: its id, its cells and what can be done with it."""

    name: str
    cells: list[str]
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A titled table, and what it says when it is empty."""

    title: str
    columns: list[str]
    rows: list[Row]
    empty: str = "Nog niets."


def euros(cents: int) -> str:
    """Return an amount the Dutch way."""
    sign = "-" if cents < 0 else ""
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    return f"€ {sign}{whole},{abs(cents) % 100:02d}"


def moment(seconds: float) -> str:
    """Return a moment of the sandbox's clock, in Dutch time."""
    return datetime.fromtimestamp(seconds, tz=HERE).strftime("%d-%m-%Y %H.%M.%S")


def balances(store: Store) -> Table:
    """Show what each account holds."""
    found = store.rows("SELECT DISTINCT account FROM entries WHERE account != '' ORDER BY account")
    rows = []
    for name in ("", *(name for (name,) in found)):
        available, pending = books.totals(store, name)
        rows.append(Row(name, [name or "platform", euros(available), euros(pending)]))
    return Table("Saldi", ["Rekening", "Beschikbaar", "Onderweg"], rows)


def sessions(store: Store) -> Table:
    """Show pay pages."""
    rows = []
    for found in store.select("checkout.session", limit=MOST):
        buttons = []
        if found["status"] == "open":
            buttons = [
                Button("session.pay", "Betaal"),
                Button("session.pay_card", "Betaal met kaart"),
                Button("session.refuse", "Weiger"),
                Button("session.wait", "Bank antwoordt later"),
                Button("session.expire", "Laat verlopen"),
            ]
        elif found["status"] == "complete" and found["payment_status"] == "unpaid":
            buttons = [Button("session.succeed", "Bank zegt ja"), Button("session.fail", "Nee")]
        cells = [euros(found["amount_total"]), found["status"], found["payment_status"]]
        rows.append(Row(found["id"], [moment(found["created"]), *cells], buttons))
    return Table("Betaalpagina's", ["Wanneer", "Bedrag", "Toestand", "Betaling"], rows)


def charges(store: Store) -> Table:
    """Show what buyers paid."""
    rows = []
    for found in store.select("charge", account="", limit=MOST):
        method = found["payment_method_details"]["type"]
        buttons = []
        open_part = found["amount"] - found["amount_refunded"] if found["paid"] else 0
        if open_part and not found["disputed"]:
            buttons.append(Button("charge.refund", "Geef terug"))
            if method == "card":
                buttons.append(Button("charge.dispute", "Open een geschil"))
        cells = [euros(found["amount"]), euros(found["amount_refunded"]), found["status"], method]
        group = found["transfer_group"] or ""
        rows.append(Row(found["id"], [moment(found["created"]), *cells, group], buttons))
    columns = ["Wanneer", "Bedrag", "Teruggegeven", "Toestand", "Manier", "Groep"]
    return Table("Betalingen", columns, rows)


def transfers(store: Store) -> Table:
    """Show what went to shops."""
    rows = []
    for found in store.select("transfer", limit=MOST):
        buttons = [] if found["reversed"] else [Button("transfer.reverse", "Haal terug")]
        cells = [found["destination"], euros(found["amount"]), euros(found["amount_reversed"])]
        source = found["source_transaction"] or "uit het saldo"
        rows.append(Row(found["id"], [moment(found["created"]), *cells, source], buttons))
    columns = ["Wanneer", "Naar", "Bedrag", "Teruggehaald", "Uit"]
    return Table("Overboekingen", columns, rows)


def refunds(store: Store) -> Table:
    """Show what went back to buyers."""
    rows = []
    for found in store.select("refund", account="", limit=MOST):
        buttons = []
        if found["status"] in ("pending", "succeeded"):
            buttons.append(Button("refund.fail", "Bank stuurt terug"))
        if found["status"] == "pending":
            buttons.insert(0, Button("refund.arrive", "Komt aan"))
        cells = [euros(found["amount"]), found["status"], found["charge"]]
        rows.append(Row(found["id"], [moment(found["created"]), *cells], buttons))
    return Table("Terugbetalingen", ["Wanneer", "Bedrag", "Toestand", "Van"], rows)


def payouts(store: Store) -> Table:
    """Show what left to bank accounts."""
    rows = []
    for found in store.select("payout", limit=MOST):
        buttons = []
        if found["status"] in ("pending", "paid"):
            buttons.append(Button("payout.fail", "Bank stuurt terug"))
        if found["status"] == "pending":
            buttons.insert(0, Button("payout.arrive", "Komt aan"))
        by_day = "elke dag" if found["automatic"] else "met de hand"
        owner = store.owner(found["id"]) or "platform"
        cells = [owner, euros(found["amount"]), found["status"], by_day]
        rows.append(Row(found["id"], [moment(found["created"]), *cells], buttons))
    columns = ["Wanneer", "Van", "Bedrag", "Toestand", "Hoe"]
    return Table("Uitbetalingen", columns, rows)


def disputes(store: Store) -> Table:
    """Show what card holders dispute."""
    rows = []
    for found in store.select("dispute", limit=MOST):
        buttons = []
        if found["status"] in ("needs_response", "under_review"):
            buttons = [Button("dispute.win", "Gewonnen"), Button("dispute.lose", "Verloren")]
        due = moment(found["evidence_details"]["due_by"])
        cells = [euros(found["amount"]), found["reason"], found["status"], due]
        rows.append(Row(found["id"], [moment(found["created"]), *cells], buttons))
    columns = ["Wanneer", "Bedrag", "Reden", "Toestand", "Antwoord voor"]
    return Table("Geschillen", columns, rows, "Nog niets. Alleen een kaartbetaling kan het.")


def shops(store: Store) -> Table:
    """Show connected accounts."""
    rows = []
    for found in store.select(accounts.KIND, limit=MOST):
        name = found["id"]
        states = [
            accounts.status_of(store, name, which) for which in ("stripe_transfers", "payouts")
        ]
        buttons = [] if found["closed"] else _shop_buttons(states)
        wanted = ", ".join(needs.open_needs(found)) or "niets"
        called = found["display_name"] or found["contact_email"] or ""
        schedule = store.fact(f"schedule_{name}") or "manual"
        cells = [called, "gesloten" if found["closed"] else states[0], states[1], wanted, schedule]
        rows.append(Row(name, cells, buttons))
    columns = ["Naam", "Ontvangen", "Uitbetalen", "Nog nodig", "Schema"]
    note = "Nog niets. Een naam die alleen genoemd is, staat bij de saldi."
    return Table("Winkels", columns, rows, note)


def _shop_buttons(states: list[str]) -> list[Button]:
    ready = states == ["active", "active"]
    first = (
        Button("account.restrict", "Zet stil")
        if ready
        else Button("account.complete", "Vul alles in")
    )
    return [
        first,
        Button("account.reject", "Weiger"),
        Button("account.pay_out", "Betaal uit"),
        Button("account.close", "Sluit"),
    ]


def post(store: Store) -> Table:
    """Show the reports that were or will be sent."""
    sql = (
        "SELECT number, endpoint, type, state, attempts, last_status, next_at FROM deliveries"
        " ORDER BY number DESC LIMIT ?"
    )
    rows = []
    for number, endpoint, kind, state, attempts, status, next_at in store.rows(sql, MOST):
        cells = [endpoint, kind, state, str(attempts), str(status or ""), moment(next_at)]
        rows.append(Row(str(number), cells, [Button("post.deliver", "Stuur nu")]))
    columns = ["Adres", "Soort", "Toestand", "Pogingen", "Antwoord", "Volgende"]
    return Table("Berichten", columns, rows)


def asked(store: Store) -> Table:
    """Show the last requests of the API."""
    sql = "SELECT number, method, path, status, replayed FROM requests ORDER BY number DESC LIMIT ?"
    rows = [
        Row(str(number), [f"{method} {path}", str(status), "ja" if replayed else ""])
        for number, method, path, status, replayed in store.rows(sql, MOST)
    ]
    return Table("Laatste vragen", ["Vraag", "Antwoord", "Herhaald"], rows)


PAGES: dict[str, tuple[str, list[Callable[[Store], Table]]]] = {
    "saldi": ("Saldi", [balances]),
    "betalingen": ("Betalingen", [sessions, charges]),
    "winkels": ("Winkels", [shops, transfers]),
    "terug": ("Terug", [refunds, disputes]),
    "uit": ("Uitbetalingen", [payouts]),
    "berichten": ("Berichten", [post]),
    "storingen": ("Storingen", [asked]),
}


def read_page(store: Store, name: str) -> dict[str, Any]:
    """Return the tables of one page, and the words for the menu."""
    with store.transaction():
        tables = [make(store) for make in PAGES[name][1]]
        platform: Body = books.balance(store)
        return {
            "tables": tables,
            "menu": [(key, title) for key, (title, _) in PAGES.items()],
            "available": euros(platform["available"][0]["amount"]),
            "pending": euros(platform["pending"][0]["amount"]),
            "now": moment(store.now()),
        }
