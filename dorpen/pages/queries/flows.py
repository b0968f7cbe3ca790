"""The flow picture on a village's page: of the chain that its editor chose, or the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dorpen.pages.models import VillagePage
from ketens.queries import ChainCard, get_chain


@dataclass(frozen=True)
class ChainFlow:
    """A chain's flow, drawn across for wide screens and down for narrow ones."""

    slug: str
    name: str
    url: str
    across: Any
    down: Any
    text: str


def get_flow(page: VillagePage, chains: Sequence[ChainCard], *, today: date) -> ChainFlow | None:
    """Return the flow of the page's chain (0 or 7 queries)."""
    wanted = {block.value.get("chain") for block in page.body if block.block_type == "chain"}
    chosen = [chain for chain in chains if chain.slug in wanted] or list(chains)
    found = get_chain(chosen[0].slug, today=today) if chosen else None
    if found is None:
        return None
    return ChainFlow(
        slug=found.card.slug,
        name=found.card.name,
        url=found.card.url,
        across=found.across,
        down=found.down,
        text=found.flow_text,
    )
