"""How amounts and moments of the catalogue are said, in the language of the page."""

from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from winkelstraat.common.money import format_cents
from winkelstraat.shop.domain.hours import LOCAL
from winkelstraat.shop.models.sellers import Weekday

MEASURES = {"kg", "g", "l", "ml"}


def amount_text(net_quantity: Decimal, net_unit: str, pieces: int = 1) -> str:
    """Say how much it is: ``800 g``, ``6 × 330 ml``, ``per stuk``, ``1 bos``, ``per uur``."""
    if pieces > 1 and net_unit in MEASURES:
        return f"{pieces}\u00a0×\u00a0{amount_text(net_quantity, net_unit)}"
    net_quantity *= pieces
    count = number_format(net_quantity.normalize(), use_l10n=True)
    if net_unit in MEASURES:
        return f"{count}\u00a0{net_unit}"
    if net_unit == "hour":
        return gettext("per hour") if net_quantity == 1 else gettext("%s hours") % count
    if net_unit == "bunch":
        return gettext("per bunch") if net_quantity == 1 else gettext("%s bunches") % count
    return gettext("each") if net_quantity == 1 else gettext("%s pieces") % count


def drained_text(drained_quantity: Decimal | None, net_unit: str) -> str:
    """Say what is left without the liquid: ``uitlekgewicht 190 g``; empty when it has none."""
    if drained_quantity is None:
        return ""
    return gettext("drained weight %s") % amount_text(drained_quantity, net_unit)


def unit_price_text(cents: int | None, per: str) -> str:
    """Say the price per kilo or litre, or nothing where the law asks none (PRI-03)."""
    if cents is None:
        return ""
    price = format_cents(cents)
    if per == "kg":
        return gettext("%s per kilo") % price
    return gettext("%s per litre") % price


def distance_text(distance_m: int | None) -> str:
    """Say a distance in whole kilometres, ``in het dorp`` under one."""
    if distance_m is None:
        return ""
    if distance_m < 1000:
        return gettext("in the village")
    return f"{round(distance_m / 1000)}\u00a0km"


def clock_text(moment: datetime) -> str:
    """Say a local time as ``17.00``."""
    return moment.astimezone(LOCAL).strftime("%H.%M")


def when_text(moment: datetime | None, *, now: datetime) -> str:
    """Say from when something can be had: ``morgen na 10.00 uur``; empty when nobody knows."""
    if moment is None:
        return ""
    local = moment.astimezone(LOCAL)
    ahead = (local.date() - now.astimezone(LOCAL).date()).days
    values = {"day": _day_text(local, ahead), "time": clock_text(local)}
    return gettext("%(day)s after %(time)s") % values


def stock_text(left: int) -> str:
    """Say that only a few are left."""
    return ngettext("%d left", "%d left", left) % left


def _day_text(local: datetime, ahead: int) -> str:
    if ahead == 0:
        return gettext("today")
    if ahead == 1:
        return gettext("tomorrow")
    weekday = str(Weekday(local.isoweekday()).label)
    if ahead < 7:
        return weekday.lower()
    return f"{weekday.lower()} {local.day}-{local.month}"


def when_until(moment: datetime) -> str:
    """Say until when something can be had: ``ophalen tot 24 november, 17.30 uur``."""
    local = moment.astimezone(LOCAL)
    values = {"day": date_format(local, "j F"), "time": clock_text(local)}
    return gettext("collect until %(day)s, %(time)s") % values
