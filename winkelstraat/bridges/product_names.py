"""Tell the chains what the products of an enterprise are called."""

from ketens.queries.product_names import admit_product_names
from winkelstraat.shop.models import Listing

MOST = 500


def connect() -> None:
    """Let the chains ask the shop."""
    admit_product_names(list_names)


def list_names(enterprise_id: int) -> list[tuple[str, str]]:
    """Return the listings of an enterprise, as the reference and title of each."""
    rows = Listing.objects.filter(seller__enterprise_id=enterprise_id).order_by("title")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:MOST]]
