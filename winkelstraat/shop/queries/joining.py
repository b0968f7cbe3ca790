"""How far somebody is on his way to the street, and what waits for staff."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise
from dorpen.register.models.enterprises import MemberRole
from winkelstraat.accounts.models import User
from winkelstraat.payments.queries import can_receive_money
from winkelstraat.shop.models import Application, ApplicationStatus, Listing, SellerProfile

FIRST_LETTERS = 3


@dataclass(frozen=True)
class Found:
    """An enterprise of the register that somebody may be looking for."""

    kvk_number: str
    name: str
    place: str
    has_owner: bool


@dataclass(frozen=True)
class Step:
    """One step on the way; `page` names the address where it is done."""

    text: str
    is_done: bool
    page: str = ""


def search_register(text: str) -> list[Found]:
    """Return enterprises by KvK number or the start of a name, ten at most (2 queries)."""
    wanted = text.strip()
    if len(wanted) < FIRST_LETTERS:
        return []
    rows = Enterprise.objects.select_related("village").prefetch_related("memberships")
    by_number = wanted.replace(" ", "").isdecimal()
    found = (
        rows.filter(kvk_number=wanted.replace(" ", ""))
        if by_number
        else rows.filter(trade_name__icontains=wanted)
    )
    return [
        Found(
            kvk_number=row.kvk_number,
            name=row.trade_name,
            place=row.village.name,
            has_owner=any(one.role == MemberRole.OWNER for one in row.memberships.all()),
        )
        for row in found.order_by("trade_name")[:10]
    ]


def get_application(user: User) -> Application | None:
    """Return what this person filled in."""
    return Application.objects.filter(applicant=user).first()


def list_steps(user: User) -> list[Step]:
    """Return the whole way with what is done."""
    application = get_application(user)
    status = application.status if application else ""
    seller = (
        SellerProfile.objects.filter(enterprise=application.enterprise).first()
        if application and application.enterprise_id
        else None
    )
    handed_in = status in (ApplicationStatus.SUBMITTED, ApplicationStatus.VERIFIED)
    offers = bool(seller and Listing.objects.filter(seller=seller).exists())
    return [
        Step(_("You have an account"), True),
        Step(_("What the law asks of your shop"), handed_in, "" if handed_in else "join:details"),
        Step(_("Checked by the street"), status == ApplicationStatus.VERIFIED),
        Step(
            _("Opening hours and how buyers get it"),
            bool(seller and seller.hours_checked_on),
            "desk:times" if seller else "",
        ),
        Step(
            _("Where your money goes"),
            bool(seller and is_payable(seller)),
            "desk:money" if seller else "",
        ),
        Step(_("Your first product"), offers, "desk:offer_new" if seller else ""),
    ]


def list_applications(*, status: str) -> list[Application]:
    """Return the applications with this status, the longest waiting first (1 query)."""
    found = Application.objects.filter(status=status).select_related("applicant", "decided_by")
    return list(found.defer("extract").order_by("submitted_at", "pk")[:100])


def get_extract(application_id: int) -> tuple[bytes, str, str] | None:
    """Return a proof with its name and kind, or None when there is none."""
    found = Application.objects.filter(pk=application_id).exclude(extract=b"").first()
    return (bytes(found.extract), found.extract_name, found.extract_type) if found else None


def is_payable(seller: SellerProfile) -> bool:
    """Tell whether the shop can be paid now (1 query)."""
    return can_receive_money(seller.enterprise_id, livemode=settings.STRIPE_LIVE_MODE)
