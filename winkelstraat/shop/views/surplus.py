"""What must go in a village: a strip for its page, a page of its own, and a feed."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorpen.register.queries import VillageRow, list_villages
from winkelstraat.common.page_cache import mark_cacheable
from winkelstraat.shop.queries.surplus import SurplusCard, list_village_surplus
from winkelstraat.shop.queries.wording import when_until

KEPT_SECONDS = 30


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what must go in a village, whole or as the strip of its page."""
    village = find_village(slug)
    cards = list_village_surplus(slug, now=timezone.now())
    is_strip = request.headers.get("HX-Target", "") == "must-go"
    template = "shop/surplus_strip.html" if is_strip else "shop/surplus.html"
    response = render(request, template, {"village": village, "surpluses": cards})
    patch_vary_headers(response, ["HX-Target"])
    return (
        response if is_strip else mark_cacheable(response, topics=("offer",), seconds=KEPT_SECONDS)
    )


class VillageFeed(Feed):
    """The same list for a feed reader (Atom, RFC 4287)."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> VillageRow:
        """Return the village."""
        return find_village(slug)

    def title(self, obj: VillageRow) -> str:
        """Name the feed."""
        return _("This must go in %(village)s") % {"village": obj.name}

    def link(self, obj: VillageRow) -> str:
        """Return the page that shows the same."""
        return reverse("shop:surplus", args=[obj.slug])

    def items(self, obj: VillageRow) -> list[SurplusCard]:
        """Return what can still be had."""
        return list_village_surplus(obj.slug, now=timezone.now())

    def item_title(self, item: SurplusCard) -> str:
        """Say what and for how much."""
        return f"{item.title}: {item.price_text}"

    def item_description(self, item: SurplusCard) -> str:
        """Say where, until when and what it cost."""
        parts = [item.shop_name, item.amount_text, when_until(item.pick_up_until)]
        if item.prior_text:
            parts.append(_("was %(price)s") % {"price": item.prior_text})
        return " · ".join(parts)

    def item_link(self, item: SurplusCard) -> str:
        """Return the product's page."""
        return item.url

    def item_guid(self, item: SurplusCard) -> str:
        """Return a name that stays the same while the price goes down."""
        return f"urn:uuid:{item.public_id}"

    def item_updateddate(self, item: SurplusCard) -> datetime:
        """Return when its price last changed."""
        return item.changed_at


def find_village(slug: str) -> VillageRow:
    """Return the village of an address, or no page."""
    found = next((row for row in list_villages() if row.slug == slug), None)
    if found is None:
        raise Http404(_("There is no village with this address."))
    return found
