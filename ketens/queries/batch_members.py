"""Find in which chain a batch of a product counts, so that it counts once."""

from ketens.models import ChainMember, ChainProduct


def find_batch_member(*, enterprise_id: int, product_ref: str) -> ChainMember | None:
    """Return the member whose chain has this product, else the enterprise's only membership.

    The oldest chain with the product when there are more; None when it cannot be told.
    """
    own = ChainMember.objects.filter(enterprise_id=enterprise_id).select_related("chain")
    chains = ChainProduct.objects.filter(product_ref=product_ref).values("chain")
    found = own.filter(chain__in=chains).order_by("chain_id", "pk").first()
    if found is not None:
        return found
    members = list(own.order_by("pk")[:2])
    return members[0] if len(members) == 1 else None
