"""A product's footprint in the shape of PACT 3.0.3: food to the gate, plus our own transport.

PACT counts from the cradle to the gate. So a footprint is the farm stage of the food that
a person approved, plus every stretch of transport up to the maker. What no one measured
or looked up is left out, also where PACT requires it: `GAPS` names those fields, and they
are filled from `MethodFacts` as soon as somebody knows them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID, uuid5

from ketens.domain.exchange.naming import Json, company_urn, without_unknown

SPEC_VERSION = "3.0.3"
PRODUCT_URN = "urn:winkelstraat:product:"
MICRO = Decimal("0.000001")
NAMESPACE = UUID("5f2d7a36-6f0e-4a51-9c0b-0f3f6f6a2f61")
GAPS = (
    "crossSectoralStandards",
    "exemptedEmissionsPercent",
    "fossilCarbonContent",
    "fossilGhgEmissions",
    "ipccCharacterizationFactors",
    "pcfIncludingBiogenicUptake",
)
BOUNDARY = (
    "Farm stage of the food named in the comment, and transport on its way to the maker,"
    " energy provision included. Not counted: processing, packaging, storage, and transport"
    " after the gate."
)


@dataclass(frozen=True, slots=True)
class FactorSource:
    """A list of factors as a reader can find it back."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class FootprintRecord:
    """What is known of a product, per kilo; `primary_kg` is the measured part of transport."""

    product_ref: str
    product_name: str
    company_name: str
    kvk_number: str
    food: str
    match_quality: str
    food_kg: Decimal
    transport_kg: Decimal
    primary_kg: Decimal
    sources: tuple[FactorSource, ...]
    valid_from: date
    valid_to: date
    created_at: datetime

    @property
    def pcf_kg(self) -> Decimal:
        """The footprint in kg CO2e per kilo, without the uptake of biogenic CO2."""
        return self.food_kg + self.transport_kg

    @property
    def footprint_id(self) -> UUID:
        """The id of this footprint; another value is another footprint (PACT 3, 4.3)."""
        parts = (
            self.product_ref,
            self.kvk_number,
            self.food,
            say_decimal(self.pcf_kg),
            self.valid_from.isoformat(),
            *(f"{source.name} {source.version}" for source in self.sources),
        )
        return uuid5(NAMESPACE, "|".join(parts))


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """What PACT requires and our tables do not hold; None and empty are not known."""

    including_uptake_kg: Decimal | None = None
    fossil_kg: Decimal | None = None
    fossil_carbon_kg: Decimal | None = None
    exempted_percent: Decimal | None = None
    characterization: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()


UNKNOWN_FACTS = MethodFacts()


def build_footprint(record: FootprintRecord, facts: MethodFacts = UNKNOWN_FACTS) -> Json:
    """Return a ProductFootprint; a field that is not known is not there."""
    return {
        "id": str(record.footprint_id),
        "specVersion": SPEC_VERSION,
        "created": say_instant(record.created_at),
        "status": "Active",
        "validityPeriodStart": say_day(record.valid_from),
        "validityPeriodEnd": say_day(record.valid_to + timedelta(days=1)),
        "companyName": record.company_name,
        "companyIds": [company_urn(record.kvk_number)],
        "productDescription": record.product_name,
        "productIds": [f"{PRODUCT_URN}{record.product_ref}"],
        "productNameCompany": record.product_name,
        "comment": say_comment(record),
        "pcf": build_pcf(record, facts),
    }


def build_pcf(record: FootprintRecord, facts: MethodFacts) -> Json:
    """Return the CarbonFootprint of a kilo."""
    measured = 100 * record.primary_kg / record.pcf_kg if record.pcf_kg else None
    return without_unknown(
        {
            "declaredUnitOfMeasurement": "kilogram",
            "declaredUnitAmount": "1",
            "productMassPerDeclaredUnit": "1",
            "referencePeriodStart": say_day(record.valid_from),
            "referencePeriodEnd": say_day(record.valid_to + timedelta(days=1)),
            "boundaryProcessesDescription": BOUNDARY,
            "pcfExcludingBiogenicUptake": say_decimal(record.pcf_kg),
            "pcfIncludingBiogenicUptake": say_known(facts.including_uptake_kg),
            "fossilGhgEmissions": say_known(facts.fossil_kg),
            "fossilCarbonContent": say_known(facts.fossil_carbon_kg),
            "packagingEmissionsIncluded": False,
            "ipccCharacterizationFactors": list(facts.characterization) or None,
            "crossSectoralStandards": list(facts.standards) or None,
            "exemptedEmissionsPercent": say_known(facts.exempted_percent),
            "secondaryEmissionFactorSources": [
                {"name": source.name, "version": source.version} for source in record.sources
            ],
            "primaryDataShare": say_known(measured),
        }
    )


def say_comment(record: FootprintRecord) -> str:
    """Return which food stands for the product, how well, and what is not filled in."""
    return (
        f"Counted as the food {record.food} (match: {record.match_quality}), approved by a person."
        " Fields of PACT that nobody knows are left out."
    )


def say_decimal(value: Decimal) -> str:
    """Return a decimal as PACT writes it: a string with a point, at most six places."""
    rounded = value.quantize(MICRO, rounding=ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def say_known(value: Decimal | None) -> str | None:
    """Return a decimal as PACT writes it, None when it is not known."""
    return None if value is None else say_decimal(value)


def say_day(day: date) -> str:
    """Return the first moment of a day."""
    return say_instant(datetime.combine(day, time(0), UTC))


def say_instant(moment: datetime) -> str:
    """Return a moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; within one field any value will do, and all fields must fit."""

    product_ids: frozenset[str] = frozenset()
    company_ids: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    is_about_unknown: bool = False
    valid_on: datetime | None = None
    valid_after: datetime | None = None
    valid_before: datetime | None = None


def fits(record: FootprintRecord, wanted: Wanted) -> bool:
    """Tell whether a footprint is asked for; of place and class nothing is known."""
    begins = datetime.combine(record.valid_from, time(0), UTC)
    ends = datetime.combine(record.valid_to + timedelta(days=1), time(0), UTC)
    return all(
        (
            not wanted.product_ids or f"{PRODUCT_URN}{record.product_ref}" in wanted.product_ids,
            not wanted.company_ids or company_urn(record.kvk_number) in wanted.company_ids,
            not wanted.statuses or "Active" in wanted.statuses,
            not wanted.is_about_unknown,
            wanted.valid_on is None or begins <= wanted.valid_on <= ends,
            wanted.valid_after is None or begins > wanted.valid_after,
            wanted.valid_before is None or ends < wanted.valid_before,
        )
    )
