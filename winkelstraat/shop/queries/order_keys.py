"""The key that lets a buyer without an account see his own order from the mail.

It opens the order for two years: the time in which he can call on his rights as a buyer
(art. 7:23 lid 2 BW); after that he asks the shop, or signs in.
"""

from datetime import datetime, timedelta

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

OPENS_FOR = timedelta(days=2 * 365)
SALT = "winkelstraat.shop.order"


def get_order_key(number: str) -> str:
    """Return the key of a purchase's number; only this installation can make it."""
    return Signer(salt=SALT).signature(number)


def is_order_key(number: str, key: str) -> bool:
    """Tell whether this key belongs to this number, in the same time for any answer."""
    return constant_time_compare(get_order_key(number), key)


def is_still_open(*, placed_at: datetime, now: datetime) -> bool:
    """Tell whether the key of an order of then still opens it."""
    return now < placed_at + OPENS_FOR
