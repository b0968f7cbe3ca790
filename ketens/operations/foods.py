"""Say which food a product is, and with which database a chain counts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ketens.domain.footprint import STAGE_OF
from ketens.models import (
    Chain,
    ChainChange,
    ChangeKind,
    Factor,
    FactorSet,
    FoodMatch,
    FootprintBasis,
    MatchQuality,
)
from winkelstraat.accounts.models import Audited
from winkelstraat.accounts.operations import Thing, record


class NotAFood(ValueError):
    """The factor is no food of this database at the stage that chains count with."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's word on which food a product is; no factor means that none fits."""

    product_ref: str
    product_name: str
    database: str
    quality: str
    factor_id: int | None
    likeness_percent: int | None


@transaction.atomic
def approve_food(*, chain: Chain, approval: Approval, user: Any, now: datetime) -> FoodMatch:
    """Write the approval; it supersedes the one that stood for this product.

    :raises NotAFood: when the factor is of another database or stage, or is missing.
    """
    Chain.objects.select_for_update().get(pk=chain.pk)
    quality = MatchQuality(approval.quality)
    wanted = approval.factor_id or 0
    factor = Factor.objects.filter(pk=wanted).select_related("factor_set").first()
    if quality is MatchQuality.NONE:
        factor = None
    elif factor is None or not is_food(factor, approval.database):
        raise NotAFood(f"{approval.factor_id} in {approval.database}")
    standing = FoodMatch.objects.filter(
        product_ref=approval.product_ref,
        database=approval.database,
        superseded_by__isnull=True,
    ).first()
    match = FoodMatch.objects.create(
        product_ref=approval.product_ref,
        product_name=approval.product_name,
        database=approval.database,
        food=factor.key.split(".")[0] if factor else "",
        factor=factor,
        quality=quality,
        likeness_percent=approval.likeness_percent if factor else None,
        approved_by=user,
        approved_at=now,
        supersedes=standing,
    )
    before = f"{standing.food} ({standing.quality})" if standing else ""
    record(
        action=Audited.FOOD_APPROVED,
        about=Thing("product", approval.product_ref, approval.product_name),
        by=user,
        changes={"food": (before, f"{match.food} ({match.quality})")},
    )
    ChainChange.objects.create(
        chain=chain,
        kind=ChangeKind.FOOD_MATCHED,
        what=str(match)[:200],
        changed_by=user,
        changed_at=now,
    )
    return match


def is_food(factor: Factor, database: str) -> bool:
    """Tell whether a factor is a food of a database at the stage that chains count with."""
    return factor.factor_set.key == database and factor.scope == STAGE_OF.get(database)


@transaction.atomic
def choose_basis(*, chain: Chain, factor_set: FactorSet, valid_from: date) -> FootprintBasis:
    """Let a chain count with a food database from a day on; what stood ends the day before.

    Another database is a break in the method: periods are never compared over it.

    :raises NotAFood: when the set holds no foods.
    """
    if factor_set.key not in STAGE_OF:
        raise NotAFood(str(factor_set))
    FootprintBasis.objects.filter(chain=chain, valid_to__isnull=True).update(
        valid_to=valid_from - timedelta(days=1)
    )
    return FootprintBasis.objects.create(chain=chain, factor_set=factor_set, valid_from=valid_from)
