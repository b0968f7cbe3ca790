"""Take a shop off the street with a statement of reasons, and hear what it says (MKT-03).

A pause may hold at once; an end is told thirty days ahead, unless the shop itself or an
authority asks for it (Regulation (EU) 2019/1150 art. 4). The shop keeps its desk and can
contest once within six months; somebody else looks then. Orders and books stay.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dorpen.register.models import Enterprise, Membership
from dorpen.register.operations import suspend_enterprise, verify_enterprise
from winkelstraat.accounts.models import Audited, User
from winkelstraat.accounts.operations import Thing, record
from winkelstraat.shop.domain.contracts import END_NOTICE, KEPT_AFTER_END
from winkelstraat.shop.models import (
    Application,
    OrderFeed,
    SellerProfile,
    Suspension,
    SuspensionKind,
    SuspensionReason,
    SuspensionReview,
)
from winkelstraat.shop.operations.notices import CONTEST_WITHIN, NotNow
from winkelstraat.shop.operations.prices import renew_pages

WITHOUT_NOTICE = (SuspensionReason.OWN_WISH, SuspensionReason.AUTHORITY)


class EndsTooSoon(Exception):
    """A contract would end within thirty days."""


@dataclass(frozen=True)
class Suspending:
    """What is decided: how, why by the terms, the facts, and from when."""

    kind: str
    reason: str
    text: str
    effective_at: datetime


@transaction.atomic
def suspend_shop(
    *, seller: SellerProfile, decision: Suspending, user: User, now: datetime
) -> Suspension:
    """Write the decision down and carry it out when its time has come.

    :raises NotNow: while another decision about this shop stands.
    :raises EndsTooSoon: when the contract would end within thirty days.
    """
    SellerProfile.objects.select_for_update(no_key=True).get(pk=seller.pk)
    if seller.suspensions.filter(lifted_at=None).exists():
        raise NotNow
    at_once = decision.kind == SuspensionKind.PAUSE or decision.reason in WITHOUT_NOTICE
    if not at_once and decision.effective_at < now + END_NOTICE:
        raise EndsTooSoon
    suspension = Suspension.objects.create(
        seller=seller,
        kind=decision.kind,
        reason=decision.reason,
        text=decision.text,
        decided_at=now,
        decided_by=user,
        effective_at=max(decision.effective_at, now),
    )
    _record(suspension, user, decision.kind, decision.text)
    carry_out(suspension_id=suspension.pk, now=now)
    return suspension


@transaction.atomic
def carry_out(*, suspension_id: int, now: datetime) -> bool:
    """Take the shop off the street when the time has come; twice is once."""
    suspension = _lock(suspension_id)
    stands = suspension.lifted_at is None and suspension.carried_out_at is None
    if not stands or suspension.effective_at > now:
        return False
    suspend_enterprise(enterprise=suspension.seller.enterprise)
    suspension.carried_out_at = now
    suspension.save(update_fields=["carried_out_at"])
    renew_pages(suspension.seller_id)
    return True


@transaction.atomic
def contest_suspension(*, seller: SellerProfile, text: str, now: datetime) -> Suspension:
    """Let a shop say once, within six months, why it does not agree.

    :raises NotNow: when nothing stands, it was contested, or the time is over.
    """
    found = seller.suspensions.filter(lifted_at=None).first()
    if found is None:
        raise NotNow
    suspension = _lock(found.pk)
    if suspension.contested_at is not None or now >= suspension.decided_at + CONTEST_WITHIN:
        raise NotNow
    suspension.contested_at, suspension.contest_text = now, text
    suspension.save(update_fields=["contested_at", "contest_text"])
    return suspension


@transaction.atomic
def review_suspension(
    *, suspension_id: int, review: str, text: str, user: User, now: datetime
) -> Suspension:
    """Look once more; lifted brings the shop back.

    :raises NotNow: when nobody contested it, it was reviewed, or by who decided it.
    """
    suspension = _lock(suspension_id)
    waits = suspension.contested_at is not None and not suspension.review
    if not waits or suspension.decided_by_id == user.pk:
        raise NotNow
    suspension.review, suspension.review_text = review, text
    suspension.reviewed_at, suspension.reviewed_by = now, user
    suspension.save(update_fields=["review", "review_text", "reviewed_at", "reviewed_by"])
    _record(suspension, user, review, text)
    if review == SuspensionReview.LIFTED:
        _lift(suspension, now)
    return suspension


@transaction.atomic
def lift_suspension(*, suspension_id: int, user: User, now: datetime) -> None:
    """Bring a shop back that mended what was wrong.

    :raises NotNow: when it is back already, or its data were deleted.
    """
    suspension = _lock(suspension_id)
    if suspension.lifted_at is not None or suspension.forgotten_at is not None:
        raise NotNow
    _record(suspension, user, SuspensionReview.LIFTED, "")
    _lift(suspension, now)


@transaction.atomic
def mail_suspension(*, suspension_id: int, now: datetime) -> bool:
    """Send the shop the reasons, or what came of a second look, once each."""
    suspension = _lock(suspension_id)
    if suspension.mailed_at is None:
        suspension.mailed_at = now
    elif suspension.review and suspension.review_mailed_at is None:
        suspension.review_mailed_at = now
    else:
        return False
    suspension.save(update_fields=["mailed_at", "review_mailed_at"])
    context = {
        "suspension": suspension,
        "shop": suspension.seller.name,
        "desk_url": f"{settings.SITE_ADDRESS}{reverse('desk:suspension')}",
    }
    with translation.override(settings.LANGUAGE_CODE):
        EmailMessage(
            subject=_("A decision about %(shop)s") % {"shop": suspension.seller.name},
            body=render_to_string("mail/suspension.txt", context),
            to=[suspension.seller.enterprise.email],
        ).send()
    return True


@transaction.atomic
def forget_trader(*, suspension_id: int, now: datetime) -> bool:
    """Delete what was kept to trace a trader, six months after the end (MKT-05).

    The name and number stay with the invoices for as long as the tax law asks.
    """
    suspension = _lock(suspension_id)
    is_over = suspension.kind == SuspensionKind.END and suspension.carried_out_at is not None
    if not is_over or suspension.lifted_at is not None or suspension.forgotten_at is not None:
        return False
    if suspension.effective_at + KEPT_AFTER_END > now:
        return False
    enterprise_id = suspension.seller.enterprise_id
    Application.objects.filter(enterprise_id=enterprise_id).delete()
    Membership.objects.filter(enterprise_id=enterprise_id).delete()
    OrderFeed.objects.filter(seller=suspension.seller).delete()
    Enterprise.objects.filter(pk=enterprise_id).update(
        email="", phone="", street_address="", postcode="", latitude=None, longitude=None
    )
    suspension.forgotten_at = now
    suspension.save(update_fields=["forgotten_at"])
    return True


def _record(suspension: Suspension, user: User, outcome: str, reason: str) -> None:
    record(
        action=Audited.SHOP_DECIDED,
        about=Thing("suspension", suspension.pk, suspension.seller.name),
        by=user,
        changes={"outcome": ("", outcome)},
        reason=reason,
    )


def _lift(suspension: Suspension, now: datetime) -> None:
    suspension.lifted_at = now
    suspension.save(update_fields=["lifted_at"])
    if suspension.carried_out_at is not None:
        verify_enterprise(enterprise=suspension.seller.enterprise)
    renew_pages(suspension.seller_id)


def _lock(suspension_id: int) -> Suspension:
    return (
        Suspension.objects.select_for_update(of=("self",))
        .select_related("seller__enterprise")
        .get(pk=suspension_id)
    )
