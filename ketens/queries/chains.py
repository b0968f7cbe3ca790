"""Chains for reading: cards for lists, and everything that a chain's own page shows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ketens.domain import codes, flow
from ketens.domain.booking import UsedFactor
from ketens.domain.measures import Measure, Scope, ScopeKind
from ketens.models import Chain, ChainLink, ChainMember, ChainStatus, Leg, Role, SocialWork
from ketens.queries.coverage import Coverage, get_coverage
from ketens.queries.figures import Figure, build_figure, provenance_url, sum_to_residents
from ketens.queries.flows import Flow, list_flows
from ketens.queries.leftovers import ChainLeftovers, get_leftovers
from ketens.queries.rounds import RoundsSum, sum_rounds
from ketens.queries.routes import get_factors_on
from ketens.queries.wording import (
    UNKNOWN,
    say_emission,
    say_factor,
    say_grams,
    say_metres,
    say_rate,
)
from winkelstraat.ledger.domain import Unit


@dataclass(frozen=True, slots=True)
class ChainCard:
    """A chain in a list."""

    chain_id: int
    name: str
    slug: str
    url: str
    summary: str
    status: str
    status_text: str
    villages: tuple[str, ...]
    village_ids: tuple[int, ...]
    member_count: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Who takes part."""

    member_id: int
    name: str
    role_text: str
    village: str
    village_slug: str
    contribution: str


@dataclass(frozen=True, slots=True)
class LegRow:
    """A stretch of transport with what it did since the chain began."""

    leg_id: int
    from_name: str
    to_name: str
    vehicle: str
    distance_text: str
    distance_source: str
    factor_text: str
    goods_text: str
    emission_text: str
    is_unknown: bool
    provenance_url: str


@dataclass(frozen=True, slots=True)
class ChainDetail:
    """Everything on the page of a chain."""

    card: ChainCard
    paragraphs: tuple[str, ...]
    started_on: date
    ended_on: date | None
    figures: tuple[Figure, ...]
    coverage: Coverage
    members: tuple[MemberRow, ...]
    legs: tuple[LegRow, ...]
    across: flow.FlowPicture
    down: flow.FlowPicture
    flow_text: str
    unknowns: tuple[str, ...]
    leftovers: ChainLeftovers
    rounds: RoundsSum


def list_chains(
    village_id: int | None = None, enterprise_id: int | None = None
) -> tuple[ChainCard, ...]:
    """Return the chains of the street, or those in which a village or enterprise takes part.

    Two queries.
    """
    chains = Chain.objects.order_by("status", "name")
    if village_id is not None:
        chains = chains.filter(members__enterprise__village_id=village_id)
    if enterprise_id is not None:
        chains = chains.filter(members__enterprise_id=enterprise_id)
    rows = list(chains.distinct())
    members = ChainMember.objects.filter(chain__in=rows).select_related("enterprise__village")
    by_chain: dict[int, list[ChainMember]] = defaultdict(list)
    for member in members:
        by_chain[member.chain_id].append(member)
    return tuple(build_card(chain, by_chain[chain.pk]) for chain in rows)


def build_card(chain: Chain, members: list[ChainMember]) -> ChainCard:
    """Return a chain with the villages of its members, each once, in the order of the chain."""
    villages = {member.enterprise.village_id: member.enterprise.village.name for member in members}
    return ChainCard(
        chain_id=chain.pk,
        name=chain.name,
        slug=chain.slug,
        url=reverse("ketens:chain", args=[chain.slug]),
        summary=chain.summary,
        status=chain.status,
        status_text=str(ChainStatus(chain.status).label),
        villages=tuple(villages.values()),
        village_ids=tuple(villages),
        member_count=len({member.enterprise_id for member in members}),
    )


def get_chain(slug: str, *, today: date) -> ChainDetail | None:
    """Return a chain with its flows, figures and legs, None when there is none; 9 queries."""
    chain = Chain.objects.filter(slug=slug).first()
    if chain is None:
        return None
    members = list(ChainMember.objects.filter(chain=chain).select_related("enterprise__village"))
    legs = list(Leg.objects.filter(link__chain=chain).select_related("link"))
    work = list(SocialWork.objects.filter(chain=chain))
    coverage = get_coverage(Scope(ScopeKind.CHAIN, chain.pk))
    flows = list_flows(prefix=codes.chain_prefix(chain.pk))
    factors = get_factors_on({leg.factor_key for leg in legs}, today)
    names = {member.pk: member.enterprise.trade_name for member in members}
    leftovers = get_leftovers(chain)
    nodes, edges = draw_edges(chain, members, legs, flows)
    return ChainDetail(
        card=build_card(chain, members),
        paragraphs=tuple(part for part in chain.story.split("\n\n") if part.strip()),
        started_on=chain.started_on,
        ended_on=chain.ended_on,
        figures=chain_figures(chain, flows, coverage, work),
        coverage=coverage,
        members=tuple(build_member(member) for member in members),
        legs=tuple(build_leg_row(leg, names, flows, factors) for leg in legs),
        across=flow.draw_across(nodes, edges),
        down=flow.draw_down(nodes, edges),
        flow_text=say_flow(nodes, edges),
        unknowns=list_unknowns(coverage, legs, factors, leftovers),
        leftovers=leftovers,
        rounds=sum_rounds(chain),
    )


def chain_figures(
    chain: Chain, flows: list[Flow], coverage: Coverage, work: list[SocialWork]
) -> tuple[Figure, ...]:
    """Return the four figures of a chain: goods, emission, vehicle kilometres, work."""
    scope = Scope(ScopeKind.CHAIN, chain.pk)
    sums = sum_to_residents(flows)
    measures = [Measure.GOODS, Measure.EMISSION, Measure.DISTANCE]
    figures = [build_figure(scope, measure, sums, coverage, None) for measure in measures]
    return (*figures, work_figure(scope, work))


def work_figure(scope: Scope, work: list[SocialWork]) -> Figure:
    """Return how much social work goes into the chain's products: a rate, never hours of few.

    Hours of a single workplace could point at persons, so totals are shown for the
    whole province only.
    """
    rates = [say_rate(row) for row in work]
    return Figure(
        value_text=", ".join(rates) if rates else _("none agreed"),
        label=_("social work in it"),
        sure_text=_("by agreement with the workplace") if rates else _("no workplace takes part"),
        provenance_url=provenance_url(scope, Measure.WORK),
        measure=Measure.WORK,
    )


def build_member(member: ChainMember) -> MemberRow:
    """Return a member as its row shows it."""
    return MemberRow(
        member_id=member.pk,
        name=member.enterprise.trade_name,
        role_text=str(Role(member.role).label),
        village=member.enterprise.village.name,
        village_slug=member.enterprise.village.slug,
        contribution=member.contribution,
    )


def build_leg_row(
    leg: Leg, names: dict[int, str], flows: list[Flow], factors: dict[str, UsedFactor]
) -> LegRow:
    """Return a leg with the goods and emission that the ledger holds for it."""
    factor = factors.get(leg.factor_key)
    goods = goods_on(leg.link, flows)
    account = codes.leg_account(leg.link.chain_id, leg.pk)
    emission = sum(
        row.amount for row in flows if row.unit is Unit.MG_CO2E and row.credit == account
    )
    computable = leg.distance_m is not None and factor is not None
    emission_text = say_emission(emission) if computable and goods else str(UNKNOWN)
    return LegRow(
        leg_id=leg.pk,
        from_name=names[leg.link.from_member_id],
        to_name=names[leg.link.to_member_id],
        vehicle=leg.vehicle,
        distance_text=str(UNKNOWN) if leg.distance_m is None else say_metres(leg.distance_m),
        distance_source=leg.distance_source,
        factor_text=say_factor(factor.value, factor.unit) if factor else str(UNKNOWN),
        goods_text=say_grams(goods) if goods else str(UNKNOWN),
        emission_text=emission_text,
        is_unknown=not computable,
        provenance_url=reverse("ketens:provenance", args=[leg.public_id]),
    )


def goods_on(link: ChainLink, flows: list[Flow]) -> int:
    """Return the grams that went over a link."""
    tail, head = f":{link.from_member_id}", f":{link.to_member_id}"
    return sum(
        row.amount
        for row in flows
        if row.unit is Unit.GRAMS and row.credit.endswith(tail) and row.debit.endswith(head)
    )


def draw_edges(
    chain: Chain, members: list[ChainMember], legs: list[Leg], flows: list[Flow]
) -> tuple[list[flow.FlowNode], list[flow.FlowEdge]]:
    """Return the picture's nodes and edges: the links, then what residents took home."""
    links = {leg.link_id: leg.link for leg in legs}
    used = {link.from_member_id for link in links.values()}
    used |= {link.to_member_id for link in links.values()}
    edges = []
    for link in links.values():
        grams = goods_on(link, flows) or None
        text = say_grams(grams) if grams else str(UNKNOWN)
        edges.append(flow.FlowEdge(link.from_member_id, link.to_member_id, grams, text))
    counter = codes.counter_account(chain.pk)
    residents = 0
    for member in members:
        account = codes.member_account(chain.pk, member.role, member.pk)
        sold = sum(row.amount for row in flows if row.credit == account and row.debit == counter)
        if sold:
            used.add(member.pk)
            edges.append(flow.FlowEdge(member.pk, residents, sold, say_grams(sold)))
    nodes = [flow.FlowNode(m.pk, m.enterprise.trade_name) for m in members if m.pk in used]
    if any(edge.head == residents for edge in edges):
        nodes.append(flow.FlowNode(residents, _("residents")))
    return nodes, edges


def say_flow(nodes: list[flow.FlowNode], edges: list[flow.FlowEdge]) -> str:
    """Return the picture in one sentence, for who does not see it."""
    names = {node.key: node.name for node in nodes}
    parts = [
        _("from %(tail)s to %(head)s: %(amount)s")
        % {"tail": names[edge.tail], "head": names[edge.head], "amount": edge.amount_text}
        for edge in edges
    ]
    return "; ".join(parts)


def list_unknowns(
    coverage: Coverage,
    legs: list[Leg],
    factors: dict[str, UsedFactor],
    leftovers: ChainLeftovers,
) -> tuple[str, ...]:
    """Return what the chain's figures do not know, in sentences."""
    unknowns = []
    missing = coverage.lines - coverage.with_mass
    if missing:
        sentence = _("Of %(missing)s of %(lines)s sold lines the weight is not known.")
        unknowns.append(sentence % {"missing": missing, "lines": coverage.lines})
    for leg in legs:
        if leg.distance_m is None:
            unknowns.append(
                _("The distance by %(vehicle)s is not known.") % {"vehicle": leg.vehicle}
            )
        elif leg.factor_key not in factors:
            unknowns.append(
                _("There is no factor for %(vehicle)s today.") % {"vehicle": leg.vehicle}
            )
    if not leftovers.is_measured:
        unknowns.append(_("What is left over and where it goes is not measured yet."))
    unknowns.append(_("How residents come to collect is not known and not counted."))
    return tuple(unknowns)
