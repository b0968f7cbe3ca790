"""Transfers to connected accounts and their reversals."""

from winkelstraat.payments.sandbox import accounts, books
from winkelstraat.payments.sandbox.errors import ApiError, missing
from winkelstraat.payments.sandbox.events import emit
from winkelstraat.payments.sandbox.money import charge_fields, get
from winkelstraat.payments.sandbox.parameters import Params, whole_number
from winkelstraat.payments.sandbox.store import Body, Store


def create_transfer(store: Store, params: Params) -> Body:
    """Move money to a connected account, out of one charge or out of the balance."""
    amount = whole_number(params, "amount", least=1)
    destination = str(params["destination"])
    _check_destination(store, destination)
    source = params.get("source_transaction")
    group, available_on = params.get("transfer_group"), None
    if source is not None:
        charge = _source_charge(store, str(source), amount)
        group = group or charge["transfer_group"]
        available_on = books.available_on(store, str(source))
    elif amount > books.totals(store)[0]:
        raise ApiError(
            400,
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
            begun=True,
        )
    payment = store.add(
        "charge",
        "py",
        charge_fields(
            amount, params["currency"], transfer_group=group, payment_method_details=None
        ),
        account=destination,
    )
    transfer = store.add(
        "transfer",
        "tr",
        {
            "amount": amount,
            "amount_reversed": 0,
            "balance_transaction": None,
            "currency": params["currency"],
            "description": params.get("description"),
            "destination": destination,
            "destination_payment": payment["id"],
            "metadata": params.get("metadata", {}),
            "reversals": {"object": "list", "data": [], "has_more": False, "url": ""},
            "reversed": False,
            "source_transaction": source,
            "source_type": "card",
            "transfer_group": group,
        },
    )
    transfer["reversals"]["url"] = f"/v1/transfers/{transfer['id']}/reversals"
    _move(store, transfer, payment, available_on)
    emit(store, "transfer.created", transfer)
    return transfer


def _move(store: Store, transfer: Body, payment: Body, available_on: int | None) -> None:
    """Book one transfer at both ends; it becomes available when its charge does."""
    transfer["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="transfer",
            category="transfer",
            amount=-transfer["amount"],
            source=transfer["id"],
            available_on=available_on,
            description=transfer["description"],
        ),
    )
    payment["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="payment",
            category="charge",
            amount=transfer["amount"],
            source=payment["id"],
            account=transfer["destination"],
            available_on=available_on,
            description=transfer["description"],
        ),
    )
    store.save(transfer)
    store.save(payment | {"source_transfer": transfer["id"]})


def _source_charge(store: Store, source: str, amount: int) -> Body:
    """Return the charge that pays a transfer; all its transfers together never exceed it."""
    charge = get(store, source, "charge", "", param="source_transaction")
    if charge["status"] != "succeeded":
        raise ApiError(400, f"Charge {source} was not paid.", param="source_transaction")
    sql = (
        "SELECT COALESCE(SUM(json_extract(body, '$.amount')), 0) FROM objects"
        " WHERE kind = 'transfer' AND json_extract(body, '$.source_transaction') = ?"
    )
    sent = int(store.rows(sql, source)[0][0])
    if sent + amount > charge["amount"]:
        raise ApiError(
            400,
            f"The transfers of {source} would exceed its amount: {sent} + {amount}"
            f" > {charge['amount']}.",
            code="transfer_source_balance_parameters_mismatch",
            begun=True,
        )
    return charge


def _check_destination(store: Store, destination: str) -> None:
    """Accept any account name until the console or its onboarding says otherwise."""
    if not destination.startswith("acct_"):
        raise missing(destination, "destination", "destination")
    if accounts.status_of(store, destination) != "active":
        raise ApiError(
            400,
            "Your destination account needs to have at least one of the following capabilities"
            " enabled: transfers.",
            code="insufficient_capabilities_for_transfer",
            begun=True,
        )


def update_transfer(store: Store, name: str, params: Params) -> Body:
    """Change the description or the metadata of a transfer."""
    transfer = get(store, name, "transfer")
    transfer["description"] = params.get("description", transfer["description"])
    transfer["metadata"] |= params.get("metadata", {})
    emit(store, "transfer.updated", store.save(transfer))
    return transfer


def create_reversal(store: Store, name: str, params: Params) -> Body:
    """Take a transfer back, whole or in part, out of the account's balance.

    What is still pending counts as the account's: a transfer can be taken back before its
    charge became available.
    """
    transfer = get(store, name, "transfer")
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = whole_number(params, "amount", least=1) if "amount" in params else left
    if left == 0:
        raise ApiError(
            400, f"Transfer {name} has already been fully reversed.", param="id", begun=True
        )
    if amount > left:
        raise ApiError(
            400,
            f"Reversal amount ({amount}) is greater than unreversed amount on transfer ({left}).",
            param="amount",
            begun=True,
        )
    if amount > sum(books.totals(store, transfer["destination"])):
        raise ApiError(
            400,
            "Insufficient funds in the connected account's Stripe balance to reverse this"
            " transfer.",
            code="balance_insufficient",
            begun=True,
        )
    reversal = store.add(
        "transfer_reversal",
        "trr",
        {
            "amount": amount,
            "balance_transaction": None,
            "currency": transfer["currency"],
            "destination_payment_refund": None,
            "metadata": params.get("metadata", {}),
            "source_refund": None,
            "transfer": name,
        },
    )
    reversal.pop("livemode")
    _move_back(store, transfer, reversal)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    emit(store, "transfer.reversed", store.save(transfer))
    emit(store, "transfer.updated", transfer)
    return reversal


def _move_back(store: Store, transfer: Body, reversal: Body) -> None:
    account, payment = transfer["destination"], transfer["destination_payment"]
    available_on = books.available_on(store, payment, account)
    refund = _refund_payment(store, transfer, reversal)
    reversal["destination_payment_refund"] = refund["id"]
    refund["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="payment_refund",
            category="refund",
            amount=-reversal["amount"],
            source=refund["id"],
            account=account,
            available_on=available_on,
        ),
    )
    store.save(refund)
    reversal["balance_transaction"] = books.book(
        store,
        books.Entry(
            kind="transfer_refund",
            category="transfer_reversal",
            amount=reversal["amount"],
            source=reversal["id"],
            available_on=available_on,
        ),
    )
    store.save(reversal)


def _refund_payment(store: Store, transfer: Body, reversal: Body) -> Body:
    """Let the account see the reversal as a refund of the payment it received."""
    payment = get(store, transfer["destination_payment"], "charge")
    payment["amount_refunded"] += reversal["amount"]
    payment["refunded"] = payment["amount_refunded"] == payment["amount"]
    store.save(payment)
    refund = store.add(
        "refund",
        "pyr",
        {
            "amount": reversal["amount"],
            "balance_transaction": None,
            "charge": payment["id"],
            "currency": reversal["currency"],
            "metadata": {},
            "payment_intent": None,
            "reason": None,
            "receipt_number": None,
            "source_transfer_reversal": reversal["id"],
            "status": "succeeded",
            "transfer_reversal": None,
        },
        account=transfer["destination"],
    )
    refund.pop("livemode")
    return refund


def get_reversal(store: Store, transfer: str, name: str) -> Body:
    """Return one reversal of one transfer."""
    reversal = get(store, name, "transfer_reversal")
    if reversal["transfer"] != transfer:
        raise missing(name, "transfer_reversal")
    return reversal
