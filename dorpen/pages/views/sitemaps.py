"""The list of pages for search engines."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from dorpen.pages.queries.agenda import list_addresses
from ketens.queries import list_chains
from winkelstraat.shop.queries.sellers import list_shops


class PageSitemap(Sitemap):
    """Every live page that an editor made."""

    def items(self) -> list[str]:
        return list_addresses()

    def location(self, item: Any) -> str:
        return str(item)


class ShopSitemap(Sitemap):
    """Every shop."""

    def items(self) -> list[str]:
        return [reverse("shop:shop", args=[shop.slug]) for shop in list_shops()]

    def location(self, item: Any) -> str:
        return str(item)


class ChainSitemap(Sitemap):
    """Every chain."""

    def items(self) -> list[str]:
        return [chain.url for chain in list_chains()]

    def location(self, item: Any) -> str:
        return str(item)


class FixedSitemap(Sitemap):
    """Pages whose address never changes."""

    def items(self) -> list[str]:
        return ["shop:shops", "shop:search", "ketens:chains", "ketens:monitor", "register:sources"]

    def location(self, item: Any) -> str:
        return reverse(str(item))


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "pages": PageSitemap,
    "shops": ShopSitemap,
    "chains": ChainSitemap,
    "fixed": FixedSitemap,
}
