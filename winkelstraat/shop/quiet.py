"""Oscar's apps as models only: migrations and receivers, no views and no URLs (ADR 0001)."""

from importlib import import_module

from oscar.apps.address.apps import AddressConfig as OscarAddressConfig
from oscar.apps.analytics.apps import AnalyticsConfig as OscarAnalyticsConfig
from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig
from oscar.apps.catalogue.apps import CatalogueOnlyConfig
from oscar.apps.catalogue.reviews.apps import CatalogueReviewsConfig
from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig
from oscar.apps.communication.apps import CommunicationConfig as OscarCommunicationConfig
from oscar.apps.customer.apps import CustomerConfig as OscarCustomerConfig
from oscar.apps.offer.apps import OfferConfig as OscarOfferConfig
from oscar.apps.order.apps import OrderConfig as OscarOrderConfig
from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig
from oscar.apps.payment.apps import PaymentConfig as OscarPaymentConfig
from oscar.apps.shipping.apps import ShippingConfig as OscarShippingConfig
from oscar.apps.voucher.apps import VoucherConfig as OscarVoucherConfig


class AddressConfig(OscarAddressConfig):
    """Countries and postal addresses."""


class ShippingConfig(OscarShippingConfig):
    """Shipping tables."""


class CatalogueConfig(CatalogueOnlyConfig):
    """Products and categories."""

    def ready(self) -> None:
        """Connect the receivers and load no view."""
        import_module("oscar.apps.catalogue.receivers")


class CommunicationConfig(OscarCommunicationConfig):
    """Oscar's mail tables, unused."""


class PartnerConfig(OscarPartnerConfig):
    """Sellers and their stock; Oscar's stock alerts stay silent."""

    def ready(self) -> None:
        """Connect nothing."""


class BasketConfig(OscarBasketConfig):
    """Baskets."""

    def ready(self) -> None:
        """Connect nothing."""


class PaymentConfig(OscarPaymentConfig):
    """Oscar's payment tables; the payments domain keeps its own."""


class OfferConfig(OscarOfferConfig):
    """Discounts."""

    def ready(self) -> None:
        """Connect the receivers and load no view."""
        import_module("oscar.apps.offer.receivers")


class OrderConfig(OscarOrderConfig):
    """Orders."""


class CustomerConfig(OscarCustomerConfig):
    """Oscar's customer tables, unused."""

    def ready(self) -> None:
        """Connect nothing."""


class CheckoutConfig(OscarCheckoutConfig):
    """Total calculation."""

    def ready(self) -> None:
        """Connect nothing."""


class VoucherConfig(OscarVoucherConfig):
    """Vouchers."""

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("oscar.apps.voucher.receivers")


class AnalyticsConfig(OscarAnalyticsConfig):
    """Silent tables: no view counter is written on a GET."""

    def ready(self) -> None:
        """Connect nothing."""


class ReviewsConfig(CatalogueReviewsConfig):
    """Silent tables."""

    def ready(self) -> None:
        """Connect nothing."""
