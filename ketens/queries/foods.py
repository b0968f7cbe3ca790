"""Foods that a product could be, and what the sold food of a chain emitted."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, Sum
from rapidfuzz import fuzz, process, utils

from ketens.domain.footprint import STAGE_OF, FoodLine, Footprint, footprint_of
from ketens.models import (
    BookedLine,
    ChainMember,
    ChainProduct,
    Factor,
    FactorSet,
    FoodMatch,
    FootprintBasis,
    MatchQuality,
)
from ketens.queries.product_names import list_product_names
from ketens.queries.wording import say_factor

PROPOSALS = 5
LEAST_LIKENESS = 60


@dataclass(frozen=True, slots=True)
class FoodProposal:
    """A food that a product could be, with the likeness of their names in percent."""

    factor_id: int
    food: str
    label: str
    kg_co2e_per_kg: Decimal
    likeness_percent: int
    is_verified: bool


@dataclass(frozen=True, slots=True)
class ChainFootprint:
    """A chain's footprint with the database it was counted with."""

    footprint: Footprint
    database: str
    set_name: str
    stage: str


def propose_foods(name: str, factor_set: FactorSet) -> tuple[FoodProposal, ...]:
    """Return at most five foods of a set whose name is like a product's; one query."""
    rows = list(
        Factor.objects.filter(factor_set=factor_set, scope=STAGE_OF[factor_set.key])
        .exclude(key__startswith="groep_")
        .order_by("key")
    )
    found = process.extract(
        name,
        [bare_name(row.label_nl) for row in rows],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=None,
        score_cutoff=LEAST_LIKENESS,
    )
    # Of names that are as like, the longest says most: potatoes are no apples.
    found.sort(key=lambda one: (-one[1], -len(one[0])))
    return tuple(
        FoodProposal(
            factor_id=rows[index].pk,
            food=rows[index].key.split(".")[0],
            label=rows[index].label_nl,
            kg_co2e_per_kg=rows[index].value,
            likeness_percent=round(score),
            is_verified=rows[index].status == "verified",
        )
        for _label, score, index in found[:PROPOSALS]
    )


def bare_name(label: str) -> str:
    """Return a food's name without what stands in brackets behind it."""
    return label.split("(")[0].strip()


def get_basis(chain_id: int, on: date) -> FactorSet | None:
    """Return the food database that a chain counts with on a day, None when none was chosen."""
    row = (
        FootprintBasis.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), chain_id=chain_id, valid_from__lte=on
        )
        .select_related("factor_set")
        .first()
    )
    return row.factor_set if row else None


def list_matches(product_refs: set[str], database: str) -> dict[str, FoodMatch]:
    """Return the match that stands for each product; one query, those without are left out."""
    rows = FoodMatch.objects.filter(
        product_ref__in=product_refs, database=database, superseded_by__isnull=True
    ).select_related("factor")
    return {row.product_ref: row for row in rows}


def get_footprint(chain_id: int, *, on: date, own_mg: int | None) -> ChainFootprint | None:
    """Return what the sold food of a chain emitted; None without a database. Three queries.

    `own_mg` is what its own stretches emitted. A product matched with `none`, or not
    matched, is left out and shows in the coverage.
    """
    basis = get_basis(chain_id, on)
    if basis is None:
        return None
    sold = dict(
        BookedLine.objects.filter(chain_id=chain_id, mass_g__isnull=False)
        .values_list("product_ref")
        .annotate(mass=Sum("mass_g"))
    )
    matches = list_matches(set(sold), basis.key)
    lines = [
        FoodLine(ref, mass, basis.key, factor_of(matches.get(ref))) for ref, mass in sold.items()
    ]
    return ChainFootprint(
        footprint=footprint_of(lines, own_mg),
        database=basis.key,
        set_name=str(basis.title),
        stage=STAGE_OF[basis.key],
    )


def factor_of(match: FoodMatch | None) -> Decimal | None:
    """Return the factor that a match stands for, None when no food fits."""
    if match is None or match.factor is None or match.quality == MatchQuality.NONE:
        return None
    return match.factor.value


@dataclass(frozen=True, slots=True)
class UnmatchedProduct:
    """A product of a chain that waits for a person's word on which food it is."""

    chain_id: int
    chain: str
    product_ref: str
    name: str
    database: str
    proposals: tuple[FoodProposal, ...]


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A product with the food that a person approved for it."""

    name: str
    food: str
    factor_text: str
    quality_text: str
    approved_by: str
    approved_at: datetime


def list_unmatched(*, on: date) -> tuple[UnmatchedProduct, ...]:
    """Return the products without a word, of chains that chose a database, with proposals."""
    found = []
    for basis in FootprintBasis.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    ).select_related("chain", "factor_set"):
        refs = set(
            ChainProduct.objects.filter(chain=basis.chain, removed_at__isnull=True).values_list(
                "product_ref", flat=True
            )
        )
        sellers = ChainMember.objects.filter(chain=basis.chain).order_by("enterprise")
        known = list_matches(refs, basis.factor_set.key)
        names = dict(
            pair
            for enterprise in sellers.values_list("enterprise_id", flat=True).distinct()
            for pair in list_product_names(enterprise)
        )
        for ref in sorted(refs - set(known)):
            name = names.get(ref)
            if name is not None:
                found.append(
                    UnmatchedProduct(
                        chain_id=basis.chain_id,
                        chain=basis.chain.name,
                        product_ref=ref,
                        name=name,
                        database=basis.factor_set.key,
                        proposals=propose_foods(name, basis.factor_set),
                    )
                )
    return tuple(found)


def list_chain_matches(chain_id: int, database: str) -> tuple[MatchRow, ...]:
    """Return the foods that stand for the products of a chain; two queries."""
    refs = set(
        ChainProduct.objects.filter(chain_id=chain_id, removed_at__isnull=True).values_list(
            "product_ref", flat=True
        )
    )
    rows = FoodMatch.objects.filter(
        product_ref__in=refs, database=database, superseded_by__isnull=True
    ).select_related("factor", "approved_by")
    return tuple(
        MatchRow(
            name=row.product_name,
            food=row.factor.label_nl if row.factor else "",
            factor_text=say_factor(row.factor.value, row.factor.unit) if row.factor else "",
            quality_text=str(MatchQuality(row.quality).label),
            approved_by=row.approved_by.name,
            approved_at=row.approved_at,
        )
        for row in rows.order_by("product_name")
    )
