"""Side doors of the packages that we use: each leads to the front door, or is shut."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from wagtail.documents.models import Document

from dorpen.pages.models import VillagePage
from tests.pages.conftest import norg  # noqa: F401
from winkelstraat.accounts.models import User

pytestmark = pytest.mark.django_db

EMAIL = "staf@example.nl"
PASSWORD = "es-en-heide-2026"


@pytest.mark.parametrize("door", ["/_util/login/", "/cms/login/"])
def test_a_password_alone_opens_no_side_door(client: Client, door: str) -> None:
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    TOTP.activate(user, generate_totp_secret())
    client.post(door, {"username": EMAIL, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert client.get(door)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", ["kwaad.html", "kwaad.svg", "kwaad.js", "kwaad.xml"])
def test_a_document_that_a_browser_would_run_is_refused(name: str) -> None:
    document = Document(title="Kwaad", file=SimpleUploadedFile(name, b"alert(1)"))
    with pytest.raises(ValidationError):
        document.full_clean()


def test_sign_in_counts_visitors_behind_as_many_proxies_as_we_do() -> None:
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.TRUSTED_PROXIES
    forged = RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert get_client_ip(forged) == "127.0.0.1"


def test_a_kept_page_may_not_be_framed(norg: VillagePage) -> None:  # noqa: F811
    for _visit in ("made", "kept"):
        assert Client().get(norg.url)["X-Frame-Options"] == "DENY"


def test_a_nought_sign_in_an_address_is_not_found_rather_than_an_error(client: Client) -> None:
    assert client.get("/ketens/bij-product/%00/").status_code == 404
