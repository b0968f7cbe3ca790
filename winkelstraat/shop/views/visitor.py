"""Who is at the counter: his basket and the orders that he may see.

A guest is known by a signed cookie with his basket's number and by the orders that his
session placed or opened with the key from his mail.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from winkelstraat.accounts.models import User
from winkelstraat.shop.models import Purchase
from winkelstraat.shop.queries.baskets import find_open_basket

COOKIE = "mandje"
COOKIE_SALT = "winkelstraat.shop.basket"
COOKIE_SECONDS = 30 * 24 * 3600
SEEN_ORDERS = "seen_orders"


def cookie_basket_id(request: HttpRequest) -> int | None:
    """Return the basket number in the visitor's cookie, when we signed it."""
    value = str(
        request.get_signed_cookie(COOKIE, default="", salt=COOKIE_SALT, max_age=COOKIE_SECONDS)
    )
    return int(value) if value.isdecimal() else None


def signed_in_user(request: HttpRequest) -> User | None:
    """Return the signed-in person, or None for a guest."""
    return request.user if isinstance(request.user, User) else None


def open_basket_id(request: HttpRequest) -> int | None:
    """Return the visitor's open basket."""
    user = signed_in_user(request)
    return find_open_basket(
        user_id=user.pk if user else None, cookie_basket_id=cookie_basket_id(request)
    )


def remember_basket(request: HttpRequest, response: HttpResponse, basket_id: int) -> None:
    """Write the basket's number into the visitor's cookie."""
    response.set_signed_cookie(
        COOKIE,
        str(basket_id),
        salt=COOKIE_SALT,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_basket(response: HttpResponse) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, samesite="Lax")


def remember_order(request: HttpRequest, number: str) -> None:
    """Let this session see an order; the last twenty are kept."""
    seen = [known for known in request.session.get(SEEN_ORDERS, []) if known != number]
    request.session[SEEN_ORDERS] = [*seen, number][-20:]


def may_see(request: HttpRequest, purchase: Purchase) -> bool:
    """Tell whether the visitor is this purchase's buyer."""
    user = signed_in_user(request)
    if user and purchase.buyer_id == user.pk:
        return True
    return purchase.number in request.session.get(SEEN_ORDERS, [])


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Return where the form wants to go next, if that is on this site."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and allowed else otherwise
