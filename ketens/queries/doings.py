"""What an enterprise does in its chains: its own sales, and what each chain comes to."""

from dataclasses import dataclass

from django.db.models import Sum
from django.urls import reverse

from dorpen.register.models import Enterprise
from ketens.domain.measures import Measure, Scope, ScopeKind
from ketens.models import BookedLine, Chain, ChainMember
from ketens.queries.figures import Figure, get_figures
from ketens.queries.members import list_members
from ketens.queries.wording import say_grams

MEASURES = [Measure.GOODS, Measure.EMISSION, Measure.DISTANCE]


@dataclass(frozen=True, slots=True)
class Doing:
    """One chain with what an enterprise is in it; `sold_text` is empty where it sold nothing."""

    chain: str
    chain_url: str
    roles_text: str
    sold_text: str
    figures: tuple[Figure, ...]


def get_doings(enterprise: Enterprise) -> tuple[Doing, ...]:
    """Return every running chain of an enterprise (2 queries, and 2 for each chain)."""
    roles: dict[Chain, list[ChainMember]] = {}
    for member in list_members(enterprise):
        roles.setdefault(member.chain, []).append(member)
    lines = BookedLine.objects.filter(booking__enterprise=enterprise, chain__in=roles)
    sold = dict(lines.order_by().values_list("chain").annotate(mass_g=Sum("mass_g")))
    return tuple(
        Doing(
            chain=chain.name,
            chain_url=reverse("ketens:chain", args=[chain.slug]),
            roles_text=", ".join(str(member.get_role_display()) for member in members),
            sold_text=say_grams(sold[chain.pk]) if sold.get(chain.pk) else "",
            figures=get_figures(Scope(ScopeKind.CHAIN, chain.pk), None, MEASURES),
        )
        for chain, members in roles.items()
    )
