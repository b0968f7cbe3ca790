"""Let the members of the demo take down what they count: leftovers, rounds, hours, claims.

Each part is written once; what was sold in a week comes from the demo's own orders.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from dorpen.register.models import Enterprise
from ketens.domain.social_return import BlockStatus
from ketens.domain.work import TargetGroup, months_later
from ketens.models import (
    Batch,
    Block,
    BookedLine,
    Chain,
    ChainMember,
    Claim,
    Factor,
    FactorSet,
    FootprintBasis,
    Leg,
    Obligation,
    Region,
    Round,
    WorkMonth,
)
from ketens.operations.blocks import (
    Contract,
    Plan,
    Verdict,
    move_block,
    open_obligation,
    stack_block,
)
from ketens.operations.claims import Matter, Proof, Wording, approve_claim, propose_claim
from ketens.operations.foods import Approval, approve_food, choose_basis
from ketens.operations.hours import Declaration, declare_hours
from ketens.operations.leftovers import Leftover, count_leftover
from ketens.operations.measuring import TooFewRounds, measure_leg
from ketens.operations.rounds import DrivenRound, DrivenStop, record_round
from ketens.queries.foods import list_unmatched
from winkelstraat.accounts.models import RoleGrant, User
from winkelstraat.bridges.demo.plan import DAYS
from winkelstraat.bridges.demo.stories import Story, read_counts
from winkelstraat.bridges.demo.world import World
from winkelstraat.common.claims import Scope, Subject

WEEK = timedelta(days=7)
MONTHS = 3
THOUSAND = 1000


def make_counts(world: World) -> Iterator[str]:
    """Write everything that members counted; yield a line for each kind."""
    told = read_counts()
    yield f"{sum(make_leftovers(world, row) for row in told['leftovers'])} leftovers counted"
    yield f"{sum(make_hours(world, row) for row in told['hours'])} months of hours"
    yield f"{sum(make_claim(world, row) for row in told['claims'])} claims handed in"
    make_obligation(world, told["obligation"])
    yield f"{make_foods(world, told['foods'])} foods approved"


def make_measured(world: World) -> str:
    """Drive the rounds of before the first order, and let their legs count with them."""
    rows = read_counts()["rounds"]
    return f"{sum(make_rounds(world, row) for row in rows)} rounds driven"


@transaction.atomic
def make_leftovers(world: World, row: Story) -> int:
    """Count what was left over in every whole week with sales; the share goes down evenly."""
    member = find_member(row, row["role"])
    if Batch.objects.filter(member=member).exists():
        return 0
    weeks = sold_by_week(member.chain, until=world.now.date())
    for number, (monday, sold) in enumerate(sorted(weeks.items())):
        fallen = (row["from_permille"] - row["to_permille"]) * number // max(1, len(weeks) - 1)
        left_permille = row["from_permille"] - fallen
        made = sold * THOUSAND // (THOUSAND - left_permille - row["shrink_permille"])
        left = made * left_permille // THOUSAND
        day = monday + timedelta(days=5)
        first = True
        for rung, share in row["rungs"].items():
            leftover = Leftover(
                what=row["what"],
                rung=rung,
                mass_g=max(1, left * share // THOUSAND),
                day=day,
                made_g=made if first else None,
                sold_g=sold if first else None,
            )
            count_leftover(member=member, leftover=leftover, user=None, now=at_evening(world, day))
            first = False
    return len(weeks)


def sold_by_week(chain: Chain, *, until: date) -> dict[date, int]:
    """Return the grams that a chain sold in each week that is over, by its Monday."""
    rows = (
        BookedLine.objects.filter(chain=chain, mass_g__isnull=False)
        .values_list("booking__activity_date")
        .annotate(grams=Sum("mass_g"))
    )
    found: dict[date, int] = defaultdict(int)
    for day, grams in rows:
        found[day - timedelta(days=day.weekday())] += grams
    return {monday: grams for monday, grams in found.items() if monday + WEEK <= until}


@transaction.atomic
def make_rounds(world: World, row: Story) -> int:
    """Drive the same round for twelve weeks before the first order; its legs count with it."""
    carrier = find_member(row, row["role"])
    if Round.objects.filter(carrier=carrier).exists():
        return 0
    factor = Factor.objects.filter(key=row["factor"]).order_by("-factor_set__version")[0]
    members = {
        member.enterprise.slug: member
        for member in ChainMember.objects.filter(chain=carrier.chain, role="shop").select_related(
            "enterprise"
        )
    }
    stops = tuple(
        DrivenStop(members[stop["enterprise"]], stop["mass_g"], stop["direct_m"])
        for stop in row["stops"]
    )
    opening = world.now - timedelta(days=DAYS + 2)
    days = [opening.date() - WEEK * step for step in range(1, 13)]
    days = [day - timedelta(days=(day.isoweekday() - row["weekday"]) % 7) for day in days]
    for day in days:
        driven = DrivenRound(day, row["distance_m"], Decimal(row["energy"]), factor, stops)
        if factor.valid_from <= day <= factor.valid_to:
            record_round(carrier=carrier, driven=driven, user=None, now=at_evening(world, day))
    for leg in Leg.objects.filter(
        link__from_member=carrier, link__to_member__in=[stop.member for stop in stops]
    ).select_related("link__chain"):
        with suppress(TooFewRounds):
            measure_leg(leg=leg, user=None, now=opening)
    return len(days)


def make_hours(world: World, row: Story) -> int:
    """Declare the hours of the last whole months."""
    employer = Enterprise.objects.get(slug=row["enterprise"])
    group = TargetGroup(row["group"])
    if WorkMonth.objects.filter(employer=employer, group=group.value).exists():
        return 0
    this_month = world.now.date().replace(day=1)
    for step in range(1, MONTHS + 1):
        said = Declaration(
            group, months_later(this_month, -step), Decimal(row["hours"]), row["people"]
        )
        declare_hours(employer=employer, declaration=said, user=None, now=world.now)
    return MONTHS


@transaction.atomic
def make_claim(world: World, row: Story) -> int:
    """Hand in a claim, and let staff approve it when the demo says why."""
    enterprise = Enterprise.objects.get(slug=row["enterprise"])
    if Claim.objects.filter(enterprise=enterprise, versions__text=row["text"]).exists():
        return 0
    is_of_chain = row["subject"] == "chain"
    chain = Chain.objects.get(slug=row["chain"]) if is_of_chain else None
    subject = Subject.PAGE if is_of_chain else Subject(row["subject"])
    proof = row.get("proof")
    decided_at = world.now - timedelta(days=30)
    proofs: tuple[Proof, ...] = ()
    if proof:
        until = world.now.date() + timedelta(days=proof["days"])
        scope = Scope(proof["scope"])
        proofs = (
            Proof(proof["kind"], proof["title"], scope, proof["reference"], valid_until=until),
        )
    version = propose_claim(
        enterprise=enterprise,
        matter=Matter(subject, chain=chain),
        wording=Wording(row["text"], Scope(row["scope"]), proofs=proofs),
        user=None,
        now=decided_at,
    )
    if row["decision"]:
        staff = User.objects.get(
            pk=RoleGrant.objects.filter(role="platform_staff").values_list("user", flat=True)[:1]
        )
        approve_claim(
            version=version, reason=row["decision"], accepted_rules=(), user=staff, now=decided_at
        )
    return 1


@transaction.atomic
def make_obligation(world: World, row: Story) -> None:
    """Write a contract with one block that waits for the coordinator."""
    contractor = Enterprise.objects.get(slug=row["contractor"])
    region = Region.objects.filter(pk="noord").first()
    if region is None or Obligation.objects.filter(contractor=contractor).exists():
        return
    tender = world.now.date() - timedelta(days=row["tender_days_ago"])
    contract = Contract(
        row["title"], row["buyer"], tender, row["contract_cents"], Decimal(row["percentage"])
    )
    obligation = open_obligation(
        contractor=contractor, region=region, contract=contract, user=None, now=world.now
    )
    block = Block.objects.select_related("region").get(region=region, key=row["block"])
    first = months_later(world.now.date().replace(day=1), -row["months"])
    stacked = stack_block(
        obligation=obligation,
        block=block,
        plan=Plan(first, row["months"], Decimal(row["hours_per_week"])),
        placement=None,
        user=None,
        now=world.now,
    )
    move_block(stacked=stacked, verdict=Verdict(BlockStatus.CLAIMED), user=None, now=world.now)


@transaction.atomic
def make_foods(world: World, row: Story) -> int:
    """Let a chain count with a food database, and let staff approve foods for its products."""
    chain = Chain.objects.get(slug=row["chain"])
    if FootprintBasis.objects.filter(chain=chain).exists():
        return 0
    listed = FactorSet.objects.filter(key=row["database"]).order_by("-version").first()
    if listed is None:
        return 0
    choose_basis(chain=chain, factor_set=listed, valid_from=chain.started_on)
    staff = User.objects.get(
        pk=RoleGrant.objects.filter(role="platform_staff").values_list("user", flat=True)[:1]
    )
    approved = 0
    for product in list_unmatched(on=world.now.date()):
        quality = row["approved"].get(product.name)
        if quality and product.proposals:
            best = product.proposals[0]
            approval = Approval(
                product_ref=product.product_ref,
                product_name=product.name,
                database=product.database,
                quality=quality,
                factor_id=best.factor_id,
                likeness_percent=best.likeness_percent,
            )
            approve_food(chain=chain, approval=approval, user=staff, now=world.now)
            approved += 1
    return approved


def find_member(row: Story, role: str) -> ChainMember:
    """Return the member that a row of the table names."""
    return ChainMember.objects.select_related("chain", "enterprise").get(
        chain__slug=row["chain"], enterprise__slug=row["enterprise"], role=role
    )


def at_evening(world: World, day: date) -> datetime:
    """Return the moment at which a member writes down what a day left."""
    return min(world.now, datetime(day.year, day.month, day.day, 19, tzinfo=world.now.tzinfo))
