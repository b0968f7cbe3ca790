"""Write down which group a product or batch is of, once: later moves do not rewrite history."""

from datetime import date

from django.db import transaction

from ketens.domain.monitor import UNKNOWN_GROUP
from ketens.domain.work import months_later
from ketens.models import Batch, BookedLine, ChainProduct, GroupedProduct, ProductGroup
from ketens.queries.product_groups import list_product_groups


@transaction.atomic
def learn_groups(month: date) -> int:
    """Write the groups of what was sold or counted in a month and has none; return how many."""
    days = {"activity_date__gte": month, "activity_date__lt": months_later(month, 1)}
    sold = BookedLine.objects.filter(**{f"booking__{name}": day for name, day in days.items()})
    batches = Batch.objects.filter(**{f"entries__{name}": day for name, day in days.items()})
    loose = dict(batches.filter(product_ref="").values_list("pk", "chain_id"))
    refs = set(sold.order_by().values_list("product_ref", flat=True).distinct())
    refs |= set(batches.exclude(product_ref="").values_list("product_ref", flat=True))
    made = ChainProduct.objects.filter(chain_id__in=set(loose.values()))
    refs |= set(made.values_list("product_ref", flat=True))
    return learn_products(refs) + learn_batches(loose)


def learn_products(refs: set[str]) -> int:
    """Ask the shop for the groups of products that have none yet."""
    known = GroupedProduct.objects.filter(product_ref__in=refs)
    new = refs - set(known.values_list("product_ref", flat=True))
    told = [one for one in list_product_groups(new) if one.code != UNKNOWN_GROUP]
    groups = {one.code: ProductGroup(one.code, one.name, one.is_food) for one in told}
    ProductGroup.objects.bulk_create(groups.values(), ignore_conflicts=True)
    GroupedProduct.objects.bulk_create(
        (GroupedProduct(product_ref=one.product_ref, group_id=one.code) for one in told),
        ignore_conflicts=True,
    )
    return len(told)


def learn_batches(chains: dict[int, int]) -> int:
    """Give batches that name no product the one group of their chain; `chains` by batch."""
    refs = {f"batch:{batch}": chain for batch, chain in chains.items()}
    known = GroupedProduct.objects.filter(product_ref__in=refs)
    for ref in known.values_list("product_ref", flat=True):
        del refs[ref]
    made = dict(
        GroupedProduct.objects.exclude(product_ref__startswith="batch:").values_list(
            "product_ref", "group_id"
        )
        if refs
        else ()
    )
    groups: dict[int, set[str | None]] = {}
    products = ChainProduct.objects.filter(chain_id__in=set(refs.values()))
    for chain, ref in products.values_list("chain_id", "product_ref"):
        groups.setdefault(chain, set()).add(made.get(ref))
    rows = [
        GroupedProduct(product_ref=ref, group_id=only_one(groups[chain]))
        for ref, chain in refs.items()
        if chain in groups and groups[chain] != {None}
    ]
    GroupedProduct.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def only_one(groups: set[str | None]) -> str | None:
    """Return the group when there is one, None when there are several or one is unknown."""
    return next(iter(groups)) if len(groups) == 1 else None
