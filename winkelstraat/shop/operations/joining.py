"""Join the street: keep what is typed, hand it in, and let a person decide.

Nothing enters the register before somebody verified it, so nothing can be public before.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from dorpen.register.models import Enterprise, Membership
from dorpen.register.models.enterprises import MemberRole
from dorpen.register.operations import (
    EnterpriseDraft,
    add_member,
    register_enterprise,
    verify_enterprise,
)
from dorpen.register.queries import find_village_by_postcode
from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.shop.domain.joining import kind_of_proof
from winkelstraat.shop.models import Application, ApplicationStatus, SellerProfile
from winkelstraat.shop.operations.sellers import ShopDraft, open_shop
from winkelstraat.shop.queries.joining import get_extract, list_applications

# What was not handed in, or not accepted, is forgotten after half a year.
FORGET_AFTER = timedelta(days=183)
OPEN = (ApplicationStatus.DRAFT, ApplicationStatus.RETURNED)
LONGEST = 300


class NotYours(Exception):
    """This cannot be done by who asks: it was decided, or it is his own."""


class HasOwner(Exception):
    """The enterprise is on the street already, with an owner."""


@transaction.atomic
def keep_application(*, applicant: User, fields: Mapping[str, str], now: datetime) -> Application:
    """Keep what is typed, right or wrong; the account number itself is never kept.

    :raises NotYours: once it is handed in.
    """
    application, _made = Application.objects.select_for_update().get_or_create(
        applicant=applicant, defaults={"saved_at": now}
    )
    if application.status not in OPEN:
        raise NotYours
    kept = {name: str(value)[:LONGEST] for name, value in fields.items() if name != "iban"}
    application.fields, application.saved_at = {**application.fields, **kept}, now
    application.save(update_fields=["fields", "saved_at"])
    return application


@transaction.atomic
def keep_extract(*, application: Application, name: str, content: bytes) -> None:
    """Keep the proof from the trade register, for staff alone.

    :raises ProofRefused: when it is no PDF or picture, or too large; the old one stays.
    """
    application.extract_type = kind_of_proof(content)
    application.extract, application.extract_name = content, name[-120:]
    application.save(update_fields=["extract", "extract_name", "extract_type"])


@transaction.atomic
def hand_in(*, application: Application, iban: str, now: datetime) -> None:
    """Hand an application in with what was checked.

    :raises NotYours: once it is handed in.
    :raises HasOwner: when the enterprise is on the street with an owner.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.status not in OPEN:
        raise NotYours
    refuse_owned(str(locked.fields.get("kvk_number", "")))
    locked.status, locked.submitted_at, locked.saved_at = ApplicationStatus.SUBMITTED, now, now
    locked.iban_last_four = iban[-4:]
    locked.save(update_fields=["status", "submitted_at", "saved_at", "iban_last_four"])


@transaction.atomic
def verify(*, application_id: int, user: User, now: datetime) -> SellerProfile:
    """Enter the enterprise, make it public, and open its shop for the applicant.

    :raises NotYours: when it does not wait, or is the decider's own.
    :raises HasOwner: when the enterprise got an owner meanwhile.
    :raises CannotVerify: when a number or the address cannot be right.
    """
    application = _lock_waiting(application_id, user)
    fields = application.fields
    refuse_owned(fields["kvk_number"])
    enterprise = register_enterprise(draft=_draft(fields))
    verify_enterprise(enterprise=enterprise)
    add_member(enterprise=enterprise, user=application.applicant, role=MemberRole.OWNER)
    seller = SellerProfile.objects.filter(enterprise=enterprise).first() or open_shop(
        enterprise=enterprise, draft=ShopDraft(name=fields["trade_name"], slug=enterprise.slug)
    )
    if fields.get("kor") == "on":
        seller.kor_from = now.date()
        seller.save(update_fields=["kor_from"])
    application.enterprise = enterprise
    _decide(application, ApplicationStatus.VERIFIED, user, "", now)
    record(action=Audited.APPLICATION_VERIFIED, about=_about(application), by=user)
    return seller


@transaction.atomic
def send_back(*, application_id: int, reason: str, user: User, now: datetime) -> None:
    """Ask the applicant to mend something; what he typed stays.

    :raises NotYours: when it does not wait, or is the decider's own.
    """
    application = _lock_waiting(application_id, user)
    _decide(application, ApplicationStatus.RETURNED, user, reason, now)
    record(action=Audited.APPLICATION_RETURNED, about=_about(application), by=user, reason=reason)


def look_at_applications(*, user: User) -> Sequence[Application]:
    """Return the applications that wait, and record that this person saw them."""
    waiting = list_applications(status=ApplicationStatus.SUBMITTED)
    if waiting:
        ids = ", ".join(str(one.pk) for one in waiting)
        record(action=Audited.APPLICATIONS_SEEN, about=Thing("application", "", ids), by=user)
    return waiting


def look_at_extract(*, application_id: int, user: User) -> tuple[bytes, str, str] | None:
    """Return a proof with its name and type, and record that this person saw it."""
    found = get_extract(application_id)
    if found is not None:
        about = _about(Application.objects.get(pk=application_id))
        record(action=Audited.PROOF_SEEN, about=about, by=user)
    return found


@transaction.atomic
def forget_applications(*, now: datetime) -> int:
    """Forget what was never accepted and lay still for half a year; return how many."""
    old = Application.objects.filter(saved_at__lte=now - FORGET_AFTER)
    gone, _rows = old.exclude(status=ApplicationStatus.VERIFIED).delete()
    return gone


def refuse_owned(kvk_number: str) -> None:
    """Refuse an enterprise that somebody owns on the street.

    :raises HasOwner: then the owner can invite others.
    """
    owned = Membership.objects.filter(enterprise__kvk_number=kvk_number, role=MemberRole.OWNER)
    if owned.exists():
        raise HasOwner


def _about(application: Application) -> Thing:
    return Thing("application", application.pk, str(application.fields.get("trade_name", "")))


def _lock_waiting(application_id: int, user: User) -> Application:
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("applicant")
        .filter(pk=application_id, status=ApplicationStatus.SUBMITTED)
        .exclude(applicant=user)
        .first()
    )
    if application is None:
        raise NotYours
    return application


def _decide(application: Application, status: str, user: User, reason: str, now: datetime) -> None:
    application.status, application.reason = status, reason
    application.decided_at, application.decided_by = now, user
    application.save()


def _draft(fields: Mapping[str, str]) -> EnterpriseDraft:
    village = find_village_by_postcode(fields["postcode"])
    assert village is not None, "The form asked for a postcode in Drenthe."
    known = Enterprise.objects.filter(kvk_number=fields["kvk_number"]).first()
    return EnterpriseDraft(
        legal_name=fields["legal_name"],
        trade_name=fields["trade_name"],
        slug=known.slug if known else _free_slug(fields["trade_name"]),
        kvk_number=fields["kvk_number"],
        legal_form=fields["legal_form"],
        street_address=fields["street_address"],
        postcode=fields["postcode"],
        village_id=village.id,
        email=fields["email"],
        vat_number=fields.get("vat_number", ""),
        phone=fields["phone"],
        **_known_of(known),
    )


def _known_of(known: Enterprise | None) -> dict[str, Any]:
    """Return what the register knows of an enterprise and its owner was not asked."""
    names = ("latitude", "longitude", "impact_stance", "dimensions", "drives", "sdg_targets")
    return {name: getattr(known, name) for name in names} if known else {}


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:40] or "winkel"
    taken = set(
        Enterprise.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
    ) | set(SellerProfile.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(
        slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 999))) if slug not in taken
    )
