"""Mail residents of what must go: asked for twice, stopped with one tap (RFC 8058).

Who asks gets one mail to confirm and nothing else; what is not confirmed is forgotten
after a week. A mail leaves when something new began, by day, and at most once in three
hours. A confirmation counts only from the page behind its link: mail programs open links.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from winkelstraat.shop.models import SurplusWatch
from winkelstraat.shop.queries.surplus import list_village_surplus

ASK_AGAIN_AFTER = timedelta(hours=1)
FORGET_AFTER = timedelta(days=7)
MAIL_AGAIN_AFTER = timedelta(hours=3)
FIRST_MAIL, LAST_MAIL = time(8), time(20)
TOKEN_LENGTH = 43


class UnknownWatch(Exception):
    """Nobody asked for mail with this word, or it was forgotten."""


@transaction.atomic
def ask_watch(*, village_id: int, email: str, now: datetime) -> SurplusWatch:
    """Write down who asks; the mail to confirm follows, at most once an hour.

    Who is confirmed already hears nothing: asking tells a stranger nothing of an address.
    """
    fresh = {"token": get_random_string(TOKEN_LENGTH), "asked_at": now, "email": email}
    watch, made = SurplusWatch.objects.select_for_update(of=("self",)).get_or_create(
        village_id=village_id, email__iexact=email, defaults=fresh
    )
    waits = watch.confirmed_at is None or watch.stopped_at is not None
    if not made and waits and watch.asked_at <= now - ASK_AGAIN_AFTER:
        watch.asked_at, watch.asked_mailed_at = now, None
        watch.save(update_fields=["asked_at", "asked_mailed_at"])
    return watch


@transaction.atomic
def confirm_watch(*, token: str, now: datetime) -> SurplusWatch:
    """Begin to mail; what began before is not told any more.

    :raises UnknownWatch: for a word that nobody was sent.
    """
    watch = _lock(token)
    if watch.confirmed_at is None or watch.stopped_at is not None:
        watch.confirmed_at, watch.stopped_at, watch.told_until = now, None, now
        watch.save(update_fields=["confirmed_at", "stopped_at", "told_until"])
    return watch


@transaction.atomic
def stop_watch(*, token: str, now: datetime) -> SurplusWatch:
    """Mail this address no more; twice is once.

    :raises UnknownWatch: for a word that nobody was sent.
    """
    watch = _lock(token)
    if watch.stopped_at is None:
        watch.stopped_at = now
        watch.save(update_fields=["stopped_at"])
    return watch


@transaction.atomic
def mail_question(*, watch_id: int, now: datetime) -> bool:
    """Ask once whether this address really wants mail; False when it was asked."""
    asked = SurplusWatch.objects.select_for_update(of=("self",)).select_related("village")
    watch = asked.filter(pk=watch_id, asked_mailed_at=None).first()
    if watch is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        _build(
            watch,
            _("Do you want mail about what must go in %(village)s?"),
            "mail/surplus_question.txt",
            {"confirm_url": _address("shop:surplus_confirm", watch.token)},
        ).send()
    watch.asked_mailed_at = now
    watch.save(update_fields=["asked_mailed_at"])
    return True


def give_up_question(*, watch_id: int, now: datetime) -> None:
    """Ask no more at an address that takes no mail, so that it holds up nobody behind it."""
    SurplusWatch.objects.filter(pk=watch_id, asked_mailed_at=None).update(asked_mailed_at=now)


@transaction.atomic
def mail_surplus(*, watch_id: int, now: datetime) -> bool:
    """Tell one address what began since its last mail; False when there is nothing to tell."""
    if not FIRST_MAIL <= timezone.localtime(now).time() < LAST_MAIL:
        return False
    mailed = SurplusWatch.objects.select_for_update(of=("self",)).select_related("village")
    watch = mailed.filter(
        pk=watch_id, confirmed_at__isnull=False, stopped_at=None, told_until__lt=now
    ).first()
    if watch is None or watch.told_until is None:
        return False
    if watch.told_until > max(watch.confirmed_at or now, now - MAIL_AGAIN_AFTER):
        return False
    began = watch.told_until
    cards = [
        card
        for card in list_village_surplus(watch.village.slug, now=now)
        if card.started_at > began
    ]
    if not cards:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        _build(watch, _("This must go in %(village)s"), "mail/surplus.txt", {"cards": cards}).send()
    watch.told_until = now
    watch.save(update_fields=["told_until"])
    return True


def forget_watches(*, now: datetime) -> int:
    """Forget who asked and never confirmed; return how many."""
    never = SurplusWatch.objects.filter(confirmed_at=None, asked_at__lt=now - FORGET_AFTER)
    return never.delete()[0]


def _lock(token: str) -> SurplusWatch:
    found = SurplusWatch.objects.select_for_update(of=("self",)).select_related("village")
    watch = found.filter(token=token).first()
    if watch is None:
        raise UnknownWatch
    return watch


def _address(name: str, *words: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=words)}"


def _build(
    watch: SurplusWatch, subject: str, template: str, context: dict[str, object]
) -> EmailMessage:
    """Return a mail that can be stopped from within the mail program (RFC 8058)."""
    stop = _address("shop:surplus_stop", watch.token)
    around = {
        "village": watch.village.name,
        "stop_url": stop,
        "page_url": _address("shop:surplus", watch.village.slug),
        "site": settings.SITE_ADDRESS,
    }
    return EmailMessage(
        subject=subject % {"village": watch.village.name},
        body=render_to_string(template, around | context),
        to=[watch.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
