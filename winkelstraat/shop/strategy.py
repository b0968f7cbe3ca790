"""What a basket line costs: the listing's price in cents, VAT included (ADR 0006)."""

from decimal import Decimal
from typing import Any

from oscar.apps.partner import availability, prices, strategy


class ListingPrice(strategy.UseFirstStockRecord, strategy.StockRequired, strategy.Structured):
    """Price and stock of the one stock record that a listing has."""

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """Price a line from its own stock record; Oscar's default forgets which that is."""
        record = stockrecord or line.stockrecord
        return strategy.PurchaseInfo(
            price=self.pricing_policy(line.product, record),
            availability=self.availability_policy(line.product, record),
            stockrecord=record,
        )

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        """Return the price with VAT; the VAT itself is taken per seller order and rate."""
        if stockrecord is None or stockrecord.price is None:
            return prices.Unavailable()
        return prices.TaxInclusiveFixedPrice(
            currency=stockrecord.price_currency, excl_tax=stockrecord.price, tax=Decimal(0)
        )

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> Any:
        """Listings have no variants yet."""
        return prices.Unavailable()

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        """Listings have no variants yet."""
        return availability.Unavailable()


class Selector:
    """Give every request the same strategy: a price depends on nobody."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> ListingPrice:
        """Return the strategy."""
        return ListingPrice(request)
