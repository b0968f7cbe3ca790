"""Which figure is asked: a measure over a place, a chain, a product group and months."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ketens.domain.monitor.measures import MonitorMeasure

UNKNOWN_GROUP = "onbekend"


class PlaceKind(StrEnum):
    """The three grounds of the monitor."""

    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Place:
    """The province, or one municipality or village by its number in the register."""

    kind: PlaceKind
    id: int | None = None

    def __post_init__(self) -> None:
        if (self.kind is PlaceKind.PROVINCE) is not (self.id is None):
            raise ValueError("a municipality and a village have a number, the province has none")


PROVINCE = Place(PlaceKind.PROVINCE)


@dataclass(frozen=True, slots=True)
class Slice:
    """One figure that is asked; both months are first days of months and are included."""

    measure: str
    first_month: date
    last_month: date
    place: Place = PROVINCE
    chain: int | None = None
    product_group: str = ""


class SliceRefused(Exception):
    """A combination that is not counted, or would show one enterprise; `code` says which.

    ``chain_and_group``: a chain and a product group together, below the province.
    ``not_by_chain``, ``not_by_group``: the measure cannot be told apart so.
    ``backwards``: the last month lies before the first.
    ``not_a_month``: a month is asked by another day than its first.
    ``releases_only``: numbers about people, which live in quarterly releases alone.
    """

    def __init__(self, code: str, measure: str = "") -> None:
        super().__init__(f"{code} {measure}".strip())
        self.code = code
        self.measure = measure


def check_slice(asked: Slice, measure: MonitorMeasure) -> None:
    """Refuse what is not kept.

    :raises SliceRefused: with the reason as its code.
    """
    if asked.last_month < asked.first_month:
        raise SliceRefused("backwards", measure.code)
    if asked.first_month.day != 1 or asked.last_month.day != 1:
        raise SliceRefused("not_a_month", measure.code)
    if measure.is_from_releases:
        raise SliceRefused("releases_only", measure.code)
    if asked.chain is not None and not measure.is_by_chain:
        raise SliceRefused("not_by_chain", measure.code)
    if asked.product_group and not measure.is_by_group:
        raise SliceRefused("not_by_group", measure.code)
    if asked.chain is not None and asked.product_group and asked.place != PROVINCE:
        raise SliceRefused("chain_and_group", measure.code)
