"""What the API answers, field by field; the OpenAPI document is made from these."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

Period = Annotated[
    str,
    Field(description="A quarter as SDMX writes it: 2026-Q3.", pattern="^[0-9]{4}-[Qq][1-4]$"),
]


class ReleaseOut(Schema):
    """A quarter as it was released; the digest is the SHA-256 of all its figures."""

    time_period: Period
    digest: str
    method_version: str
    factor_sets: list[str]
    released_at: datetime
    figures: int
    corrections: int
    files: list[str] = Field(description="Addresses of its tables in every format.")


class FigureOut(Schema):
    """One released figure; without a value it is unknown (O) or withheld (Q)."""

    release: Period
    time_period: Period
    freq: str
    ref_area: str = Field(examples=["NL13", "GM1680", "WP1147"])
    ref_area_name: str
    indicator: str = Field(examples=["food_waste_g"])
    chain: str = Field(description="The chain, `_T` for all together.")
    product_group: str = Field(description="The kind of product, `_T` for all together.")
    unit_measure: str = Field(examples=["GRM"])
    obs_value: int | None
    lower_bound: int | None
    upper_bound: int | None
    coverage_permille: int | None
    primary_permille: int | None
    obs_status: str = Field(description="A normal, E estimate, O unknown, Q withheld.")
    conf_status: str = Field(description="F free, C confidential.")
    withheld_because: str | None


class FiguresOut(Schema):
    """A page of figures; `next` is the address of the next page, null on the last."""

    figures: list[FigureOut]
    next: str | None


class WorkOut(Schema):
    """People and paid hours of a group or municipality in a quarter; null is withheld."""

    time_period: Period
    breakdown: str = Field(examples=["group", "municipality"])
    category: str
    people: int | None
    paid_hours: int | None
    obs_status: str
    conf_status: str


class MeasureOut(Schema):
    """What a measure counts."""

    indicator: str
    label_nl: str
    label_en: str
    meaning_nl: str
    meaning_en: str
    unit_measure: str
    better: str
    sdg: str | None
    sdg_of_agenda: str | None


class PlaceOut(Schema):
    """A place with the place that it lies in."""

    ref_area: str
    ref_area_name: str
    kind: str
    part_of: str | None


class ChainOut(Schema):
    """An impact chain."""

    chain: str
    name: str
    status: str


class RootOut(Schema):
    """Where to begin."""

    version: str
    newest: str | None = Field(description="The newest released quarter.")
    description: str
    catalogue: str


class Problem(Schema):
    """What went wrong and what to do (RFC 9457)."""

    title: str
    status: int
    detail: str
