"""A release with a figure of every kind: known, estimated, unknown, withheld and corrected."""

from datetime import UTC, date, datetime

from ketens.models import Chain, FigureRelease, ReleasedFigure, WorkRelease
from tests.ketens.street import BreadChain, build_bread_chain

SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 7, 1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def build_release(quarter: date, digest: str) -> FigureRelease:
    return FigureRelease.objects.create(
        quarter=quarter,
        method_version="2026.1",
        factor_sets=["nl-2026-v1"],
        digest=digest * 64,
        released_at=NOW,
    )


def figure(release: FigureRelease, measure: str, **told: object) -> ReleasedFigure:
    given = {"of_quarter": release.quarter, "place_kind": "province", "product_group": ""} | told
    return ReleasedFigure.objects.create(release=release, measure=measure, **given)


def build_releases() -> BreadChain:
    """Release two quarters; the second corrects the first."""
    bread = build_bread_chain()
    village = bread.shop.village
    chain = Chain.objects.get(pk=bread.chain.pk)
    first, second = build_release(SUMMER, "a"), build_release(AUTUMN, "b")
    figure(first, "food_waste_g", value=12_000, coverage_permille=640, primary_permille=1000)
    figure(first, "goods_g", value=0)
    figure(second, "food_waste_g", value=9_000, coverage_permille=700, primary_permille=1000)
    figure(second, "emission_mg_co2e", value=5_000, low=3_000, high=9_000, chain=chain)
    figure(second, "goods_g", place_kind="municipality", place=village.municipality_id)
    figure(
        second,
        "turnover_cents",
        place_kind="village",
        place=village.pk,
        withheld="few_enterprises",
    )
    figure(second, "food_waste_g", of_quarter=SUMMER, value=12_500)
    WorkRelease.objects.create(
        quarter=AUTUMN,
        tables={
            "group": {
                "WAJONG": {"people": 30, "hours": 4_000},
                "WIA": {"people": None, "hours": None},
                "total": {"people": 45, "hours": None},
            },
            "municipality": {village.municipality.name: {"people": None, "hours": None}},
        },
        hidden=[],
        digest="c" * 64,
        released_at=NOW,
    )
    return bread
