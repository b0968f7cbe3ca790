"""The account codes of the chains in the ledger, in one place (METHOD.md explains them).

Everything a sale moves ends at the residents of a village. Where it comes from tells
the chain, so both totals are sums over one prefix.
"""

CHAIN_PREFIX = "chain:"
RESIDENTS_PREFIX = "village:"


def chain_prefix(chain_id: int) -> str:
    """What every account of a chain begins with."""
    return f"chain:{chain_id}:"


def member_account(chain_id: int, role: str, member_id: int) -> str:
    """Goods in the hands of a member (grams)."""
    return f"chain:{chain_id}:{role}:{member_id}"


def counter_account(chain_id: int) -> str:
    """Goods of a chain as they are handed to a resident, whichever member sells them (grams)."""
    return f"chain:{chain_id}:counter"


def leg_account(chain_id: int, leg_id: int) -> str:
    """What a leg emits (mg CO2e) or drives (metres) for the goods on it."""
    return f"chain:{chain_id}:leg:{leg_id}"


def work_account(chain_id: int, member_id: int) -> str:
    """Minutes of social work at a member."""
    return f"chain:{chain_id}:work:{member_id}"


def loose_goods_account(enterprise_id: int) -> str:
    """Goods of an enterprise that run in no chain (grams)."""
    return f"loose:{enterprise_id}:goods"


def residents_account(village_id: int) -> str:
    """Where every transfer of a sale ends: the residents who buy in a village."""
    return f"village:{village_id}:residents"


def batch_account(batch_id: int, place: str = "inside") -> str:
    """Grams of a batch: inside it, where they came from, or where they went."""
    return f"batch:{batch_id}:{place}"


def declared_work_accounts(enterprise_id: int) -> tuple[str, str]:
    """Paid minutes that an employer declared: where they come from, and where they stand."""
    return f"work:{enterprise_id}:worked", f"work:{enterprise_id}:paid"


def round_accounts(round_id: int) -> tuple[str, str]:
    """What a measured round emitted (mg CO2e): its source, and what each stop is prefixed with."""
    return f"round:{round_id}:energy", f"round:{round_id}:stop:"
