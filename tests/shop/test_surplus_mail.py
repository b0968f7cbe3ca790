"""Residents ask for a mail of what must go: twice asked, once stopped, never too often (PRV-06)."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from tests.shop.street import BaseBasket, base_basket
from tests.shop.test_surplus_batch import draft
from winkelstraat.shop.models import Surplus, SurplusWatch
from winkelstraat.shop.operations.surplus import start_surplus
from winkelstraat.shop.operations.watches import (
    ask_watch,
    confirm_watch,
    forget_watches,
    mail_question,
    mail_surplus,
    stop_watch,
)
from winkelstraat.shop.queries.watches import list_unasked, list_watches_to_tell
from winkelstraat.shop.tasks import mail_watches

pytestmark = pytest.mark.django_db

# 11.00 uur in Drenthe; the surplus may be picked up until 18.30 uur.
NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def ask(street: BaseBasket, email: str = "jan@example.nl", now: datetime = NOON) -> SurplusWatch:
    return ask_watch(village_id=street.listings[0].village_id, email=email, now=now)


def watching(street: BaseBasket) -> SurplusWatch:
    return confirm_watch(token=ask(street).token, now=NOON)


def begin(street: BaseBasket, *, now: datetime, index: int = 0) -> Surplus:
    seller, listing = street.sellers[index], street.listings[index]
    wanted = draft(street, listing_id=listing.pk, made_pieces=None)
    return start_surplus(seller=seller, draft=wanted, user=None, now=now)


def tell(now: datetime) -> int:
    """Do what the sweeper does; return how many mails left."""
    found = list_watches_to_tell(now=now, limit=100)
    return sum(mail_surplus(watch_id=pk, now=now) for pk in found)


def test_nothing_but_a_question_is_mailed_before_it_is_confirmed(street: BaseBasket) -> None:
    watch = ask(street)
    assert list_unasked(limit=9) == [watch.pk]
    assert mail_question(watch_id=watch.pk, now=NOON)
    assert not mail_question(watch_id=watch.pk, now=NOON), "asked once"
    begin(street, now=NOON + timedelta(minutes=1))
    assert tell(NOON + timedelta(minutes=5)) == 0
    (question,) = mail.outbox
    assert f"/moet-op/mail/{watch.token}/" in question.body
    assert "Volkorenbrood" not in question.body


def test_opening_the_link_is_not_yet_confirming(street: BaseBasket, client: Client) -> None:
    watch = ask(street)
    address = f"/moet-op/mail/{watch.token}/"
    assert client.get(address).status_code == 200
    watch.refresh_from_db()
    assert watch.confirmed_at is None
    assert client.post(address).status_code == 200
    watch.refresh_from_db()
    assert watch.confirmed_at is not None


def test_a_mail_says_what_must_go_and_can_be_stopped_with_one_tap(
    street: BaseBasket, client: Client
) -> None:
    watch = watching(street)
    begin(street, now=NOON + timedelta(minutes=1))
    assert tell(NOON + timedelta(minutes=2)) == 1
    (sent,) = mail.outbox
    stop = f"/moet-op/mail/{watch.token}/stop/"
    assert "Volkorenbrood, 800\u00a0g: €\u00a02,95" in sent.body
    assert stop in sent.body
    headers = sent.message()
    assert headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    careful = Client(enforce_csrf_checks=True)
    assert careful.get(stop).status_code == 200
    watch.refresh_from_db()
    assert watch.stopped_at is None, "looking stops nothing"
    assert careful.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    begin(street, now=NOON + timedelta(hours=4), index=2)
    assert tell(NOON + timedelta(hours=4, minutes=1)) == 0


def test_nothing_is_told_twice_too_often_or_at_night(street: BaseBasket) -> None:
    watching(street)
    begin(street, now=NOON + timedelta(minutes=1))
    assert tell(NOON + timedelta(minutes=2)) == 1
    assert tell(NOON + timedelta(hours=5)) == 0, "nothing new"
    begin(street, now=NOON + timedelta(minutes=30), index=2)
    assert tell(NOON + timedelta(hours=2)) == 0, "not within three hours"
    assert tell(NOON + timedelta(hours=3, minutes=3)) == 1
    assert "Verhalen van de es" in mail.outbox[-1].body
    assert "Volkorenbrood" not in mail.outbox[-1].body
    Surplus.objects.update(started_at=NOON + timedelta(hours=9))
    assert tell(NOON + timedelta(hours=10)) == 0, "nobody is woken after eight"


def test_another_village_hears_nothing(street: BaseBasket) -> None:
    watching(street)
    begin(street, now=NOON + timedelta(minutes=1), index=1)
    assert tell(NOON + timedelta(minutes=2)) == 0


def test_who_stopped_hears_only_a_question_when_somebody_asks_again(street: BaseBasket) -> None:
    watch = watching(street)
    mail_question(watch_id=watch.pk, now=NOON)
    stop_watch(token=watch.token, now=NOON)
    ask(street, "JAN@example.nl", now=NOON + timedelta(minutes=5))
    assert list_unasked(limit=9) == [], "not within the hour"
    again = ask(street, "JAN@example.nl", now=NOON + timedelta(hours=2))
    assert (again.pk, list_unasked(limit=9)) == (watch.pk, [watch.pk])
    begin(street, now=NOON + timedelta(hours=2, minutes=1))
    assert tell(NOON + timedelta(hours=2, minutes=2)) == 0
    confirm_watch(token=watch.token, now=NOON + timedelta(hours=3))
    begin(street, now=NOON + timedelta(hours=4), index=2)
    assert tell(NOON + timedelta(hours=4, minutes=1)) == 1


def test_what_was_never_confirmed_is_forgotten_and_the_rest_stays(street: BaseBasket) -> None:
    watching(street)
    ask(street, "ander@example.nl")
    assert forget_watches(now=NOON + timedelta(days=6)) == 0
    assert forget_watches(now=NOON + timedelta(days=8)) == 1
    assert SurplusWatch.objects.get().email == "jan@example.nl"


def test_asking_tells_nothing_of_an_address_and_has_its_limit(
    street: BaseBasket, client: Client
) -> None:
    address = f"/moet-op/{street.listings[0].village.slug}/mail/"
    known = watching(street)
    for email in (known.email, "nieuw@x.nl"):
        page = client.post(address, {"email": email}).content.decode()
        assert "Kijk in je mail." in page
        assert email not in page
    wrong = client.post(address, {"email": "geen adres"})
    assert (wrong.status_code, "geen adres" in wrong.content.decode()) == (422, True)
    machine = client.post(address, {"email": "robot@x.nl", "website": "http://x"})
    assert machine.status_code == 200
    assert set(SurplusWatch.objects.values_list("email", flat=True)) == {
        "jan@example.nl",
        "nieuw@x.nl",
    }
    client.post(address, {"email": "a@x.nl"})
    assert client.post(address, {"email": "b@x.nl"}).status_code == 429


def test_a_made_up_word_opens_nothing(street: BaseBasket, client: Client) -> None:
    watching(street)
    before: Any = list(SurplusWatch.objects.values())
    for address in ("/moet-op/mail/verzonnen/", "/moet-op/mail/verzonnen/stop/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert list(SurplusWatch.objects.values()) == before


def test_a_stranger_gets_few_questions_a_day_whoever_asks(
    street: BaseBasket, client: Client
) -> None:
    """Each from another visitor, an hour after the last, as who plagues somebody would."""
    address = f"/moet-op/{street.listings[0].village.slug}/mail/"
    asked = 0
    for number in range(8):
        typed = {"email": ("jan", "JAN")[number % 2] + "@example.nl"}
        answer = client.post(address, typed, REMOTE_ADDR=f"10.0.0.{number}")
        assert "Kijk in je mail." in answer.content.decode()
        asked += SurplusWatch.objects.filter(asked_mailed_at=None).count()
        SurplusWatch.objects.update(asked_at=NOON - timedelta(days=9), asked_mailed_at=NOON)
    assert asked == 5


def test_an_address_that_takes_no_mail_holds_up_nobody(
    street: BaseBasket, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(street, "kapot@example.nl", now=NOON - timedelta(minutes=5))
    ask(street, "jan@example.nl")
    send = EmailMessage.send

    def refuse(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if self.to == ["kapot@example.nl"]:
            raise SMTPRecipientsRefused({})
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    mail_watches()
    mail_watches()
    assert [one.to for one in mail.outbox] == [["jan@example.nl"]]
    assert list_unasked(limit=9) == []
