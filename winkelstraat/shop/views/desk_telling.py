"""What the shop hears and tells: its calendar, its poster, and what it sold."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from winkelstraat.common.limits import limit
from winkelstraat.payments.operations.paper_pdf import PdfNotPossible
from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.operations.feeds import renew_feed
from winkelstraat.shop.operations.posters import draw_poster, draw_square, get_shop_address
from winkelstraat.shop.queries.feeds import draw_calendar, find_feed, get_feed
from winkelstraat.shop.queries.sales import get_sales
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@require_http_methods(["GET", "POST"])
@at_own_desk
def calendar_page(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show this person's calendar address, or make a new one."""
    user_id = int(request.user.pk or 0)
    if request.method == "POST":
        renew_feed(seller=seller, user_id=user_id, now=timezone.now())
        messages.success(request, _("This is your address. One that you had before is dead."))
        return HttpResponseRedirect(reverse("desk:calendar"))
    feed = get_feed(seller, user_id=user_id)
    address = ""
    if feed:
        address = f"{settings.SITE_ADDRESS}{reverse('shop:calendar', args=[feed.token])}"
    return at_desk(request, seller, "desk/calendar.html", {"address": address})


@never_cache
@limit("calendar", most=120, seconds=3600, method="GET")
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program the orders of a shop; the secret address is the key."""
    feed = find_feed(token)
    if feed is None:
        raise Http404(_("This calendar does not exist any more. Make a new one at your desk."))
    desk_url = f"{settings.SITE_ADDRESS}{reverse('desk:packing')}"
    content = draw_calendar(feed.seller, now=timezone.now(), desk_url=desk_url)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_GET
@at_own_desk
def poster_page(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show the square of the shop, with the poster to print."""
    address = get_shop_address(seller)
    context: dict[str, object] = {"square": draw_square(address), "address": address}
    return at_desk(request, seller, "desk/poster.html", context)


@require_GET
@at_own_desk
def poster(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Give the poster as PDF."""
    try:
        content = draw_poster(seller)
    except PdfNotPossible:
        messages.error(request, _("A PDF cannot be made here now. Print the square instead."))
        return HttpResponseRedirect(reverse("desk:poster"))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="poster-{seller.slug}.pdf"'
    return response


@require_GET
@at_own_desk
def sales(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what sold, to whom and when, as pictures with their tables."""
    found = get_sales(seller, now=timezone.now())
    return at_desk(request, seller, "desk/sales.html", {"sales": found})
