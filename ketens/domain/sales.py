"""A sale as the chains see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


class ConflictingSale(Exception):
    """A source was booked before with other content; correct it with a reversal."""


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a sale; `mass_g` and `price_cents` are of the whole line.

    A mass that nobody knows is None.
    """

    product_ref: str
    line_ref: str
    quantity: int | Decimal
    mass_g: int | None
    price_cents: int


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """What one shop handed over to one resident.

    `village_id` is where it was collected or delivered; `pickup_distance_m` is one way
    from the resident's postcode to that place, None when it is not known.
    `purchase_ref` joins the sales of one checkout.
    """

    source: str
    enterprise_id: int
    village_id: int
    activity_date: date
    lines: tuple[SaleLine, ...]
    pickup_distance_m: int | None = None
    purchase_ref: UUID | None = None
