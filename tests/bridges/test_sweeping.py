"""What a crash left behind is found and done once."""

from datetime import timedelta

import pytest
from django.conf import settings

from ketens.models import SaleBooking
from tests.bridges.street import NOW, buy
from winkelstraat.bridges import tasks
from winkelstraat.bridges.sweeping import sweep_bookings, sweep_holds, sweep_mails, sweep_notices
from winkelstraat.celery import app

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)


def test_a_collected_order_that_no_worker_booked_is_booked_once():
    bought = buy(shops=2)
    bought.pay()
    bought.collect()
    assert sweep_bookings(now=NOW) == 0
    assert sweep_bookings(now=LATER) == 2
    assert sweep_bookings(now=LATER) == 0
    assert SaleBooking.objects.count() == 2


def test_one_order_that_cannot_be_booked_does_not_stop_the_others(monkeypatch, caplog):
    bought = buy(shops=2)
    bought.pay()
    bought.collect()
    first = bought.parts[0]
    monkeypatch.setattr(
        "winkelstraat.bridges.chains.get_pickup_distance_m",
        lambda handed_over: 1 // (handed_over.seller_order_id - first.pk),
    )
    assert sweep_bookings(now=LATER) == 1
    assert [part.chain_booked_at is None for part in bought.parts] == [True, False]
    assert "Left for the next round." in caplog.text


def test_a_mail_that_never_left_is_sent_once(mailoutbox):
    bought = buy()
    bought.pay()
    assert sweep_mails(now=LATER) == 1
    assert sweep_mails(now=LATER) == 0
    assert len(mailoutbox) == 1


def test_a_shop_that_was_never_told_is_told_once(mailoutbox):
    bought = buy(shops=2)
    bought.pay()
    assert sweep_notices(now=NOW) == 0
    assert sweep_notices(now=LATER) == 2
    assert sweep_notices(now=LATER) == 0
    assert len(mailoutbox) == 2


def test_a_hold_ends_when_its_time_is_over():
    bought = buy()
    before = bought.purchase.hold_until - timedelta(seconds=1)
    assert sweep_holds(now=before) == 0
    assert sweep_holds(now=bought.purchase.hold_until) == 1
    assert bought.purchase.status == "expired"
    assert bought.payment.state == "expired"
    assert bought.listings[0].product.stockrecords.get().num_allocated in (0, None)


def test_a_hold_whose_payment_ended_before_ends_too(monkeypatch):
    bought = buy()
    monkeypatch.setattr(
        "winkelstraat.bridges.sweeping.close_payment", lambda *, purchase_ref, now: None
    )
    assert sweep_holds(now=bought.purchase.hold_until) == 1
    assert bought.purchase.status == "expired"


def test_a_paid_purchase_is_no_lapsed_hold():
    bought = buy()
    bought.pay()
    assert sweep_holds(now=NOW + timedelta(days=1)) == 0
    assert bought.purchase.status == "paid"


def test_every_sweeper_is_on_the_clock():
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for sweeper in (tasks.sweep_bookings, tasks.sweep_mails, tasks.sweep_holds):
        assert sweeper.name in planned
        assert sweeper.name in app.tasks


@pytest.mark.django_db(transaction=True)
def test_a_broken_broker_breaks_no_payment_and_no_hand_over(monkeypatch, mailoutbox):
    def refuse(*_ids):
        raise ConnectionError("the broker is away")

    monkeypatch.setattr(tasks.mail_purchase, "delay", refuse)
    monkeypatch.setattr(tasks.tell_shop, "delay", refuse)
    monkeypatch.setattr(tasks.book_chain, "delay", refuse)
    bought = buy()
    bought.pay()
    bought.collect()
    assert [part.status for part in bought.parts] == ["collected"]
    assert (len(mailoutbox), SaleBooking.objects.count()) == (0, 0)
    assert (sweep_mails(now=LATER), sweep_bookings(now=LATER)) == (1, 1)
    assert (len(mailoutbox), SaleBooking.objects.count()) == (1, 1)
