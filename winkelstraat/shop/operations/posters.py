"""A poster for the shop window: the name, the village and a square that opens the shop."""

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from winkelstraat.payments.operations.paper_pdf import load_printer
from winkelstraat.shop.models import SellerProfile


def get_shop_address(seller: SellerProfile) -> str:
    """Return the whole address of a shop's page."""
    return f"{settings.SITE_ADDRESS}{reverse('shop:shop', args=[seller.slug])}"


def draw_square(address: str) -> str:
    """Return a square to scan as SVG."""
    svg = segno.make(address, error="q").svg_inline(
        scale=8, border=1, svgclass=None, lineclass=None, omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 - drawn here from our own address


def draw_poster_html(seller: SellerProfile) -> str:
    """Return the poster as a page of A4."""
    address = get_shop_address(seller)
    context = {
        "seller": seller,
        "village": seller.village.name,
        "address": address.split("://")[-1].rstrip("/"),
        "square": draw_square(address),
    }
    return render_to_string("paper/poster.html", context)


def draw_poster(seller: SellerProfile) -> bytes:
    """Return the poster as PDF.

    :raises PdfNotPossible: when this machine cannot draw a PDF.
    """
    printer = load_printer()
    return bytes(printer.HTML(string=draw_poster_html(seller), base_url="").write_pdf())
