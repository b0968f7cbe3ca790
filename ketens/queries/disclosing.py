"""Whether others may tell a sum of money: the one policy, asked from outside the chains."""

from collections.abc import Mapping

from ketens.domain.cubes import Entry
from ketens.domain.disclosure import PUBLIC, Counted


def may_tell_money(by_enterprise: Mapping[int, int]) -> bool:
    """Tell whether a sum of these enterprises' cents is public; no queries."""
    rule = PUBLIC.rule(Counted.AMOUNTS)
    return rule.allows(Entry(max(0, sum(by_enterprise.values())), by_enterprise))
