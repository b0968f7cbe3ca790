"""Helpers are invited by mail, and do and see what the owner allows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorpen.register.models import Invitation, Membership
from dorpen.register.operations import add_member
from dorpen.register.operations.people import make_token
from tests.shop.street import BaseBasket, base_basket, order, pay
from tests.shop.test_isolation import arguments, desk_patterns, everything
from tests.shop.test_isolation import street as desk_street
from winkelstraat.accounts.models import User
from winkelstraat.shop.domain.masking import mask_name
from winkelstraat.shop.domain.rights import EVERYBODY, MONEY, OFFER, OWNER

pytestmark = pytest.mark.django_db

PEOPLE = "/mijn-winkel/mensen/"
__all__ = ["desk_street"]


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True


@pytest.fixture
def shop() -> BaseBasket:
    found = base_basket()
    pay(order(found))
    return found


def person(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get_or_create(email=email)[0])
    return client


def works_at(street: BaseBasket, email: str, role: str, **rights: bool) -> Client:
    client = person(email)
    user = User.objects.get(email=email)
    add_member(enterprise=street.sellers[0].enterprise, user=user, role=role)
    Membership.objects.filter(user=user).update(**rights)
    return client


def owner(street: BaseBasket) -> Client:
    return works_at(street, "baas@example.nl", "owner")


def packer(street: BaseBasket) -> Client:
    """Sign in somebody who packs and may do nothing else."""
    none = dict.fromkeys(("sees_buyers", "handles_money", "changes_offer"), False)
    return works_at(street, "hulp@example.nl", "helper", **none)


def link() -> str:
    found = re.search(r"/meewerken/\S+", mail.outbox[-1].body)
    assert found is not None
    return found.group()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Janna Veen", "J. V."),
        ("Jan de Vries", "J. V."),
        ("janna", "J."),
        ("Élise van 't Hof", "É. H."),
        ("  ", "?"),
    ],
)
def test_a_name_is_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_helper_comes_by_mail_with_the_rights_that_were_ticked(shop: BaseBasket) -> None:
    owner(shop).post(PEOPLE, {"email": "Nieuw@example.nl", "changes_offer": "on"})
    (letter,) = mail.outbox
    assert letter.to == ["nieuw@example.nl"]
    newcomer = person("nieuw@example.nl")
    assert newcomer.get(link()).status_code == 200
    assert not Membership.objects.filter(user__email="nieuw@example.nl").exists()
    assert newcomer.post(link()).headers["Location"] == "/mijn-winkel/"
    place = Membership.objects.get(user__email="nieuw@example.nl")
    assert (place.role, place.sees_buyers, place.handles_money, place.changes_offer) == (
        "helper",
        False,
        False,
        True,
    )


def test_a_link_holds_for_its_address_alone_once_and_a_week(shop: BaseBasket) -> None:
    boss = owner(shop)
    boss.post(PEOPLE, {"email": "nieuw@example.nl"})
    used = link()
    assert person("ander@example.nl").post(used).status_code == 410
    invitation = Invitation.objects.get()
    Invitation.objects.update(
        invited_at=invitation.invited_at - timedelta(days=8),
        expires_at=timezone.now() - timedelta(seconds=1),
    )
    assert person("nieuw@example.nl").post(used).status_code == 410
    boss.post(PEOPLE, {"email": "nieuw@example.nl"})
    assert Invitation.objects.count() == 1
    newcomer = person("nieuw@example.nl")
    assert newcomer.post(link()).status_code == 302
    Membership.objects.filter(user__email="nieuw@example.nl").delete()
    assert newcomer.post(used).status_code == 410
    assert newcomer.post(f"/meewerken/{make_token(999)}/").status_code == 410
    assert newcomer.post("/meewerken/1:verzonnen/").status_code == 410


def test_an_invitation_that_was_taken_back_is_over(shop: BaseBasket) -> None:
    boss = owner(shop)
    boss.post(PEOPLE, {"email": "nieuw@example.nl"})
    boss.post(f"{PEOPLE}uitnodiging/{Invitation.objects.get().pk}/weg/")
    assert person("nieuw@example.nl").post(link()).status_code == 410


def test_who_works_there_is_not_asked_again(shop: BaseBasket) -> None:
    answer = owner(shop).post(PEOPLE, {"email": "BAAS@example.nl"})
    assert answer.status_code == 422
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_an_owner_changes_rights_and_lets_go_and_the_last_owner_stays(shop: BaseBasket) -> None:
    boss, helper = owner(shop), packer(shop)
    place = Membership.objects.get(user__email="hulp@example.nl")
    boss.post(f"{PEOPLE}{place.pk}/", {"sees_buyers": "on"})
    place.refresh_from_db()
    assert (place.sees_buyers, place.handles_money) == (True, False)
    boss.post(f"{PEOPLE}{place.pk}/", {"dismiss": "yes"})
    assert helper.get("/mijn-winkel/").status_code == 404
    own = Membership.objects.get(user__email="baas@example.nl")
    boss.post(f"{PEOPLE}{own.pk}/", {"dismiss": "yes"})
    assert Membership.objects.filter(pk=own.pk).exists()


def test_every_address_of_the_desk_belongs_to_one_group_of_rights() -> None:
    names = {pattern.name for pattern in desk_patterns()}
    groups = [MONEY, OFFER, OWNER, EVERYBODY]
    assert set().union(*groups) == names
    assert sum(map(len, groups)) == len(names)


def test_what_a_helper_may_not_do_is_refused_in_words_and_changes_nothing(
    desk_street: BaseBasket,
) -> None:
    helper = packer(desk_street)
    before, opened = everything(), []
    for pattern in desk_patterns():
        if pattern.name in EVERYBODY:
            continue
        address = reverse(f"desk:{pattern.name}", kwargs=arguments(pattern, desk_street))
        statuses = {helper.get(address).status_code, helper.post(address).status_code}
        if not statuses <= {403, 405} or 403 not in statuses:
            opened.append((address, statuses))
    assert opened == []
    assert everything() == before
    page = helper.get("/mijn-winkel/geld/").content.decode()
    assert "Dit is niet voor jou open" in page


def test_no_page_of_the_desk_names_a_buyer_to_who_may_not_know(desk_street: BaseBasket) -> None:
    helper, told = packer(desk_street), []
    for pattern in desk_patterns():
        address = reverse(f"desk:{pattern.name}", kwargs=arguments(pattern, desk_street))
        answer = helper.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for secret in ("Janna", "Veen", "Geert", "janna@example.nl", "geert@example.nl"):
            if secret.encode() in body:
                told.append((address, secret))
    assert told == []
    assert "J. V." in helper.get("/mijn-winkel/").content.decode()
    assert "Janna Veen" in owner(desk_street).get("/mijn-winkel/").content.decode()
