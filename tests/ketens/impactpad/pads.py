"""A whole pad to test with: bread that is left over becomes less, on all five levels."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ketens.domain.impactpad.content import (
    Comparison,
    Feed,
    Goal,
    Indicator,
    Kind,
    Link,
    Mission,
    Pad,
    Round,
    Step,
    Valuation,
)

MISSION = Mission(
    mission="Geen brood uit onze oven gaat weg.",
    problem="Van elke oven blijft brood over.",
    target_group="Bewoners van Norg en omgeving.",
    stance="impact_first",
    stance_reason="Winst gaat naar de bakkerij en naar leren bakken.",
)
GOALS = (
    Goal("g1", "Minder brood blijft over.", "12.3", "i1"),
    Goal("g2", "Meer klanten kennen de weg van hun brood.", "11.a", "i2"),
    Goal("g3", "De bakkers in het dorp delen hun oven.", "17.17", "i2"),
)
STEPS = (
    Step("s1", Kind.INPUT, "Graan en een oven"),
    Step("s2", Kind.ACTIVITY, "Bakken op bestelling"),
    Step("s3", Kind.OUTPUT, "Brood dat besteld is"),
    Step("s4", Kind.OUTCOME, "Er blijft minder over"),
    Step("s5", Kind.IMPACT, "Minder voedsel gaat weg"),
)
LINKS = tuple(
    Link(f"s{place}", f"s{place + 1}", "Dat zien we elke week.", 3) for place in range(1, 5)
)
INDICATORS = (
    Indicator("i1", "Brood dat over is", feed=Feed.RUNG_4, frequency="month", target=Decimal(10)),
    Indicator(
        "i2", "Klanten die de weg kennen", "%", "vragen aan de toonbank", "year",
        baseline=Decimal(20), target=Decimal(60),
    ),
)  # fmt: skip
ROUNDS = (
    Round("i2", date(2025, 6, 1), Decimal(22), 40, 31),
    Round("i2", date(2026, 6, 1), Decimal("34.5"), 9, 8),
)
COMPARISON = Comparison("elsewhere", "i2", "Dezelfde vraag in een ander dorp.", "eigen lijst", 25)
VALUATION = Valuation(
    indicator="i1", what="Een kilo brood die niet weg hoeft", count=Decimal(900),
    proxy_euro=Decimal("2.50"), proxy_source="prijs aan de toonbank", proxy_date=date(2026, 1, 1),
    deadweight=Decimal("0.2"), displacement=Decimal("0.1"), attribution_to_others=Decimal("0.3"),
    drop_off=Decimal("0.5"), years=2, discount_rate=Decimal("0.0225"), input_euro=Decimal(1000),
    input_source="boekhouding",
)  # fmt: skip
FULL = Pad(MISSION, GOALS, STEPS, LINKS, INDICATORS, ROUNDS, COMPARISON, VALUATION)
TWICE = {"i1": 2, "i2": 2}
TODAY = date(2026, 11, 20)


def without(**changed: object) -> Pad:
    """Return the whole pad with some parts other than they are."""
    return replace(FULL, **changed)  # type: ignore[arg-type]
