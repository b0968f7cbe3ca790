"""People sign up, confirm their address, sign in and find their password again."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db

EMAIL = "janna@example.nl"
PASSWORD = "es-en-heide-2026"


def sign_up(client: Client) -> None:
    """Fill in the sign-up form."""
    client.post("/account/signup/", {"email": EMAIL, "password1": PASSWORD})


def confirmed_person() -> User:
    """A person whose e-mail address is confirmed."""
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    return user


def test_a_person_signs_up_and_confirms_by_mail(client: Client) -> None:
    sign_up(client)
    assert len(mail.outbox) == 1
    link = re.search(r"https?://\S+/account/confirm-email/\S+/", mail.outbox[0].body)
    assert link is not None
    assert EmailAddress.objects.get(email=EMAIL).verified is False
    client.post(link.group())
    assert EmailAddress.objects.get(email=EMAIL).verified is True


def test_an_unconfirmed_address_does_not_sign_in(client: Client) -> None:
    sign_up(client)
    client.logout()
    client.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_confirmed_person_signs_in_whatever_the_case_of_his_address(client: Client) -> None:
    user = confirmed_person()
    client.post("/account/login/", {"login": EMAIL.upper(), "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_wrong_password_is_refused_and_the_address_stays_filled_in(client: Client) -> None:
    confirmed_person()
    answer = client.post("/account/login/", {"login": EMAIL, "password": "verkeerd-woord"})
    assert "_auth_user_id" not in client.session
    assert f'value="{EMAIL}"' in answer.content.decode()


def test_a_forgotten_password_is_replaced_through_a_mailed_link(client: Client) -> None:
    user = confirmed_person()
    client.post("/account/password/reset/", {"email": EMAIL})
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    new = "hunebed-en-brink-7"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_a_short_password_is_refused_and_nobody_is_made(client: Client) -> None:
    client.post("/account/signup/", {"email": EMAIL, "password1": "kort"})
    assert not User.objects.exists()
    assert mail.outbox == []


def test_the_same_address_in_capitals_is_the_same_person(client: Client) -> None:
    confirmed_person()
    client.post("/account/signup/", {"email": EMAIL.upper(), "password1": PASSWORD})
    assert User.objects.count() == 1
