"""Who reacts to what, seen from outside: one event, and what both domains hold after it."""

from datetime import timedelta

import pytest

from ketens.models import SaleBooking
from tests.bridges.street import BUYER, NOW, buy
from winkelstraat.bridges.chains import book_collected, build_sale
from winkelstraat.bridges.subscriptions import REACTIONS
from winkelstraat.common import announcer
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.queries import get_balance, list_transfers, sum_balances
from winkelstraat.payments.models import ShopTransfer
from winkelstraat.payments.operations import close_payment
from winkelstraat.shop.operations.mails import mail_confirmation, mail_shop
from winkelstraat.shop.queries.hand_over import get_handed_over
from winkelstraat.shop.queries.order_keys import is_order_key

pytestmark = pytest.mark.django_db


def shop_cents(bought):
    """What the platform owes the first shop."""
    account = f"shop:{bought.listings[0].seller.enterprise_id}:payable"
    return -get_balance(unit=Unit.CENTS, account=account).net


def test_every_reaction_is_subscribed_once():
    for event, handler in REACTIONS:
        assert announcer._handlers[event].count(handler) == 1


def test_a_payment_makes_a_paid_purchase_and_one_mail(
    django_capture_on_commit_callbacks, mailoutbox
):
    bought = buy(shops=3)
    with django_capture_on_commit_callbacks(execute=True):
        bought.pay()
    assert bought.purchase.status == "paid"
    assert [part.status for part in bought.parts] == ["paid"] * 3
    assert shop_cents(bought) == 680
    (mail,) = [mail for mail in mailoutbox if mail.to == [BUYER]]
    assert mail.body.count("\u20ac\u00a06,80") >= 3
    assert bought.purchase.confirmation_mailed_at is not None


def test_a_payment_tells_each_shop_its_own_part_once(
    django_capture_on_commit_callbacks, mailoutbox
):
    bought = buy(shops=2)
    with django_capture_on_commit_callbacks(execute=True):
        bought.pay()
    for part in bought.parts:
        (notice,) = [mail for mail in mailoutbox if mail.to == [part.seller.enterprise.email]]
        assert part.number in notice.subject
        assert "\u20ac\u00a06,80" in notice.body
        assert "\u20ac\u00a013,60" not in notice.body
        assert part.shop_mailed_at is not None
        assert not mail_shop(seller_order_id=part.pk, now=NOW)
    assert len(mailoutbox) == 3


def test_the_mail_names_every_shop_and_opens_the_order(
    django_capture_on_commit_callbacks, mailoutbox
):
    bought = buy(shops=2)
    with django_capture_on_commit_callbacks(execute=True):
        bought.pay()
    (mail,) = [mail for mail in mailoutbox if mail.to == [BUYER]]
    text = mail.body
    for part in bought.parts:
        enterprise = part.seller.enterprise
        assert part.number in text
        for fact in (enterprise.legal_name, enterprise.kvk_number, enterprise.email):
            assert fact in text
    assert text.count("€\u00a06,80") == 4
    assert "€\u00a013,60" in text
    (address,) = [word for word in text.split() if f"/bestelling/{bought.purchase.number}/" in word]
    assert is_order_key(bought.purchase.number, address.rstrip("/").rsplit("/", 1)[1])
    assert not is_order_key("W-000000", address.rstrip("/").rsplit("/", 1)[1])


def test_the_mail_leaves_once(django_capture_on_commit_callbacks, mailoutbox):
    bought = buy()
    assert not mail_confirmation(purchase_id=bought.purchase_id, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        bought.pay()
    assert not mail_confirmation(purchase_id=bought.purchase_id, now=NOW)
    assert [mail.to for mail in mailoutbox].count([BUYER]) == 1


def test_a_mail_that_does_not_leave_is_not_marked(monkeypatch, mailoutbox):
    bought = buy()
    bought.pay()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda _mail: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mail_confirmation(purchase_id=bought.purchase_id, now=NOW)
    assert bought.purchase.confirmation_mailed_at is None
    assert mailoutbox == []


def test_nobody_pays_and_the_stock_and_the_basket_come_back():
    bought = buy()
    close_payment(purchase_ref=bought.purchase.reference, now=NOW + timedelta(hours=1))
    stock = bought.listings[0].product.stockrecords.get()
    assert (stock.num_in_stock, stock.num_allocated or 0) == (10, 0)
    assert bought.purchase.status == "expired"
    assert shop_cents(bought) == 0


def test_a_late_payment_whose_goods_are_gone_is_to_be_refunded():
    bought = buy()
    payment = bought.payment
    close_payment(purchase_ref=bought.purchase.reference, now=NOW)
    bought.listings[0].product.stockrecords.update(num_in_stock=1)
    bought.pay()
    payment.refresh_from_db()
    assert payment.state == "needs_refund"
    assert bought.purchase.status == "expired"
    assert shop_cents(bought) == 0
    assert -get_balance(unit=Unit.CENTS, account="platform:refundable").net == 680


def test_a_hand_over_is_booked_in_grams_and_releases_the_shops_money(
    django_capture_on_commit_callbacks,
):
    bought = buy(shops=2)
    bought.pay()
    with django_capture_on_commit_callbacks(execute=True):
        bought.collect()
    assert SaleBooking.objects.count() == 2
    for part in bought.parts:
        assert part.chain_booked_at is not None
        grams = list_transfers(source=f"seller_order:{part.pk}")
        assert [(row.unit, row.amount) for row in grams] == [(Unit.GRAMS, 1600)]
    assert sum_balances(unit=Unit.GRAMS, prefix="").net == 0
    # The shops of this test have no account at the bank yet, so their money is kept.
    assert {transfer.state for transfer in ShopTransfer.objects.all()} == {"blocked"}


def test_a_sale_is_booked_once(django_capture_on_commit_callbacks):
    bought = buy()
    bought.pay()
    with django_capture_on_commit_callbacks(execute=True):
        bought.collect()
    (part,) = bought.parts
    assert not book_collected(seller_order_id=part.pk, now=NOW)
    assert SaleBooking.objects.count() == 1


def test_what_is_not_collected_is_not_booked():
    bought = buy()
    bought.pay()
    (part,) = bought.parts
    assert not book_collected(seller_order_id=part.pk, now=NOW)
    assert SaleBooking.objects.count() == 0


def test_a_crash_between_the_booking_and_its_mark_leaves_neither(monkeypatch):
    bought = buy()
    bought.pay()
    bought.collect()
    (part,) = bought.parts
    monkeypatch.setattr("winkelstraat.bridges.chains.mark_chain_booked", lambda **_ids: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        book_collected(seller_order_id=part.pk, now=NOW)
    assert SaleBooking.objects.count() == 0
    assert list_transfers(source=f"seller_order:{part.pk}") == []


def test_the_sale_says_how_far_the_buyer_came():
    bought = buy()
    bought.pay()
    bought.collect()
    handed_over = get_handed_over(bought.parts[0].pk)
    sale = build_sale(handed_over)
    # From the centre of Een to the centre of Norg: 0.0079 degrees north, 0.0764 east.
    assert sale.pickup_distance_m == pytest.approx(5182, abs=60)
    assert sale.lines[0].product_ref == str(bought.listings[0].pk)
    assert (sale.lines[0].mass_g, sale.lines[0].price_cents) == (1600, 680)


def test_an_unknown_mass_stays_unknown():
    bought = buy(mass_g=None)
    bought.pay()
    bought.collect()
    assert build_sale(get_handed_over(bought.parts[0].pk)).lines[0].mass_g is None
