"""Shops are told of changed terms fifteen days before they hold (MKT-03)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.backoffice.test_claims import client_of
from tests.shop.street import NOW, BaseBasket, base_basket
from winkelstraat.accounts.models import Role
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.models import TermsMail, TermsVersion
from winkelstraat.shop.operations.terms import NOTICE, TooSoon, publish_terms
from winkelstraat.shop.queries.terms import list_terms
from winkelstraat.shop.tasks import mail_changed_terms

pytestmark = pytest.mark.django_db

DESK = "/cms/voorwaarden/"
OLD, NEW = "Eerlijk delen.\nElke maand.", "Eerlijk delen.\nElke week."


@pytest.fixture(autouse=True)
def _back_office(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


@pytest.fixture
def street() -> BaseBasket:
    return base_basket()


def publish(text: str, *, days: float, audience: str = "shops") -> TermsVersion:
    effective_at = NOW + timedelta(days=days)
    return publish_terms(audience=audience, text=text, effective_at=effective_at, now=NOW)


def test_a_change_holds_after_fifteen_days_and_no_sooner(street: BaseBasket) -> None:
    publish(OLD, days=0)
    with pytest.raises(TooSoon):
        publish(NEW, days=14.99)
    assert publish(NEW, days=15).number == 2


def test_the_database_refuses_a_shorter_notice_too(street: BaseBasket) -> None:
    late = {"sent_at": NOW, "effective_at": NOW + NOTICE - timedelta(seconds=1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsVersion.objects.create(audience="shops", number=2, text=NEW, **late)


def test_each_shop_gets_the_whole_text_once(street: BaseBasket) -> None:
    publish(OLD, days=0)
    TermsMail.objects.all().delete()
    publish(NEW, days=20)
    mail_changed_terms()
    mail_changed_terms()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        seller.enterprise.email for seller in street.sellers
    )
    assert all(NEW in letter.body for letter in mail.outbox)


def test_everybody_reads_what_holds_what_comes_and_what_differs(street: BaseBasket) -> None:
    publish(OLD, days=0)
    publish(NEW, days=20)
    _buyers, shops = list_terms(now=NOW)
    assert shops.current is not None
    assert shops.coming is not None
    assert (shops.current.number, shops.coming.number) == (1, 2)
    changed = [(one.kind, one.text) for one in shops.changes if one.kind != "same"]
    assert changed == [("gone", "Elke maand."), ("added", "Elke week.")]
    _buyers, later = list_terms(now=NOW + timedelta(days=20))
    assert later.current is not None
    assert (later.current.number, later.coming, len(later.earlier)) == (2, None, 1)
    assert "Elke maand." in Client().get("/voorwaarden/").content.decode()


def test_staff_publish_and_what_was_typed_stays_when_it_is_too_soon(street: BaseBasket) -> None:
    publish(OLD, days=0)
    staff = client_of(Role.PLATFORM_STAFF)
    soon = (timezone.now() + timedelta(days=3)).date().isoformat()
    answer = staff.post(DESK, {"audience": "shops", "text": NEW, "effective_on": soon})
    assert answer.status_code == 422
    assert "Elke week." in answer.content.decode()
    for wrong in ({"text": ""}, {"audience": "iedereen"}, {"effective_on": "morgen"}):
        sent = {"audience": "shops", "text": NEW, "effective_on": "2099-01-01", **wrong}
        assert staff.post(DESK, sent).status_code == 422
    assert TermsVersion.objects.count() == 1
    sent = {"audience": "shops", "text": NEW, "effective_on": "2099-01-01"}
    assert staff.post(DESK, sent).status_code == 302
    assert TermsVersion.objects.count() == 2
    assert client_of(Role.PROVINCE_ANALYST).post(DESK, sent).status_code in (302, 403)
    assert TermsVersion.objects.count() == 2
