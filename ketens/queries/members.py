"""What an enterprise does in chains, and what waits for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.urls import reverse

from dorpen.register.models import Enterprise
from ketens.domain.batches import Entry
from ketens.domain.transport import Method
from ketens.domain.work import months_later
from ketens.models import (
    BatchEntry,
    ChainMember,
    ChainStatus,
    Factor,
    Leg,
    MonthConfirmation,
    Round,
    WorkMonth,
)
from ketens.queries.batches import batches_of, build_batch
from ketens.queries.profiles.asking import OpenQuestions, find_open_questions
from ketens.queries.wording import say_emission, say_grams

LATEST = 10
COMMON_FUELS = ("diesel_b7", "benzine_e10", "stroom_onbekend", "hvo100")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of an enterprise in one chain."""

    member_id: int
    chain: str
    chain_url: str
    chain_slug: str
    role_text: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What to do, first; what an enterprise is part of, below."""

    memberships: tuple[Membership, ...]
    counted_this_week: bool
    month: date
    months_to_confirm: int
    hours_declared: bool
    violations: tuple[str, ...]
    questions: OpenQuestions | None = None


@dataclass(frozen=True, slots=True)
class LeftoverRow:
    """One count of what was left over."""

    what: str
    day: date
    mass_text: str
    rung: int
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round with its emission."""

    day: date
    carrier: str
    emission_text: str
    stops: tuple[tuple[str, str], ...]


def get_overview(enterprise: Enterprise, *, today: date) -> Overview:
    """Return an enterprise's chains and what waits for it."""
    members = list_members(enterprise)
    month = months_later(today.replace(day=1), -1)
    confirmed = MonthConfirmation.objects.filter(member__in=members, month=month).count()
    return Overview(
        memberships=tuple(
            Membership(
                member.pk,
                member.chain.name,
                reverse("ketens:chain", args=[member.chain.slug]),
                member.chain.slug,
                member.get_role_display(),
            )
            for member in members
        ),
        counted_this_week=BatchEntry.objects.filter(
            batch__member__in=members, activity_date__gt=today - WEEK
        ).exists(),
        month=month,
        months_to_confirm=len(members) - confirmed,
        hours_declared=WorkMonth.objects.filter(employer=enterprise, month=month).exists(),
        violations=list_own_violations(members),
        questions=find_open_questions(enterprise, today=today),
    )


def list_members(enterprise: Enterprise) -> list[ChainMember]:
    """Return the roles of an enterprise in chains that run (one query)."""
    return list(
        ChainMember.objects.filter(enterprise=enterprise, chain__status=ChainStatus.RUNNING)
        .select_related("chain", "enterprise")
        .order_by("chain__name", "pk")
    )


def list_own_violations(members: list[ChainMember]) -> tuple[str, ...]:
    """Return what does not add up in the newest batches of these members, for them first."""
    own = {member.pk for member in members}
    found = []
    for chain_id in {member.chain_id for member in members}:
        for batch in batches_of(chain_id).filter(member_id__in=own)[:LATEST]:
            view = build_batch(batch)
            found += [f"{view.what} ({view.code}): {text}" for text in view.violations]
    return tuple(found)


def list_leftovers(members: list[ChainMember]) -> tuple[LeftoverRow, ...]:
    """Return the newest counts of what was left over; one query."""
    rows = (
        BatchEntry.objects.filter(
            batch__member__in=members, kind=Entry.RESIDUAL.value, takes_back__isnull=True
        )
        .select_related("batch", "taken_back_by")
        .order_by("-activity_date", "-pk")[:LATEST]
    )
    return tuple(
        LeftoverRow(
            what=row.batch.what,
            day=row.activity_date,
            mass_text=say_grams(row.mass_g),
            rung=row.rung or 0,
            is_taken_back=hasattr(row, "taken_back_by"),
        )
        for row in rows
    )


def list_things(members: list[ChainMember]) -> list[str]:
    """Return what these members counted before, so that nobody types it twice."""
    rows = BatchEntry.objects.filter(batch__member__in=members).order_by()
    return sorted(set(rows.values_list("batch__what", flat=True)[:200]))


def list_rounds(members: list[ChainMember]) -> tuple[RoundRow, ...]:
    """Return the newest rounds of these members; two queries."""
    rows = (
        Round.objects.filter(carrier__in=members)
        .select_related("carrier__chain")
        .prefetch_related("stops__member__enterprise")[:LATEST]
    )
    return tuple(
        RoundRow(
            day=row.driven_on,
            carrier=row.carrier.chain.name,
            emission_text=say_emission(row.emission_mg_co2e),
            stops=tuple(
                (str(stop.member.enterprise), say_emission(stop.emission_mg_co2e))
                for stop in row.stops.all()
            ),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class OwnLeg:
    """A stretch that starts at a member, with how many of its rounds were measured."""

    leg_id: int
    text: str
    rounds: int
    is_measured: bool
    source: str


def list_own_legs(members: list[ChainMember]) -> tuple[OwnLeg, ...]:
    """Return the stretches that start at these members; one query."""
    driven = Count(
        "link__to_member__round_stops",
        filter=Q(link__to_member__round_stops__round__carrier=F("link__from_member")),
    )
    rows = (
        Leg.objects.filter(link__from_member__in=members)
        .select_related("link__to_member__enterprise")
        .annotate(rounds=driven)
        .order_by("pk")
    )
    return tuple(
        OwnLeg(
            leg_id=leg.pk,
            text=f"{leg.link.to_member.enterprise}: {leg.vehicle}",
            rounds=leg.rounds,
            is_measured=leg.method == Method.ANNUAL_TOC,
            source=leg.consumption_source,
        )
        for leg in rows
    )


def find_own_leg(leg_id: int, members: list[ChainMember]) -> Leg | None:
    """Return a stretch that starts at one of these members, None for another's."""
    rows = Leg.objects.filter(pk=leg_id, link__from_member__in=members)
    return rows.select_related("link__chain").first()


def list_fuels(day: date) -> list[Factor]:
    """Return the fuels and kinds of power that count on a day, whole way from source to wheel."""
    found = list(
        Factor.objects.filter(
            unit__in=("kgCO2e/liter", "kgCO2e/kg", "kgCO2e/kWh"),
            scope__in=("wtw", "total"),
            valid_from__lte=day,
            valid_to__gte=day,
            factor_set__key="nl",
        ).order_by("key", "-factor_set__version")
    )
    return sorted(found, key=lambda factor: not factor.key.startswith(COMMON_FUELS))


def list_stops(members: list[ChainMember]) -> list[ChainMember]:
    """Return everybody in the same chains, as places where a round may stop."""
    chains = {member.chain_id for member in members}
    return list(
        ChainMember.objects.filter(chain_id__in=chains)
        .select_related("enterprise", "chain")
        .order_by("chain__name", "pk")
    )
