"""Food waste in three quantities that never add up: inventory, prevented and rescued.

Stages: Delegated Decision (EU) 2019/1597. Fields of a record: FLW Standard (2016).
Rungs: the ladder of Moerman, an order and no scale, so rungs are never averaged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

from ketens.domain.calculations.refusal import CalculationRefused

LEAST_BASELINE_MONTHS = 12
# Own assumptions until measured; shown beside every result.
DEFAULT_CONSUMED = Decimal("0.85")
DEFAULT_DISPLACEMENT = Decimal("0.5")
LOW_DISPLACEMENT = Decimal("0.2")
HIGH_DISPLACEMENT = Decimal("0.9")


class Stage(StrEnum):
    """The five stages at which food waste is measured."""

    PRIMARY_PRODUCTION = "primary_production"
    PROCESSING = "processing"
    RETAIL = "retail"
    FOOD_SERVICE = "food_service"
    HOUSEHOLDS = "households"


class Material(StrEnum):
    """What was lost; EU food waste holds both."""

    FOOD = "food"
    INEDIBLE = "inedible"
    BOTH = "both"


class Destination(StrEnum):
    """Where it went, in the ten words of the FLW Standard."""

    ANIMAL_FEED = "animal_feed"
    BIO_MATERIAL = "bio_material"
    DIGESTION = "anaerobic_digestion"
    COMPOSTING = "composting"
    COMBUSTION = "controlled_combustion"
    LAND_APPLICATION = "land_application"
    LANDFILL = "landfill"
    NOT_HARVESTED = "not_harvested"
    REFUSE = "refuse"
    SEWER = "sewer"


class Rung(IntEnum):
    """The ladder of Moerman, best first."""

    PREVENTION = 1
    HUMAN_FOOD = 2
    REPROCESSED_FOOD = 3
    ANIMAL_FEED = 4
    INDUSTRY = 5
    DIGESTION = 6
    COMPOST = 7
    ENERGY = 8
    INCINERATION = 9
    LANDFILL = 10


class Weighing(IntEnum):
    """How a weight was found, best first."""

    WEIGHED = 1
    COUNTED = 2
    VOLUME = 3
    ESTIMATE = 4


class RiskReason(StrEnum):
    """Why food was about to be wasted; without one it is an ordinary sale."""

    BEST_BEFORE = "tht"
    OVERPRODUCTION = "overproduction"
    QUALITY = "quality"
    DAMAGE = "damage"


@dataclass(frozen=True, slots=True)
class WasteLine:
    """Kilos at one stage on one rung; `is_waste` decides for rung 5 only."""

    kg: Decimal
    stage: Stage
    rung: Rung
    is_waste: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """Residuals in kilos: what is food waste by the EU, by stage, and all by rung."""

    food_waste_kg: Decimal
    by_stage_kg: dict[Stage, Decimal]
    by_rung_kg: dict[Rung, Decimal]
    total_kg: Decimal

    @property
    def share_on_top(self) -> Decimal | None:
        """The share that stayed food or feed (rungs 1 to 4); None without any weight."""
        if not self.total_kg:
            return None
        top = sum((kg for rung, kg in self.by_rung_kg.items() if rung <= 4), Decimal(0))
        return top / self.total_kg


@dataclass(frozen=True, slots=True)
class Rescue:
    """What a kilo of rescued food needs to become a net benefit; kg CO2e per kg."""

    rescued_kg: Decimal
    consumed_share: Decimal
    factor: Decimal
    disposal_factor: Decimal
    redistribution_kg: Decimal
    reprocessing_kg: Decimal = Decimal(0)

    def net_kg(self, displacement: Decimal) -> Decimal:
        """Return avoided minus caused kg CO2e at a displacement; below zero is possible."""
        eaten = self.rescued_kg * self.consumed_share
        avoided = eaten * displacement * self.factor + eaten * self.disposal_factor
        return avoided - self.redistribution_kg - self.reprocessing_kg


def is_food_waste(rung: Rung, *, is_waste: bool = False) -> bool:
    """Tell whether a rung is food waste: 1 to 4 never, 6 to 10 always, 5 as it was handed over."""
    return is_waste if rung is Rung.INDUSTRY else rung > Rung.INDUSTRY


def inventory_of(lines: Iterable[WasteLine]) -> Inventory:
    """Add up records; their order does not matter."""
    rungs: dict[Rung, Decimal] = {}
    by_stage: dict[Stage, Decimal] = {}
    for line in lines:
        rungs[line.rung] = rungs.get(line.rung, Decimal(0)) + line.kg
        if is_food_waste(line.rung, is_waste=line.is_waste):
            by_stage[line.stage] = by_stage.get(line.stage, Decimal(0)) + line.kg
    return Inventory(
        food_waste_kg=sum(by_stage.values(), Decimal(0)),
        by_stage_kg=dict(sorted(by_stage.items())),
        by_rung_kg=dict(sorted(rungs.items())),
        total_kg=sum(rungs.values(), Decimal(0)),
    )


def prevented_kg(share_before: Decimal, share_after: Decimal, sales_after: Decimal) -> Decimal:
    """Return (w0 - w1) x S1 in kilos, w the waste per unit sold; more waste is below zero."""
    return (share_before - share_after) * sales_after


def check_baseline(months: Decimal, *, is_same_season: bool) -> None:
    """Refuse a baseline of less than a year that is not of the same season.

    :raises CalculationRefused: ``short_baseline``.
    """
    if months < LEAST_BASELINE_MONTHS and not is_same_season:
        raise CalculationRefused("short_baseline", months=str(months))


def check_rescues(rescues: Iterable[tuple[str, str, str]]) -> None:
    """Refuse rescues counted twice; each is (batch, who claims it, reason of the risk).

    :raises CalculationRefused: ``no_risk_event`` or ``claimed_twice``.
    """
    claimed: dict[str, str] = {}
    for batch, claimant, reason in rescues:
        if reason not in set(RiskReason):
            raise CalculationRefused("no_risk_event", batch=batch)
        if claimed.setdefault(batch, claimant) != claimant:
            raise CalculationRefused("claimed_twice", batch=batch)
