"""The list of pages for search engines."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from dorpen.pages.queries.agenda import list_addresses
from ketens.queries import list_chains
from winkelstraat.shop.queries.sellers import list_shops


class StreetSitemap(Sitemap[str]):
    """Addresses of this street, as its visitors know it."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).scheme

    def location(self, item: str) -> str:
        return item


class PageSitemap(StreetSitemap):
    """Every live page that an editor made."""

    def items(self) -> list[str]:
        return list_addresses()


class ShopSitemap(StreetSitemap):
    """Every shop."""

    def items(self) -> list[str]:
        return [reverse("shop:shop", args=[shop.slug]) for shop in list_shops()]


class ChainSitemap(StreetSitemap):
    """Every chain."""

    def items(self) -> list[str]:
        return [chain.url for chain in list_chains()]


class FixedSitemap(StreetSitemap):
    """Pages whose address never changes."""

    def items(self) -> list[str]:
        return [
            "shop:shops",
            "shop:search",
            "ketens:chains",
            "monitor:overview",
            "register:sources",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, type[StreetSitemap]] = {
    "pages": PageSitemap,
    "shops": ShopSitemap,
    "chains": ChainSitemap,
    "fixed": FixedSitemap,
}
