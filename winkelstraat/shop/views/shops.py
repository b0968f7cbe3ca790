"""The shops of the street, and the page of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dorpen.register.queries import list_villages
from winkelstraat.common.page_cache import mark_cacheable
from winkelstraat.shop.queries.cards import CardFilters, list_cards
from winkelstraat.shop.queries.sellers import get_shop, list_shops

KEPT_SECONDS = 60


@require_safe
def list_all(request: HttpRequest) -> HttpResponse:
    """Show the shops, of one village where one is asked for."""
    chosen = request.GET.get("dorp", "")
    village = next((row for row in list_villages() if row.slug == chosen), None)
    shops = list_shops(village_id=village.id if village else None, now=timezone.now())
    context = {"shops": shops, "village": village}
    response = render(request, "shop/shops.html", context)
    return mark_cacheable(response, topics=("offer",), seconds=KEPT_SECONDS)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one shop with what it offers."""
    now = timezone.now()
    shop = get_shop(slug, now=now)
    if shop is None:
        raise Http404
    after = request.GET.get("na", "")
    page = list_cards(filters=CardFilters(seller_id=shop.seller_id), after=after, now=now)
    context = {
        "shop": shop,
        "cards": page.cards,
        "more_url": f"?na={page.after}" if page.after else "",
        "first_url": "." if after else "",
    }
    template = "shop/shop.html"
    if request.headers.get("HX-Target") == "more":
        template = "catalogue/cards.html"
    return mark_cacheable(
        render(request, template, context),
        topics=(f"shop:{shop.seller_id}",),
        seconds=KEPT_SECONDS,
    )
