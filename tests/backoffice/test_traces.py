# ruff: noqa: F811
"""Every write of the back office leaves a trace; a new one that leaves none fails here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from ketens.domain.disclosure import released_quarter
from ketens.models import FactorSet
from ketens.operations import book_sale
from ketens.operations.factors import load_factor_set, read_factor_folder
from ketens.operations.foods import choose_basis
from ketens.operations.levels import claim_level
from ketens.queries.product_names import admit_product_names
from tests.backoffice.test_foods import FOODS
from tests.backoffice.test_payments import fields, paid, staff, url  # noqa: F401
from tests.builders import build_enterprise, build_listing
from tests.ketens.impactpad.writing import PROOF, write
from tests.ketens.street import BREAD, NOW, build_bread_chain, build_sale
from tests.ketens.test_claim_registry import propose
from tests.payments.conftest import Purchase, heard, purchase, shops  # noqa: F401
from tests.shop.test_joining import GOOD, PDF
from winkelstraat.accounts.models import AuditAddress, Audited, AuditEntry, Role, RoleGrant, User
from winkelstraat.accounts.operations import grant_role, register_person
from winkelstraat.backoffice.audited import AuditedViewSet
from winkelstraat.backoffice.viewsets import StreetViewSetGroup
from winkelstraat.bridges import product_names
from winkelstraat.payments import gateway, operations
from winkelstraat.payments.models import Payment, Refund
from winkelstraat.shop.models import Application, Notice, RandomCheck, Suspension
from winkelstraat.shop.operations.joining import hand_in, keep_application, keep_extract
from winkelstraat.shop.operations.notices import Report, report_listing
from winkelstraat.shop.operations.random_checks import draw_month

pytestmark = pytest.mark.django_db

Do = Callable[[Client, Any], Any]


def apply(_given: Any = None) -> Application:
    """Hand an application in and return it."""
    person = register_person(email="janna@example.nl")
    typed = {**GOOD, "kvk_number": "12345678", "postcode": "9331 AB", "vat_number": ""}
    application = keep_application(applicant=person, fields=typed, now=NOW)
    keep_extract(application=application, name="uittreksel.pdf", content=PDF)
    hand_in(application=application, iban="NL91ABNA0417164300", now=NOW)
    return application


def send_application_back(staff: Client, _given: Any) -> Any:
    data = {"decision": "return", "reason": "Het uittreksel is oud."}
    return staff.post(f"/cms/winkels/{apply().pk}/", data)


def decide_claim(staff: Client, _given: Any) -> Any:
    version = propose(build_enterprise())
    data = {"decision": "refuse", "reason": "Geen bewijs."}
    return staff.post(f"/cms/uitspraken/{version.pk}/", data)


def withdraw_claim(staff: Client, _given: Any) -> Any:
    version = propose(build_enterprise())
    return staff.post(f"/cms/uitspraken/{version.claim.public_id}/eraf/", {"reason": "Fout."})


def decide_level(staff: Client, _given: Any) -> Any:
    write(bakery := build_enterprise())
    waiting = claim_level(enterprise=bakery, level=1, proof=PROOF, user=None, now=NOW)
    data = {"decision": "refuse", "reason": "Het verslag is er niet."}
    return staff.post(f"/cms/impactpad/{waiting.public_id}/", data)


def approve_food(staff: Client, _given: Any) -> Any:
    admit_product_names(lambda enterprise_id: [(BREAD, "Drents roggebrood")])
    try:
        bread = build_bread_chain()
        load_factor_set(content=read_factor_folder(FOODS), now=NOW)
        foods = FactorSet.objects.get(key="agribalyse")
        choose_basis(chain=bread.chain, factor_set=foods, valid_from=bread.chain.started_on)
        book_sale(sale=build_sale(bread), now=NOW)
        (product,) = staff.get("/cms/voedsel/").context["waiting"]
        chosen = {"factor": product.proposals[0].factor_id, "quality": "exact"}
        return staff.post("/cms/voedsel/", {"product": BREAD, **chosen})
    finally:
        product_names.connect()


def start_work(staff: Client, _given: Any) -> Any:
    return staff.post("/cms/werk/beginnen/", {"kind": "verify-traces"})


def decide_notice(staff: Client, _given: Any) -> Any:
    wanted = Report(build_listing().pk, "unsafe", "Er zit lood in.", "buur@example.nl")
    notice: Notice = report_listing(report=wanted, now=NOW)
    data = {"outcome": "off", "text": "De maker meldt lood in de verf."}
    return staff.post(f"/cms/meldingen/{notice.pk}/", data)


def check_offer(staff: Client, _given: Any) -> Any:
    build_listing()
    draw_month(today=NOW.date(), size=5)
    data = {"outcome": "fine", "text": ""}
    return staff.post(f"/cms/steekproef/{RandomCheck.objects.get().pk}/", data)


def pause_shop(staff: Client, _given: Any) -> Any:
    shop = build_listing().seller
    data = {"shop": shop.pk, "kind": "pause", "reason": "goods", "text": "Er zit lood in."}
    return staff.post("/cms/besluiten/", data)


def bring_shop_back(staff: Client, given: Any) -> Any:
    pause_shop(staff, given)
    return staff.post(f"/cms/besluiten/{Suspension.objects.get().pk}/", {"review": "mended"})


def publish_terms(staff: Client, _given: Any) -> Any:
    data = {"audience": "buyers", "text": "Eerlijk delen.", "effective_on": "2027-01-01"}
    return staff.post("/cms/voorwaarden/", data)


def look_along(staff: Client, _given: Any) -> Any:
    register_person(email="janna@example.nl")
    data = {"email": "janna@example.nl", "reason": "Zij kan haar mandje niet vinden."}
    return staff.post("/cms/meekijken/", data)


def give_back(staff: Client, given: Any) -> Any:
    payment: Payment = given.getfixturevalue("paid")
    return staff.post(url(payment, "teruggeven/"), fields(staff, payment, what="everything"))


def settle(staff: Client, given: Any) -> Any:
    payment: Payment = given.getfixturevalue("paid")
    gateway.create_refund({"payment_intent": payment.intent_id, "amount": 500}, "elsewhere")
    operations.take_in_refunds(payment_id=payment.pk, now=timezone.now())
    refund = Refund.objects.get()
    return staff.post(url(payment, f"terugbetaling/{refund.pk}/"), {"decision": "street"})


def decide_payment(staff: Client, given: Any) -> Any:
    payment: Payment = given.getfixturevalue("paid")
    Payment.objects.filter(pk=payment.pk).update(state="quarantined")
    return staff.post(url(payment, "beslissen/"), {"decision": "back"})


def verify_books(staff: Client, _given: Any) -> Any:
    return staff.post("/cms/perioden/nakijken/")


def close_books(staff: Client, given: Any) -> Any:
    with given.getfixturevalue("django_capture_on_commit_callbacks")(execute=True):
        verify_books(staff, given)
    _first, last = released_quarter(timezone.localdate())
    return staff.post("/cms/perioden/", {"until": last.isoformat()})


def release(staff: Client, _given: Any) -> Any:
    first, _last = released_quarter(timezone.localdate())
    return staff.post("/cms/vrijgeven/", {"key": "work", "quarter": first.isoformat()})


# What each write of the back office leaves behind, and how to do it.
WRITES: dict[str, tuple[Audited, Do]] = {
    "backoffice_application": (Audited.APPLICATION_RETURNED, send_application_back),
    "backoffice_claim": (Audited.CLAIM_DECIDED, decide_claim),
    "backoffice_claim_withdraw": (Audited.CLAIM_DECIDED, withdraw_claim),
    "backoffice_level": (Audited.CLAIM_DECIDED, decide_level),
    "backoffice_foods": (Audited.FOOD_APPROVED, approve_food),
    "backoffice_start_job": (Audited.JOB_ASKED, start_work),
    "backoffice_notice": (Audited.NOTICE_DECIDED, decide_notice),
    "backoffice_random_check": (Audited.LISTING_CHECKED, check_offer),
    "backoffice_suspensions": (Audited.SHOP_DECIDED, pause_shop),
    "backoffice_suspension": (Audited.SHOP_DECIDED, bring_shop_back),
    "backoffice_terms": (Audited.TERMS_PUBLISHED, publish_terms),
    "backoffice_looking": (Audited.IMPERSONATION_STARTED, look_along),
    "backoffice_verify_books": (Audited.JOB_ASKED, verify_books),
    "backoffice_periods": (Audited.JOB_ASKED, close_books),
    "backoffice_releases": (Audited.JOB_ASKED, release),
    "backoffice_refund": (Audited.REFUND_MADE, give_back),
    "backoffice_settle_refund": (Audited.REFUND_SETTLED, settle),
    "backoffice_decide": (Audited.PAYMENT_DECIDED, decide_payment),
}


def list_screens(patterns: Any = None) -> Iterator[URLPattern]:
    """Yield every address of the back office that is ours."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from list_screens(pattern.url_patterns)
        elif (pattern.name or "").startswith("backoffice_"):
            yield pattern


def takes_forms(pattern: URLPattern) -> bool:
    """Tell whether a view does anything with a form but refuse it for being one."""
    request = RequestFactory().post("/", {})
    request.user = User(is_superuser=True)
    try:
        arguments = dict.fromkeys(pattern.pattern.converters, 0)
        return bool(pattern.callback(request, **arguments).status_code != 405)
    except (Http404, Exception):
        return True


def test_every_write_of_the_back_office_is_known_here():
    writes = {pattern.name for pattern in list_screens() if takes_forms(pattern)}
    assert writes == set(WRITES), "Say which trace a new write leaves, and how to do it."


@pytest.mark.parametrize("name", WRITES)
def test_every_write_leaves_its_trace(staff: Client, request: Any, name: str):
    action, do = WRITES[name]
    answer = do(staff, request)
    assert answer.status_code == 302, answer.content.decode()[:500]
    entry = AuditEntry.objects.filter(action=action).latest("pk")
    assert entry.actor.email == "staf@example.nl"
    assert AuditAddress.objects.get(entry=entry).address == "127.0.0.1"
    assert not AuditEntry.objects.filter(action=Audited.SENT).exists()


def test_a_write_that_forgot_is_recorded_all_the_same(
    staff: Client, monkeypatch: pytest.MonkeyPatch
):
    version = propose(build_enterprise())
    monkeypatch.setattr("ketens.operations.claims.record", lambda **_said: None)
    data = {"decision": "refuse", "reason": "Geen bewijs."}
    staff.post(f"/cms/uitspraken/{version.pk}/", data)
    entry = AuditEntry.objects.get(action=Audited.SENT)
    assert entry.object_id == f"/cms/uitspraken/{version.pk}/"
    assert entry.actor.email == "staf@example.nl"


def test_every_list_of_rows_is_one_that_leaves_traces():
    rows = StreetViewSetGroup.items
    assert [one for one in rows if not isinstance(one, AuditedViewSet)] == []
    assert [one for one in rows if one.copy_view_enabled] == []


def test_seeing_a_proof_is_recorded_and_who_may_not_see_records_nothing(
    staff: Client, client: Client
):
    application = apply()
    address = f"/cms/winkels/{application.pk}/uittreksel/"
    analyst = register_person(email="analist@example.nl")
    grant_role(user=analyst, role=Role.PROVINCE_ANALYST)
    client.force_login(analyst)
    assert client.get(address).status_code in (302, 403)
    assert not AuditEntry.objects.filter(action=Audited.PROOF_SEEN).exists()
    assert staff.get(address).status_code == 200
    entry = AuditEntry.objects.get(action=Audited.PROOF_SEEN)
    assert (entry.object_id, entry.object_label) == (str(application.pk), "Klompenmakerij Veen")
    staff.get("/cms/winkels/")
    assert AuditEntry.objects.get(action=Audited.APPLICATIONS_SEEN).object_label == str(
        application.pk
    )


def test_a_row_changed_by_staff_is_told_before_and_after(staff: Client):
    enterprise = build_enterprise()
    address = f"/cms/enterprises/edit/{enterprise.pk}/"
    form = staff.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = staff.post(address, {**typed, "status": "suspended"})
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(action=Audited.CHANGED)
    assert entry.changes == {"status": ["verified", "suspended"]}
    assert (entry.object_kind, entry.object_id) == ("enterprise", str(enterprise.pk))


def test_roles_are_granted_and_withdrawn_with_a_trace_and_their_group(staff: Client):
    person = register_person(email="nieuw@example.nl")
    staff.post("/cms/roles/new/", {"user": person.pk, "role": "courier"})
    grant = RoleGrant.objects.get(user=person)
    assert person.groups.filter(name="courier").exists()
    staff.post(f"/cms/roles/delete/{grant.pk}/")
    assert not RoleGrant.objects.filter(user=person).exists()
    about = AuditEntry.objects.filter(object_id=str(person.pk), object_kind="person")
    told = list(about.order_by("pk").values_list("action", flat=True))
    assert told == [Audited.ROLE_GRANTED, Audited.ROLE_WITHDRAWN]


class TestPage:
    def test_staff_read_the_log_within_its_queries(
        self, staff: Client, django_assert_num_queries: Any
    ):
        for _number in range(3):
            decide_claim(staff, None)
        staff.get("/cms/logboek/")
        # Eight belong to Wagtail's own frame; ours are the traces and what waits.
        with django_assert_num_queries(10):
            page = staff.get("/cms/logboek/", {"persoon": "staf", "dag": "2020-01-01"})
        assert "Niets gevonden" in page.content.decode()
        told = staff.get("/cms/logboek/", {"handeling": "claim.decided"}).content.decode()
        assert told.count("Geen bewijs.") == 3
        assert "proposed → refused" in told

    def test_a_day_that_is_none_is_said_and_kept(self, staff: Client):
        page = staff.get("/cms/logboek/", {"dag": "2026-13-40"}).content.decode()
        assert "Dat is geen dag." in page
        assert 'value="2026-13-40"' in page

    @pytest.mark.parametrize("role", [Role.PROVINCE_ANALYST, Role.COURIER, None])
    def test_nobody_else_reads_it(self, staff: Client, client: Client, role: Role | None):
        person = register_person(email="ander@example.nl")
        if role:
            grant_role(user=person, role=role)
        client.force_login(person)
        for page in ("/cms/logboek/", "/cms/werk/"):
            answer = client.get(page)
            assert answer.status_code in (302, 403)
            assert "staf@example.nl" not in answer.content.decode()
