"""Tell the chains of which group a product is: the category of its listing."""

from collections.abc import Collection

from ketens.queries.product_groups import GroupOfProduct, admit_product_groups
from winkelstraat.shop.models import Listing
from winkelstraat.shop.queries.categories import list_categories


def connect() -> None:
    """Let the chains ask the shop."""
    admit_product_groups(list_groups)


def list_groups(product_refs: Collection[str]) -> list[GroupOfProduct]:
    """Return the groups of products that are listings; another reference is left out."""
    numbers = {int(ref) for ref in product_refs if ref.isdecimal()}
    categories = {row.id: row for row in list_categories()}
    found = Listing.objects.filter(pk__in=numbers).values_list("pk", "category_id")
    return [
        GroupOfProduct(str(pk), row.slug, row.name, row.is_food)
        for pk, row in ((pk, categories.get(category)) for pk, category in found)
        if row is not None
    ]
