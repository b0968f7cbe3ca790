"""A shopkeeper joins the street, and nothing of him is public before somebody checked him."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dorpen.register.models import Enterprise, Membership, PostalCode
from dorpen.register.operations import add_member
from tests.backoffice.test_claims import client_of
from tests.builders import build_enterprise
from tests.shop.street import BaseBasket, base_basket
from winkelstraat.accounts.models import Role, User
from winkelstraat.backoffice.operations import equip_groups
from winkelstraat.shop.domain.joining import read_iban
from winkelstraat.shop.models import Application, SellerProfile
from winkelstraat.shop.operations.joining import NotYours, forget_applications, verify

pytestmark = pytest.mark.django_db

DETAILS, LIST = "/meedoen/gegevens/", "/cms/winkels/"
PDF = b"%PDF-1.7 uittreksel"
GOOD = {
    "kvk_number": "1234 5678",
    "trade_name": "Klompenmakerij Veen",
    "legal_name": "J. Veen",
    "legal_form": "eenmanszaak",
    "street_address": "Brink 4",
    "postcode": "9331ab",
    "phone": "0592 123456",
    "email": "winkel@example.nl",
    "vat_number": "nl123456789b01",
    "iban": "NL91 ABNA 0417 1643 00",
    "iban_holder": "J. Veen",
    "lawful": "on",
}


@pytest.fixture(autouse=True)
def _second_factor_may_wait(settings: Any) -> None:
    settings.SECOND_FACTOR_MAY_BE_SKIPPED = True
    equip_groups()


@pytest.fixture
def street() -> BaseBasket:
    found = base_basket()
    village = found.sellers[0].village
    PostalCode.objects.create(pc4="9331", village=village, latitude=53.07, longitude=6.46)
    return found


@pytest.fixture
def keeper(street: BaseBasket) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("janna@example.nl"))
    return client


def extract(content: bytes = PDF, name: str = "uittreksel.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def hand_in(client: Client, **changes: Any) -> Any:
    sent = {**GOOD, "extract": extract(), **changes}
    return client.post(DETAILS, {name: value for name, value in sent.items() if value != ""})


def staff() -> Client:
    return client_of(Role.PLATFORM_STAFF)


def public_pages(slug: str, client: Client) -> list[str]:
    """Return where the shop's name is read by anybody."""
    pages = ["/", "/winkels/", f"/winkels/{slug}/", "/zoeken/?q=Klompenmakerij", "/sitemap.xml"]
    return [page for page in pages if "lompenmakerij Veen" in client.get(page).content.decode()]


def test_what_is_handed_in_waits_for_staff_and_is_nowhere_public(
    keeper: Client, client: Client
) -> None:
    assert hand_in(keeper).status_code == 302
    application = Application.objects.get()
    assert (application.status, application.iban_last_four) == ("submitted", "4300")
    assert application.fields["kvk_number"] == "12345678"
    assert application.fields["vat_number"] == "NL123456789B01"
    assert "0417" not in str(application.fields)
    assert not Enterprise.objects.filter(kvk_number="12345678").exists()
    assert public_pages("klompenmakerij-veen", client) == []
    assert "We bekijken" in keeper.get("/meedoen/").content.decode()


def test_staff_let_a_shop_in_and_the_owner_has_his_desk(keeper: Client, client: Client) -> None:
    hand_in(keeper)
    application = Application.objects.get()
    page = staff().get(LIST).content.decode()
    assert "Klompenmakerij Veen" in page
    assert "… 4300" in page
    proof = client_of(Role.PLATFORM_STAFF).get(f"{LIST}{application.pk}/uittreksel/")
    assert proof.content == PDF
    assert proof.headers["Content-Disposition"].startswith("attachment")
    staff().post(f"{LIST}{application.pk}/", {"decision": "verify"})
    seller = SellerProfile.objects.get(name="Klompenmakerij Veen")
    assert seller.enterprise.status == "verified"
    assert keeper.get("/mijn-winkel/").status_code == 200
    assert f"/winkels/{seller.slug}/" in public_pages(seller.slug, client)
    assert [letter.to for letter in mail.outbox] == [["janna@example.nl"]]
    steps = keeper.get("/meedoen/").context["steps"]
    assert [step.is_done for step in steps] == [True, True, True, False, False, False]
    assert keeper.get(DETAILS).status_code == 302


def test_staff_send_it_back_with_a_question_and_nothing_typed_is_lost(keeper: Client) -> None:
    hand_in(keeper)
    address = f"{LIST}{Application.objects.get().pk}/"
    staff().post(address, {"decision": "back"})
    assert Application.objects.get().status == "submitted"
    staff().post(address, {"decision": "back", "reason": "Het uittreksel is van 2019."})
    assert "Het uittreksel is van 2019." in mail.outbox[-1].body
    assert "Het uittreksel is van 2019." in keeper.get("/meedoen/").content.decode()
    form = keeper.get(DETAILS).context["form"]
    assert form["legal_name"].value() == "J. Veen"
    assert hand_in(keeper, extract="").status_code == 302
    assert Application.objects.get().status == "submitted"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kvk_number": "1234567"}, "kvk_number"),
        ({"kvk_number": "abcdefgh"}, "kvk_number"),
        ({"iban": "NL91 ABNA 0417 1643 01"}, "iban"),
        ({"iban": "4300"}, "iban"),
        ({"vat_number": "NL12345678B01"}, "vat_number"),
        ({"vat_number": ""}, "vat_number"),
        ({"postcode": "1012 AB"}, "postcode"),
        ({"postcode": "9331"}, "postcode"),
        ({"email": "winkel"}, "email"),
        ({"lawful": ""}, "lawful"),
        ({"legal_form": "maatschap"}, "legal_form"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field_and_kept(
    keeper: Client, changes: dict[str, str], field: str
) -> None:
    answer = hand_in(keeper, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    application = Application.objects.get()
    assert application.status == "draft"
    assert application.fields["trade_name"] == "Klompenmakerij Veen"
    checked = keeper.post(f"/meedoen/nakijken/{field}/", {**GOOD, **changes}).content.decode()
    assert 'class="error"' in checked


def test_a_field_that_is_right_is_said_while_typing(keeper: Client) -> None:
    assert "Klopt" in keeper.post("/meedoen/nakijken/iban/", GOOD).content.decode()
    assert keeper.post("/meedoen/nakijken/wachtwoord/", GOOD).status_code == 404


@pytest.mark.parametrize(
    "upload",
    [
        extract(b"<svg></svg>", "uittreksel.png"),
        extract(b"", "leeg.pdf"),
        extract(b"%PDF-" + b"x" * 10_000_000, "groot.pdf"),
    ],
    ids=["svg named png", "empty", "too large"],
)
def test_a_file_that_is_no_proof_is_refused(keeper: Client, upload: SimpleUploadedFile) -> None:
    assert hand_in(keeper, extract=upload).status_code == 422
    application = Application.objects.get()
    assert (application.status, bytes(application.extract)) == ("draft", b"")


def test_an_enterprise_with_an_owner_cannot_be_taken(keeper: Client) -> None:
    enterprise = build_enterprise("Bezet")
    add_member(
        enterprise=enterprise, user=User.objects.create_user("baas@example.nl"), role="owner"
    )
    answer = hand_in(keeper, kvk_number=enterprise.kvk_number)
    assert answer.status_code == 409
    assert Application.objects.get().status == "draft"
    found = keeper.get(f"{DETAILS}?zoek=Bezet").content.decode()
    assert "vraag hem je uit te nodigen" in found


def test_an_enterprise_of_the_register_without_an_owner_is_joined(keeper: Client) -> None:
    enterprise = build_enterprise("Hoeve Oost")
    slug = enterprise.slug
    Enterprise.objects.filter(pk=enterprise.pk).update(dimensions=["work"])
    assert enterprise.kvk_number in keeper.get(f"{DETAILS}?zoek=hoeve").content.decode()
    hand_in(keeper, kvk_number=enterprise.kvk_number)
    staff().post(f"{LIST}{Application.objects.get().pk}/", {"decision": "verify"})
    enterprise.refresh_from_db()
    assert (enterprise.slug, enterprise.dimensions) == (slug, ["work"])
    assert Membership.objects.get(user__email="janna@example.nl").enterprise == enterprise


def test_nobody_lets_himself_in_and_only_staff_decide(keeper: Client) -> None:
    hand_in(keeper)
    application = Application.objects.get()
    with pytest.raises(NotYours):
        verify(application_id=application.pk, user=application.applicant, now=timezone.now())
    for client in (keeper, client_of(Role.PROVINCE_ANALYST)):
        for page in (LIST, f"{LIST}{application.pk}/uittreksel/"):
            assert client.get(page).status_code in (302, 403)
        client.post(f"{LIST}{application.pk}/", {"decision": "verify"})
    application.refresh_from_db()
    assert application.status == "submitted"


def test_what_was_never_accepted_is_forgotten_after_half_a_year(keeper: Client) -> None:
    keeper.post(DETAILS, {**GOOD, "later": "yes"})
    saved = Application.objects.get().saved_at
    assert forget_applications(now=saved + timedelta(days=182)) == 0
    assert forget_applications(now=saved + timedelta(days=183)) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NL91ABNA0417164300", "NL91ABNA0417164300"),
        (" nl91 abna 0417 1643 00 ", "NL91ABNA0417164300"),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("NL91ABNA0417164301", None),
        ("", None),
    ],
)
def test_an_account_number_is_read_by_its_check_digits(text: str, number: str | None) -> None:
    assert read_iban(text) == number
