"""What can be done with chains: set one up, load factors, book a sale."""

from ketens.operations.bookings import book_sale
from ketens.operations.chains import (
    add_leg,
    add_member,
    add_product,
    add_social_work,
    create_chain,
)
from ketens.operations.factors import load_factor_set

__all__ = [
    "add_leg",
    "add_member",
    "add_product",
    "add_social_work",
    "book_sale",
    "create_chain",
    "load_factor_set",
]
