"""The packing table: the list for the shelf, a slip and a label for each customer."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from winkelstraat.shop.models import SellerProfile
from winkelstraat.shop.queries.desk import DeskOrder
from winkelstraat.shop.queries.packing import Packing, get_packing
from winkelstraat.shop.views.desk import at_desk, at_own_desk


@dataclass(frozen=True)
class Label:
    """What is stuck on a parcel, with its square to scan as SVG."""

    order: DeskOrder
    square: str


@require_GET
@at_own_desk
def packing(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show what to take from the shelf and what goes to whom, for a day."""
    return at_desk(request, seller, "desk/packing.html", {"packing": _packing(request, seller)})


@require_GET
@at_own_desk
def labels(request: HttpRequest, seller: SellerProfile) -> HttpResponse:
    """Show a label for each parcel of a day, to print."""
    found = _packing(request, seller)
    drawn = [Label(order, _draw(order.number)) for order in found.orders]
    return at_desk(request, seller, "desk/labels.html", {"packing": found, "labels": drawn})


def _packing(request: HttpRequest, seller: SellerProfile) -> Packing:
    return get_packing(seller, day=request.GET.get("dag", ""), now=timezone.now())


def _draw(number: str) -> str:
    """Return the square that opens this order for the shop and for the host."""
    address = f"{settings.SITE_ADDRESS}{reverse('shop:parcel', args=[number])}"
    svg = segno.make(address, error="m").svg_inline(
        scale=3, border=1, svgclass=None, lineclass=None, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 - drawn here from our own address
