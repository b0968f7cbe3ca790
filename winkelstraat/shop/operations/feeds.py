"""Give a person an address at which his calendar reads the orders of a shop."""

import secrets
from datetime import datetime

from django.db import transaction

from winkelstraat.shop.models import OrderFeed, SellerProfile


@transaction.atomic
def renew_feed(*, seller: SellerProfile, user_id: int, now: datetime) -> OrderFeed:
    """Return a new address; the one before works no longer."""
    feed, _made = OrderFeed.objects.update_or_create(
        seller=seller,
        user_id=user_id,
        defaults={"token": secrets.token_urlsafe(32), "made_at": now},
    )
    return feed
