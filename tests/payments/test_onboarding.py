"""A shop gets an account, gives what the provider asks, and can be paid (PAY-03 to PAY-05)."""

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import build_enterprise
from tests.payments.conftest import Purchase
from tests.payments.refund_cases import hand_out, pay, send_all
from winkelstraat.payments import operations
from winkelstraat.payments.models import ShopPaymentAccount, ShopTransfer, WebhookEvent

pytestmark = pytest.mark.django_db


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def visit(address: str, **form: str) -> tuple[int, str]:
    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(address, data, timeout=5) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location", "")


def begin(enterprise_id: int) -> str:
    return operations.begin_onboarding(
        enterprise_id=enterprise_id,
        refresh_url="/mijn-winkel/geld/uitbetalen/",
        return_url="/mijn-winkel/geld/terug/",
        now=timezone.now(),
    )


def choose(sandbox: Any, link: str, choice: str) -> str:
    _status, page = visit(link)
    _status, back = visit(sandbox.address + page, choice=choice)
    return back


def hear(sandbox: Any, client: Client, about: str, endpoint: str) -> set[int]:
    path = {"connect": "/betalen/webhook/winkels/", "thin": "/betalen/webhook/dun/"}[endpoint]
    statuses = set(sandbox.post_reports(client, about, endpoint=endpoint, path=path))
    for report in WebhookEvent.objects.filter(state="received").order_by("pk"):
        operations.process_webhook(webhook_id=report.pk, now=timezone.now())
    return statuses


def test_a_shop_is_onboarded_and_becomes_payable(empty_sandbox: Any, client: Client) -> None:
    enterprise = build_enterprise("Bakkerij Es")
    link = begin(enterprise.pk)
    account = ShopPaymentAccount.objects.get(enterprise=enterprise)
    assert account.transfers_status == "pending"
    assert "external_account" in account.requirements
    back = choose(empty_sandbox, link, "everything")
    assert back.endswith("/mijn-winkel/geld/terug/")
    empty_sandbox.pass_time(5)
    assert hear(empty_sandbox, client, account.external_id, "thin") == {200}
    account.refresh_from_db()
    assert (account.transfers_status, account.requirements) == ("active", [])
    assert link not in str(ShopPaymentAccount.objects.values())


def test_coming_back_unfinished_tells_what_is_missing(empty_sandbox: Any) -> None:
    enterprise = build_enterprise("Bakkerij Es")
    choose(empty_sandbox, begin(enterprise.pk), "without_bank_account")
    empty_sandbox.pass_time(5)
    operations.refresh_shop(enterprise_id=enterprise.pk, now=timezone.now())
    account = ShopPaymentAccount.objects.get()
    assert account.requirements == ["external_account"]
    assert account.transfers_status == "pending"


def test_beginning_again_keeps_the_same_account(empty_sandbox: Any) -> None:
    enterprise = build_enterprise("Bakkerij Es")
    first, second = begin(enterprise.pk), begin(enterprise.pk)
    assert first != second
    assert ShopPaymentAccount.objects.count() == 1


def test_a_crash_before_writing_makes_no_second_account(empty_sandbox: Any) -> None:
    enterprise = build_enterprise("Bakkerij Es")
    begin(enterprise.pk)
    name = ShopPaymentAccount.objects.get().external_id
    ShopPaymentAccount.objects.all().delete()
    begin(enterprise.pk)
    assert ShopPaymentAccount.objects.get().external_id == name


def test_a_silent_provider_changes_nothing(empty_sandbox: Any) -> None:
    enterprise = build_enterprise("Bakkerij Es")
    empty_sandbox.spoil("503", "/v2/")
    with pytest.raises(operations.GatewayError):
        begin(enterprise.pk)
    assert not ShopPaymentAccount.objects.exists()


def test_w46_a_shop_that_becomes_payable_again_is_paid_once(
    empty_sandbox: Any, purchase: Purchase, heard: list[Any], client: Client
) -> None:
    payment = pay(empty_sandbox, purchase)
    shop = purchase.shops[2]
    empty_sandbox.set_account(shop.account, "inactive")
    hand_out(payment)
    assert ShopTransfer.objects.get(part__sequence=3).state == "blocked"
    empty_sandbox.set_account(shop.account, "active")
    hear(empty_sandbox, client, shop.account, "thin")
    hear(empty_sandbox, client, shop.account, "thin")
    send_all()
    mine = [one for one in empty_sandbox.read("transfers") if one.destination == shop.account]
    assert [one.amount for one in mine] == [1267]


def test_reports_of_an_account_that_is_not_ours_are_ignored(
    empty_sandbox: Any, client: Client
) -> None:
    empty_sandbox.set_account("acct_stranger", "inactive")
    assert hear(empty_sandbox, client, "acct_stranger", "thin") == {200}
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"ignored"}
