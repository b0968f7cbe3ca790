"""The key that lets a buyer without an account see his own order from the mail."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

SALT = "winkelstraat.shop.order"


def get_order_key(number: str) -> str:
    """Return the key of a purchase's number; only this installation can make it."""
    return Signer(salt=SALT).signature(number)


def is_order_key(number: str, key: str) -> bool:
    """Tell whether this key belongs to this number, in the same time for any answer."""
    return constant_time_compare(get_order_key(number), key)
