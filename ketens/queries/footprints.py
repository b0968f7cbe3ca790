"""The page of a chain's food footprint: total, coverage, and which food stands for what."""

from dataclasses import dataclass
from datetime import date

from ketens.domain import codes
from ketens.models import Chain
from ketens.queries.figures import sum_to_residents
from ketens.queries.flows import list_flows
from ketens.queries.foods import MatchRow, get_footprint, list_chain_matches
from ketens.queries.wording import UNKNOWN, say_emission, say_grams, say_number
from winkelstraat.ledger.domain import Unit


@dataclass(frozen=True, slots=True)
class FootprintPage:
    """A chain's footprint in words; None of its texts is a number without its coverage."""

    set_name: str
    stage: str
    total_text: str
    food_text: str
    transport_text: str
    coverage_text: str
    covered_text: str
    matches: tuple[MatchRow, ...]


def get_footprint_page(chain: Chain, *, on: date) -> FootprintPage | None:
    """Return the footprint of a chain, None when it chose no database; six queries."""
    flows = list_flows(prefix=codes.chain_prefix(chain.pk))
    own_mg = sum_to_residents(flows).get(Unit.MG_CO2E)
    found = get_footprint(chain.pk, on=on, own_mg=own_mg)
    if found is None:
        return None
    whole = found.footprint
    return FootprintPage(
        set_name=found.set_name,
        stage=found.stage,
        total_text=say_or_unknown(whole.total_mg),
        food_text=say_or_unknown(whole.database_mg),
        transport_text=say_or_unknown(whole.own_mg),
        coverage_text=say_coverage(whole.coverage_permille),
        covered_text=say_grams(whole.covered_g),
        matches=list_chain_matches(chain.pk, found.database),
    )


def say_or_unknown(milligrams: int | None) -> str:
    """Return an emission, or that it is not known."""
    return str(UNKNOWN) if milligrams is None else say_emission(milligrams)


def say_coverage(permille: int | None) -> str:
    """Return which part of the weight has a food, in whole percents, rounded down."""
    return str(UNKNOWN) if permille is None else f"{say_number(permille // 10)}%"
