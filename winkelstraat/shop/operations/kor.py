"""End the small business scheme of a shop: from then on its sales bear VAT (TAX-06)."""

from datetime import date, timedelta

from django.db import transaction

from winkelstraat.shop.domain.kor import in_scheme
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.prices import renew_pages


@transaction.atomic
def end_kor(*, seller: SellerProfile, today: date) -> bool:
    """Charge VAT from today; False when the shop does already. Prices stay as they are.

    A scheme that began today never held: it is forgotten.
    """
    locked = SellerProfile.objects.select_for_update(no_key=True).get(pk=seller.pk)
    if not in_scheme(locked.kor_from, locked.kor_until, today):
        return False
    if locked.kor_from == today:
        locked.kor_from = locked.kor_until = None
    else:
        locked.kor_until = today - timedelta(days=1)
    locked.save(update_fields=["kor_from", "kor_until"])
    renew_pages(seller.pk)
    return True
