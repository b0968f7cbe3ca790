"""Take down a round as it was driven: what it burned, and every stop's share of that.

A measured round stands beside the legs that sales are booked on and never adds up with
them: the same kilometres would count twice. It tells how good the legs' figures are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from ketens.domain import codes
from ketens.domain.transport import (
    ImplausibleInput,
    Stop,
    allocate_round,
    fuel_emission,
    to_mg,
)
from ketens.models import ChainMember, Factor, Round, RoundStop
from ketens.operations.chains import check_membership
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.operations import Posting, post_transfers

KM = Decimal(1000)
LONGEST_ROUND_KM = 1500
# Per 100 km: a heavy lorry burns about 35 litres; an electric one takes about 130 kWh.
MOST_PER_100_KM = {
    "kgCO2e/liter": Decimal(60),
    "kgCO2e/kg": Decimal(60),
    "kgCO2e/kWh": Decimal(200),
}


class RoundDoubtful(Exception):
    """More fuel or power than such a distance takes; possible, so the member is asked again."""


class FactorNotOfThatDay(Exception):
    """A factor counts on the days of its own list only."""


@dataclass(frozen=True, slots=True)
class DrivenStop:
    """Where goods were brought: how many grams, and the shortest way from the start in metres."""

    member: ChainMember
    mass_g: int
    direct_m: int


@dataclass(frozen=True, slots=True)
class DrivenRound:
    """A round as the driver knows it; `energy` is in the unit of the factor."""

    driven_on: date
    distance_m: int
    energy: Decimal
    factor: Factor
    stops: Sequence[DrivenStop]
    is_confirmed: bool = False


@transaction.atomic
def record_round(*, carrier: ChainMember, driven: DrivenRound, user: Any, now: datetime) -> Round:
    """Write a round with its emission, divided over its stops to the milligram.

    :raises ImplausibleInput: for a distance, an amount or a stop that cannot be.
    :raises FactorNotOfThatDay: when the factor does not count on that day.
    :raises RoundDoubtful: when it burned more than likely, unless confirmed.
    :raises MemberOfAnotherChain: when a stop is of another chain.
    """
    check_round(carrier, driven, today=now.date())
    is_doubtful = burns_much(driven)
    if is_doubtful and not driven.is_confirmed:
        raise RoundDoubtful(str(driven.energy))
    whole = to_mg(fuel_emission(driven.energy, driven.factor.value))
    parts = allocate_round(
        whole, [Stop(Decimal(one.mass_g) / 1000, one.direct_m / KM) for one in driven.stops]
    )
    row = Round.objects.create(
        chain=carrier.chain,
        carrier=carrier,
        driven_on=driven.driven_on,
        distance_m=driven.distance_m,
        energy=driven.energy,
        factor=driven.factor,
        emission_mg_co2e=whole,
        is_confirmed=is_doubtful,
        recorded_by=user,
        recorded_at=now,
    )
    stops = RoundStop.objects.bulk_create(
        RoundStop(
            round=row,
            member=one.member,
            mass_g=one.mass_g,
            direct_m=one.direct_m,
            emission_mg_co2e=part,
        )
        for one, part in zip(driven.stops, parts, strict=True)
    )
    post_transfers(postings=postings_of(row, stops), now=now)
    return row


def check_round(carrier: ChainMember, driven: DrivenRound, *, today: date) -> None:
    """Refuse a round that cannot have been driven.

    :raises ImplausibleInput: no stops, a day to come, or numbers that cannot be.
    :raises FactorNotOfThatDay: when the factor does not count on that day.
    """
    if not driven.stops or driven.driven_on > today or driven.energy <= 0:
        raise ImplausibleInput("a round has a day, stops and fuel")
    if not 0 < driven.distance_m <= LONGEST_ROUND_KM * KM:
        raise ImplausibleInput(f"a round of {driven.distance_m} m")
    farthest = max(one.direct_m for one in driven.stops)
    if farthest > driven.distance_m or min(one.mass_g for one in driven.stops) <= 0:
        raise ImplausibleInput("a stop lies within the round and weighs something")
    check_membership(carrier.chain, *(one.member for one in driven.stops))
    factor = driven.factor
    is_of_that_day = factor.valid_from <= driven.driven_on <= factor.valid_to
    if not is_of_that_day or factor.unit not in MOST_PER_100_KM:
        raise FactorNotOfThatDay(f"{factor} on {driven.driven_on}")


def burns_much(driven: DrivenRound) -> bool:
    """Tell whether a round took more than a heavy vehicle takes."""
    per_100_km = driven.energy * 100 * KM / driven.distance_m
    return per_100_km > MOST_PER_100_KM[driven.factor.unit]


def postings_of(row: Round, stops: Sequence[RoundStop]) -> list[Posting]:
    """Return a round's milligrams on their way from its energy to every stop."""
    energy, stop_prefix = codes.round_accounts(row.pk)
    return [
        Posting(
            unit=Unit.MG_CO2E,
            debit=f"{stop_prefix}{stop.member_id}",
            credit=energy,
            amount=stop.emission_mg_co2e,
            source=f"round:{row.pk}",
            reason=f"mg:stop:{stop.pk}",
            activity_date=row.driven_on,
        )
        for stop in stops
        if stop.emission_mg_co2e
    ]
