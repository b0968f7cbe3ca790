"""What a guest gathered goes with him when he signs in.

Django's own signal is the only place that every way of signing in passes (password,
passkey, confirmed address); it is heard here and nowhere else.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from winkelstraat.accounts.models import User
from winkelstraat.shop.operations.basket import merge_baskets
from winkelstraat.shop.views.visitor import cookie_basket_id


def connect() -> None:
    """Hear whoever signs in, once."""
    user_logged_in.connect(bring_basket, dispatch_uid="bring_basket")


def bring_basket(*, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Bring the guest's basket into the person's own."""
    basket_id = cookie_basket_id(request) if request is not None else None
    if basket_id:
        merge_baskets(guest_basket_id=basket_id, owner=user, now=timezone.now())
