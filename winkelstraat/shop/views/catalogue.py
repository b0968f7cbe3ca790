"""Search, category and product: one query each, one template, or a part of it for HTMX."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dorpen.register.queries import find_villages_by_name
from winkelstraat.common.page_cache import mark_cacheable
from winkelstraat.shop.queries.cards import CardFilters, list_cards
from winkelstraat.shop.queries.categories import get_category, list_categories
from winkelstraat.shop.queries.listings import get_product_page
from winkelstraat.shop.queries.search import find_shops
from winkelstraat.shop.views.street import Asked, describe_list, read_asked

MORE_FROM_SHOP = 4
# "Open now" and "tomorrow after" hold about a minute; what a shop changes holds at once.
KEPT_SECONDS = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what fits the words and choices in the address, newest or best first."""
    asked = read_asked(request)
    after = request.GET.get("na", "")
    page = list_cards(filters=asked.filters, after=after, now=timezone.now(), counted=True)
    context = describe_list(page, asked=asked, after=after)
    if asked.text and not after:
        context["found_shops"] = find_shops(text=asked.text)
        context["found_villages"] = find_villages_by_name(asked.text, most=4)
    return _answer(request, "catalogue/search.html", context)


@require_safe
def show_category(request: HttpRequest, category_slug: str, pk: int) -> HttpResponse:
    """Show what is on offer in a category and below it."""
    category = get_category(pk)
    if category is None:
        raise Http404
    if category.slug != category_slug:
        return redirect("catalogue:category", category.slug, pk, permanent=True)
    asked = read_asked(request)
    asked = Asked(**{**asked.__dict__, "category": category})
    after = request.GET.get("na", "")
    page = list_cards(filters=asked.filters, after=after, now=timezone.now())
    context = describe_list(page, asked=asked, after=after)
    rows = {row.id: row for row in list_categories()}
    return _answer(
        request,
        "catalogue/category.html",
        {
            **context,
            "category": category,
            "parent": rows.get(category.parent_id or 0),
            "children": [rows[child] for child in category.child_ids],
        },
    )


@require_safe
def show_product(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """Show a listing; a withdrawn one is gone, an old name leads to the new one."""
    now = timezone.now()
    product = get_product_page(pk, now=now)
    if product is None:
        return render(request, "catalogue/gone.html", status=404)
    if product.slug != product_slug:
        return redirect("catalogue:detail", product.slug, pk, permanent=True)
    more = list_cards(
        filters=CardFilters(seller_id=product.shop.seller_id),
        limit=MORE_FROM_SHOP + 1,
        now=now,
        clocks={product.shop.seller_id: product.clock},
    )
    others = [card for card in more.cards if card.listing_id != pk][:MORE_FROM_SHOP]
    context = {"product": product, "shop": product.shop, "cards": others}
    return mark_cacheable(
        render(request, "catalogue/product.html", context),
        topics=(f"shop:{product.shop.seller_id}",),
        seconds=KEPT_SECONDS,
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    # HTMX asks for the list after a changed filter, or for the cards that come next.
    target = request.headers.get("HX-Target", "")
    if request.headers.get("HX-Request") and target in {"results", "more"}:
        template = f"catalogue/{'cards' if target == 'more' else 'results'}.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return mark_cacheable(response, topics=("offer",), seconds=KEPT_SECONDS)
