"""Price and stock in the list itself: one tap, one undo, and two people at once.

What is wrong, or what a colleague changed meanwhile, stands in the row with what was
typed still in its boxes.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from winkelstraat.common.money import format_cents
from winkelstraat.shop.forms.quick import QuickForm
from winkelstraat.shop.models import Listing, SellerProfile
from winkelstraat.shop.operations.quick import (
    PriceCollides,
    PriceIsOdd,
    QuickDone,
    change_quickly,
)
from winkelstraat.shop.queries.desk_offers import OfferPage, get_offer, type_price
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@dataclass(frozen=True)
class Before:
    """What undo brings back."""

    price_text: str
    available: int


@dataclass(frozen=True)
class Trouble:
    """Why nothing was written; `typed` stays in the boxes."""

    text: str
    status: int
    typed: QuickForm
    asks_price: bool = False


@require_POST
@at_own_desk
def quick(request: HttpRequest, seller: SellerProfile, listing_id: int) -> HttpResponse:
    """Change price or stock from the list; sold out and undo are the same with other numbers."""
    form = QuickForm(request.POST)
    try:
        done = _change(seller, listing_id, form)
    except Listing.DoesNotExist as error:
        raise Http404(_("Your shop does not offer this.")) from error
    if isinstance(done, Trouble):
        return _refuse(request, seller, listing_id, done)
    offer = get_offer(seller, listing_id=listing_id)
    said = _say_meanwhile(done, offer.available if offer else 0)
    if getattr(request, "htmx", False):
        before = Before(type_price(done.price_cents), done.available)
        context = {"offer": offer, "before": before, "meanwhile": said}
        return render(request, "desk/offer_row.html", context)
    title = {"title": offer.title if offer else ""}
    messages.success(request, " ".join(filter(None, [_("%(title)s is changed.") % title, said])))
    was = {
        "anders": listing_id,
        "was": type_price(done.price_cents),
        "had": done.available,
    }
    return HttpResponseRedirect(f"{reverse('desk:offers')}?{urlencode(was)}")


def _change(seller: SellerProfile, listing_id: int, form: QuickForm) -> QuickDone | Trouble:
    if not form.is_valid():
        if get_offer(seller, listing_id=listing_id) is None:
            raise Listing.DoesNotExist
        return Trouble(form.problem(), 422, form)
    try:
        return change_quickly(
            seller=seller, listing_id=listing_id, change=form.change(), now=timezone.now()
        )
    except PriceCollides as collision:
        both = {
            "theirs": format_cents(collision.theirs_cents),
            "mine": format_cents(collision.mine_cents),
        }
        text = _(
            "A colleague made it %(theirs)s meanwhile; you typed %(mine)s. If you keep it now, "
            "yours counts."
        )
        return Trouble(text % both, 409, form)
    except PriceIsOdd as odd:
        text = _("You typed %(price)s. Is that right? Tick it, or change the price.")
        return Trouble(text % {"price": format_cents(odd.cents)}, 422, form, asks_price=True)


def _refuse(
    request: HttpRequest, seller: SellerProfile, listing_id: int, trouble: Trouble
) -> HttpResponse:
    """Show the row with what is wrong and what was typed; a list of one without script."""
    offer = get_offer(seller, listing_id=listing_id)
    context: dict[str, object] = {
        "offer": offer,
        "problem": trouble.text,
        "typed": trouble.typed.data,
        "asks_price": trouble.asks_price,
    }
    if getattr(request, "htmx", False):
        return render(request, "desk/offer_row.html", context)
    page = OfferPage(rows=(offer,) if offer else (), number=1, pages=1, count=1)
    context |= {"offers": page, "text": offer.title if offer else ""}
    return at_desk(request, seller, "desk/offers.html", context, status=trouble.status)


def _say_meanwhile(done: QuickDone, available: int) -> str:
    """Say what others did to the stock since it was on the screen."""
    if not done.meanwhile:
        return ""
    text = (
        ngettext(
            "Meanwhile %(count)s went: there are %(left)s now.",
            "Meanwhile %(count)s went: there are %(left)s now.",
            -done.meanwhile,
        )
        if done.meanwhile < 0
        else ngettext(
            "Meanwhile %(count)s came in: there are %(left)s now.",
            "Meanwhile %(count)s came in: there are %(left)s now.",
            done.meanwhile,
        )
    )
    return text % {"count": abs(done.meanwhile), "left": available}
