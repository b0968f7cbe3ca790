"""Let a leg be booked with what its own rounds burned, instead of an average."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from ketens.domain.transport import Method
from ketens.domain.work import months_later
from ketens.models import ChainChange, ChangeKind, Leg, Round, RoundStop

LEAST_ROUNDS = 4
MONTHS = 12
GRAM_METRES_PER_TONNE_KM = 10**9


class TooFewRounds(Exception):
    """A few rounds say nothing of a year."""


@transaction.atomic
def measure_leg(*, leg: Leg, user: Any, now: datetime) -> Leg:
    """Book a leg from now on with the fuel or power of its rounds of the last twelve months.

    Per tonne-kilometre, over all stops of those rounds, empty kilometres included (ISO 14083:
    transport operation category). What was booked before stays as it was.

    :raises TooFewRounds: with fewer than four rounds on one kind of fuel to this stop.
    """
    link = leg.link
    since = months_later(now.date(), -MONTHS)
    rounds = Round.objects.filter(
        carrier=link.from_member, stops__member=link.to_member, driven_on__gt=since
    )
    newest = rounds.select_related("factor").first()
    same = rounds.filter(factor__key=newest.factor.key) if newest else rounds
    ids = list(same.values_list("pk", flat=True))
    if newest is None or len(ids) < LEAST_ROUNDS:
        raise TooFewRounds(str(len(ids)))
    energy = Round.objects.filter(pk__in=ids).aggregate(whole=Sum("energy"))["whole"]
    moved = RoundStop.objects.filter(round__in=ids).values_list("mass_g", "direct_m")
    gram_metres = sum(mass_g * direct_m for mass_g, direct_m in moved)
    leg.method = Method.ANNUAL_TOC.value
    leg.factor_key = newest.factor.key
    leg.infrastructure_factor_key = ""
    leg.empty_share = Decimal(0)
    leg.consumption_per_tkm = energy * GRAM_METRES_PER_TONNE_KM / gram_metres
    leg.consumption_source = f"{len(ids)} gemeten ritten, {since:%d-%m-%Y} - {now:%d-%m-%Y}"
    leg.save()
    ChainChange.objects.create(
        chain=link.chain,
        kind=ChangeKind.LEG_MEASURED,
        what=f"{leg.vehicle}: {leg.consumption_source}",
        changed_by=user,
        changed_at=now,
    )
    return leg
