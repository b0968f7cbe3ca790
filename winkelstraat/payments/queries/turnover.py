"""What was earned on the street, from the books and from nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import AccountDay


@dataclass(frozen=True, slots=True)
class Turnover:
    """Euros (in cents, including VAT, less the platform's fee) credited to shops.

    `by_shop` is not for the public; `provenance` says in one sentence where it comes from.
    """

    cents: int
    by_shop: Mapping[int, int]
    provenance: str


def sum_turnover(
    *, enterprise_ids: Iterable[int], since: date, until: date | None = None
) -> Turnover:
    """Return what the named shops earned in these days: the credits on their ledger accounts."""
    shops = sorted(set(enterprise_ids))
    days = AccountDay.objects.filter(
        account__ledger__unit=Unit.CENTS,
        account__code__in=[f"shop:{shop}:payable" for shop in shops],
        date__gte=since,
        **({} if until is None else {"date__lte": until}),
    )
    told = days.values_list("account__code").annotate(total=Sum("credits")).order_by()
    by_shop = {int(code.split(":")[1]): int(total) for code, total in told}
    return Turnover(sum(by_shop.values()), by_shop, explain(len(shops)))


def explain(shop_count: int) -> str:
    """Return the sentence that tells where a turnover figure comes from."""
    source = ngettext(
        "Counted in the euro ledger of %(shops)s shop",
        "Counted in the euro ledger of %(shops)s shops",
        shop_count,
    ) % {"shops": shop_count}
    return source + ": " + _("what buyers paid, with VAT, without the platform's fee.")
